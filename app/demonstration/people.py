"""The twenty public people of the documents and the bodies they speak for (see `facts`).

Qualities are those of the minutes of 25 November 2025, in the printed order; Philippe Laurent's and
Anne Hidalgo's are those of the open letter of 3 July 2025.
"""

from app.demonstration.facts import OrganisationFact, PersonFact

ORGANISATIONS: tuple[OrganisationFact, ...] = (
    OrganisationFact("meae", "Ministère de l’Europe et des Affaires étrangères", "ministry", "MEAE"),
    OrganisationFact("dgm", "Direction générale de la mondialisation", "ministry", "DGM", "meae"),
    OrganisationFact(
        "dctciv", "Délégation pour les collectivités territoriales et la société civile", "ministry", "DCTCIV", "dgm"
    ),
    OrganisationFact("cncd", "Commission nationale de la Coopération décentralisée", "ministry", "CNCD", "meae"),
    OrganisationFact("senat", "Sénat", "assembly"),
    OrganisationFact("assemblee", "Assemblée nationale", "assembly"),
    OrganisationFact("bfc", "Région Bourgogne-Franche-Comté", "region"),
    OrganisationFact("bretagne", "Région Bretagne", "region"),
    OrganisationFact("occitanie", "Région Occitanie", "region"),
    OrganisationFact("tarn", "Département du Tarn", "department"),
    OrganisationFact("strasbourg", "Eurométropole de Strasbourg", "intercommunality"),
    OrganisationFact("montpellier-metropole", "Montpellier Méditerranée Métropole", "intercommunality"),
    OrganisationFact("montpellier", "Ville de Montpellier", "commune"),
    OrganisationFact("quimperle", "Ville de Quimperlé", "commune"),
    OrganisationFact("ploeuc", "Commune de Ploëuc-L’Hermitage", "commune"),
    OrganisationFact("cannes", "Ville de Cannes", "commune"),
    OrganisationFact("issoudun", "Ville d’Issoudun", "commune"),
    OrganisationFact("sceaux", "Ville de Sceaux", "commune"),
    OrganisationFact("paris", "Ville de Paris", "commune"),
    OrganisationFact("cuf", "Cités Unies France", "network", "CUF"),
    OrganisationFact(
        "afccre", "Association Française du Conseil des Communes et Régions d’Europe", "network", "AFCCRE"
    ),
    OrganisationFact("amf", "Association des maires de France", "association", "AMF"),
    OrganisationFact("aimf", "Association Internationale des Maires Francophones", "network", "AIMF"),
    OrganisationFact("departements", "Départements de France", "association"),
    OrganisationFact("cirrma", "Conférence interrégionale des réseaux régionaux multi-acteurs", "network", "CIRRMA"),
    OrganisationFact("afd", "Agence française de développement", "operator", "AFD"),
    OrganisationFact("expertise-france", "Expertise France", "operator"),
    OrganisationFact("business-france", "Business France", "operator"),
    OrganisationFact("cglu", "Cités et Gouvernements Locaux Unis", "network", "CGLU"),
    OrganisationFact("platforma", "PLATFORMA", "network"),
)

_QUERNEZ_AT_AFCCRE = (
    "Secrétaire général de l’Association Française du Conseil des Communes et Régions d’Europe (AFCCRE)"
)
# 115 characters: the longest quality of the documents.
_RAMOND_AT_DEPARTEMENTS = (
    "Président de la commission Relations internationales, Europe et coopération décentralisée de"
    " Départements de France"
)

PEOPLE: tuple[PersonFact, ...] = (
    PersonFact(
        "barrot",
        "M",
        "Jean-Noël",
        "Barrot",
        ("Ministre de l’Europe et des Affaires étrangères",),
        "meae",
        "intervenants",
    ),
    PersonFact(
        "chole",
        "M",
        "Frédéric",
        "Cholé",
        ("Délégué pour les collectivités territoriales et la société civile",),
        "dctciv",
        "intervenants",
    ),
    PersonFact("haddad", "M", "Benjamin", "Haddad", ("Ministre délégué chargé de l’Europe",), "meae", "intervenants"),
    PersonFact(
        "rapin",
        "M",
        "Jean-François",
        "Rapin",
        ("Président de la commission des Affaires européennes du Sénat", "Sénateur du Pas-de-Calais"),
        "senat",
        "intervenants",
    ),
    PersonFact(
        "molinoz",
        "M",
        "Patrick",
        "Molinoz",
        ("Vice-président de la région Bourgogne-Franche-Comté",),
        "bfc",
        "intervenants",
    ),
    PersonFact(
        "imbs", "Mme", "Pia", "Imbs", ("Présidente de l’Eurométropole de Strasbourg",), "strasbourg", "intervenants"
    ),
    PersonFact(
        "quernez",
        "M",
        "Michaël",
        "Quernez",
        ("Maire de Quimperlé", "Premier Vice-président de la région Bretagne", _QUERNEZ_AT_AFCCRE),
        "quimperle",
        "intervenants",
    ),
    PersonFact(
        "guignard",
        "M",
        "Thibaut",
        "Guignard",
        ("Maire de Ploëuc-L’Hermitage", "Vice-président de l’Association des maires de France (AMF)"),
        "ploeuc",
        "intervenants",
    ),
    PersonFact(
        "forissier",
        "M",
        "Nicolas",
        "Forissier",
        ("Ministre délégué chargé du commerce extérieur et de l’attractivité",),
        "meae",
        "intervenants",
    ),
    PersonFact(
        "fuchs",
        "M",
        "Bruno",
        "Fuchs",
        ("Député du Haut-Rhin", "Président de la commission des affaires étrangères de l’Assemblée nationale"),
        "assemblee",
        "intervenants",
    ),
    PersonFact(
        "pellefigue",
        "Mme",
        "Nadia",
        "Pellefigue",
        ("Vice-présidente de la région Occitanie",),
        "occitanie",
        "intervenants",
    ),
    PersonFact(
        "ramond",
        "M",
        "Christophe",
        "Ramond",
        ("Président du département du Tarn", _RAMOND_AT_DEPARTEMENTS),
        "tarn",
        "intervenants",
    ),
    PersonFact(
        "delafosse",
        "M",
        "Michaël",
        "Delafosse",
        ("Maire de Montpellier", "Président de Cités Unies France (CUF)"),
        "montpellier",
        "intervenants",
    ),
    PersonFact(
        "veran",
        "Mme",
        "Emma",
        "Veran",
        (
            "Adjointe au maire de Cannes",
            "Vice-présidente de la Commission Nationale de la Coopération Décentralisée (CNCD)",
        ),
        "cannes",
        "intervenants",
    ),
    PersonFact("chaillou", "M", "Christophe", "Chaillou", ("Sénateur",), "senat", "parlementaires"),
    PersonFact("cidrac", "Mme", "Marta", "de Cidrac", ("Sénatrice",), "senat", "parlementaires"),
    PersonFact("lecoq", "M", "Jean-Paul", "Lecoq", ("Député de Seine-Maritime",), "assemblee", "parlementaires"),
    PersonFact(
        "ben-lahoucine",
        "M",
        "Tony",
        "Ben Lahoucine",
        ("Adjoint au maire d’Issoudun", "Président de la CIRRMA"),
        "issoudun",
        "communes",
    ),
    PersonFact(
        "laurent",
        "M",
        "Philippe",
        "Laurent",
        ("Président de l’Association Française du Conseil des Communes et Régions d’Europe", "Maire de Sceaux"),
        "afccre",
        "communes",
    ),
    PersonFact(
        "hidalgo",
        "Mme",
        "Anne",
        "Hidalgo",
        ("Présidente de l’Association Internationale des Maires Francophones", "Maire de Paris"),
        "aimf",
        "communes",
    ),
)

# Qualities as printed in a composition, by the key of a person.
QUALITIES: dict[str, tuple[str, ...]] = {person.key: person.qualities for person in PEOPLE}
# Names as the directory holds them, by the key of a person.
NAMES: dict[str, str] = {person.key: f"{person.given} {person.family}" for person in PEOPLE}
