"""The 17th Rencontres, 8 and 9 July 2026.

Facts of the letter of 25 January 2026; the sentences are our own (see `facts` for the shape). No
hours, no deadline and no country of honour were given.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.columns import Bilingual
from app.demonstration.facts import CategoryFact, EventFact, LetterFact, SessionFact, SignatoryFact, VenueFact

PARIS = ZoneInfo("Europe/Paris")
VENUE = VenueFact(
    name="Salons de l’Hôtel des Arts et Métiers",
    street="9 bis avenue d’Iéna",
    postcode="75116",
    city="Paris",
    directions=Bilingual("Métro : station Iéna (ligne 9).", "Metro: Iéna station (line 9)."),
)

CATEGORIES = (
    CategoryFact("collectivites", Bilingual("Collectivités françaises", "French local authorities"), None, 2, "square"),
    CategoryFact("delegations", Bilingual("Délégations étrangères", "Foreign delegations"), None, 4, "star"),
    CategoryFact("etat-operateurs", Bilingual("État et opérateurs", "State and public operators"), None, 8, "diamond"),
    CategoryFact("associations", Bilingual("Associations et réseaux", "Associations and networks"), None, 6, "disc"),
    CategoryFact("intervenants", Bilingual("Intervenants", "Speakers"), None, 3, "triangle"),
)

EVENT = EventFact(
    slug="rencontres-2026",
    series_slug="rencontres",
    series_title=Bilingual(
        "Rencontres de l’action internationale des collectivités territoriales",
        "Meetings on the international action of local authorities",
    ),
    edition_number=17,
    title=Bilingual(
        "Rencontres de l’action internationale des collectivités territoriales",
        "Meetings on the international action of local authorities",
    ),
    subtitle=Bilingual(
        "Les collectivités territoriales dans le nouvel ordre mondial", "Local authorities in the new world order"
    ),
    description=Bilingual(
        "Chaque année, les Rencontres sont le rendez-vous de la coopération décentralisée en"
        " France. La 17e édition interroge la place des collectivités dans un **nouvel ordre"
        " mondial** fait de tensions et de recompositions, avec le regard de chercheurs,"
        " d’observateurs et de praticiens.\n\n"
        "Plus de 500 participants sont attendus : élus et cadres de 150 collectivités françaises,"
        " et 25 délégations étrangères, d’États, de collectivités et d’associations. Un pays sera"
        " mis à l’honneur ; son nom sera annoncé ici.\n\n"
        "Avec le ministère de l’Europe et des Affaires étrangères, l’Agence française de"
        " développement, l’initiative PLATFORMA, cofinancée par l’Union européenne, Cités et"
        " Gouvernements Locaux Unis et des associations de pouvoirs locaux.",
        "Every year the Rencontres are where decentralised cooperation meets in France. The 17th"
        " edition looks at the place of local authorities in a **new world order** of tension and"
        " change, with the eyes of researchers, observers and practitioners.\n\n"
        "More than 500 participants are expected: elected members and staff of 150 French local"
        " authorities, and 25 foreign delegations, of States, local authorities and associations. A"
        " country will be the guest of honour; its name will be announced here.\n\n"
        "With the Ministry for Europe and Foreign Affairs, the Agence française de développement,"
        " the PLATFORMA initiative, co-funded by the European Union, United Cities and Local"
        " Governments, and associations of local government.",
    ),
    practical=Bilingual(
        "Deux journées, cinq formats. Les informations pratiques et la plaquette sont publiées sur"
        " cette page dès qu’elles sont prêtes.",
        "Two days, five formats. Practical information and the brochure are published on this page"
        " as soon as they are ready.",
    ),
    starts_at=datetime(2026, 7, 8, 0, 0, tzinfo=PARIS),
    ends_at=datetime(2026, 7, 10, 0, 0, tzinfo=PARIS),
    date_precision="day",
    timezone="Europe/Paris",
    venue=VENUE,
    status="closed",
    organiser="Cités Unies France",
    organiser_parent="",
    mailbox="coop-dec@cites-unies-france.org",
    accent="#0b6472",
    legal_footer="Cités Unies France · 9, rue Christiani, 75018 Paris · +33 (0)1 53 41 81 81"
    " · SIRET 309 575 652 000 40 · APE 9499Z",
    partners=(
        "Ministère de l’Europe et des Affaires étrangères",
        "Agence française de développement",
        "PLATFORMA",
        "Cités et Gouvernements Locaux Unis",
    ),
    expected={"participants": 500, "local_authorities": 150, "delegations": 25},
    has_guest_country=True,
    categories=CATEGORIES,
)

LETTER = LetterFact(
    kind="save_the_date",
    issued_on=date(2026, 1, 25),
    letterhead=Bilingual("Le Président", "The President"),
    place="Paris",
    date_style="long",
    subject=Bilingual(
        "Les 17e Rencontres de l’action internationale des collectivités territoriales, les 8 et 9"
        " juillet 2026 à Paris",
        "The 17th Meetings on the international action of local authorities, 8 and 9 July 2026 in Paris",
    ),
    prints_object=True,
    has_addressee=False,
    dates_itself=True,
    announcement=Bilingual(
        "**Mercredi 8 et jeudi 9 juillet 2026,**\naux Salons de l’Hôtel des Arts et Métiers,\n"
        "9bis avenue d’Iéna – 75116 Paris",
        "**Wednesday 8 and Thursday 9 July 2026,**\nat the Salons de l’Hôtel des Arts et Métiers,\n"
        "9bis avenue d’Iéna – 75116 Paris",
    ),
    salutation=Bilingual("Madame, Monsieur", "Dear Madam or Sir"),
    body=Bilingual(
        "Les équilibres du monde se déplacent et le multilatéralisme est éprouvé. La diplomatie des"
        " territoires donne alors aux collectivités le moyen d’agir, et de défendre la coopération,"
        " la paix et la résilience.\n\n"
        "C’est dans cet esprit que j’ai le plaisir de vous annoncer les Rencontres, qui se tiendront les :\n\n"
        "{announcement}\n\n"
        "Plus de 500 participants sont attendus, parmi lesquels des élus et cadres de 150"
        " collectivités françaises et 25 délégations étrangères. Le rôle des collectivités dans le"
        " nouvel ordre mondial sera au centre de nos échanges, éclairés par des chercheurs, des"
        " observateurs et des praticiens.\n\n"
        "Conférences plénières, ateliers thématiques, réunions régionales, « Cafés des Rencontres »"
        " et rendez-vous B2B rythmeront ces deux journées. Un pays y sera mis à l’honneur.\n\n"
        "L’équipe de Cités Unies France répond à vos questions à l’adresse {mailbox}. Les"
        " informations pratiques, la plaquette et cette lettre seront publiées prochainement.",
        "The balance of the world is moving and multilateralism is put to the test. The diplomacy of"
        " territories then gives local authorities the means to act, and to defend cooperation,"
        " peace and resilience.\n\n"
        "It is in this spirit that I have the pleasure of announcing the Meetings, to be held on:\n\n"
        "{announcement}\n\n"
        "More than 500 participants are expected, among them elected members and staff of 150 French"
        " local authorities, and 25 foreign delegations. The part of local authorities in the new"
        " world order will be at the centre of our exchanges, with the insight of researchers,"
        " observers and practitioners.\n\n"
        "Plenary conferences, thematic workshops, regional meetings, “Cafés des Rencontres” and B2B"
        " appointments will fill these two days. A country will be the guest of honour.\n\n"
        "The team of Cités Unies France answers your questions at {mailbox}. Practical information,"
        " the brochure and this letter will be published soon.",
    ),
    closing=Bilingual(
        "Dans l’espoir de vous y retrouver, je vous prie de recevoir, {salutation}, l’expression de"
        " mes salutations les plus respectueuses.",
        "Hoping to meet you there, I remain yours faithfully.",
    ),
    signatories=(
        SignatoryFact("Michaël Delafosse", ("Maire de Montpellier", "Président de Montpellier Méditerranée Métropole")),
    ),
)

SESSIONS = (
    SessionFact(
        key="plenaries",
        kind="plenary",
        title=Bilingual("Conférences plénières", "Plenary conferences"),
        abstract=Bilingual(
            "Le rôle des collectivités dans le nouvel ordre mondial, vu par des chercheurs, des"
            " observateurs et des praticiens.",
            "The part of local authorities in the new world order, seen by researchers, observers and practitioners.",
        ),
    ),
    SessionFact(
        key="workshops",
        kind="workshop",
        title=Bilingual("Ateliers thématiques", "Thematic workshops"),
        abstract=Bilingual(
            "Croiser les approches et faire progresser les pratiques, par petits groupes.",
            "Comparing approaches and improving practice, in small groups.",
        ),
    ),
    SessionFact(
        key="regional",
        kind="regional",
        title=Bilingual("Réunions régionales", "Regional meetings"),
        abstract=Bilingual(
            "Une région du monde à la fois, avec celles et ceux qui y coopèrent.",
            "One region of the world at a time, with those who work there.",
        ),
    ),
    SessionFact(
        key="cafes",
        kind="cafe",
        title=Bilingual("Cafés des Rencontres", "Cafés des Rencontres"),
        abstract=Bilingual("Un temps pour faire connaissance.", "A time to get acquainted."),
    ),
    SessionFact(
        key="b2b",
        kind="b2b",
        title=Bilingual("Rendez-vous B2B", "B2B appointments"),
        abstract=Bilingual(
            "Des rencontres courtes entre collectivités et partenaires, en France et à l’international.",
            "Short meetings between local authorities and partners, French and international.",
        ),
    ),
)
