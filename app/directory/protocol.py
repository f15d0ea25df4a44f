"""Forms of address: what a letter calls someone, from civility and the quality of invitation.

Defaults after usage (../shared domain 2.5 and 2.24: journaldesmaires.com, circulaire of 21 November
2017 for the feminine forms). The closing formula repeats the form of address word for word.
"""

from dataclasses import dataclass

from app.text import fold

# First words of a quality -> (masculine, feminine, consideration). The longest match wins.
_FORMS: dict[str, tuple[str, str, str]] = {
    "president de la republique": ("Monsieur le Président de la République", "Madame la Présidente de la République", "très haute considération"),
    "premier ministre": ("Monsieur le Premier ministre", "Madame la Première ministre", "très haute considération"),
    "ministre": ("Monsieur le Ministre", "Madame la Ministre", "très haute considération"),
    "secretaire d etat": ("Monsieur le Secrétaire d’État", "Madame la Secrétaire d’État", "très haute considération"),
    "president": ("Monsieur le Président", "Madame la Présidente", "haute considération"),
    "vice president": ("Monsieur le Vice-président", "Madame la Vice-présidente", "haute considération"),
    "premier vice president": ("Monsieur le Vice-président", "Madame la Vice-présidente", "haute considération"),
    "depute": ("Monsieur le Député", "Madame la Députée", "haute considération"),
    "senateur": ("Monsieur le Sénateur", "Madame la Sénatrice", "haute considération"),
    "prefet": ("Monsieur le Préfet", "Madame la Préfète", "haute considération"),
    "ambassadeur": ("Monsieur l’Ambassadeur", "Madame l’Ambassadrice", "haute considération"),
    "maire": ("Monsieur le Maire", "Madame la Maire", "haute considération"),
    "adjoint": ("Monsieur l’Adjoint au maire", "Madame l’Adjointe au maire", "haute considération"),
    "conseiller": ("Monsieur le Conseiller", "Madame la Conseillère", "considération distinguée"),
    "directeur general": ("Monsieur le Directeur général", "Madame la Directrice générale", "considération distinguée"),
    "directeur": ("Monsieur le Directeur", "Madame la Directrice", "considération distinguée"),
    "delegue": ("Monsieur le Délégué", "Madame la Déléguée", "considération distinguée"),
    "professeur": ("Monsieur le Professeur", "Madame la Professeure", "considération distinguée"),
}
_FEMININE = {
    "presidente": "president", "vice presidente": "vice president", "deputee": "depute",
    "senatrice": "senateur", "prefete": "prefet", "ambassadrice": "ambassadeur",
    "adjointe": "adjoint", "conseillere": "conseiller", "directrice": "directeur",
    "directrice generale": "directeur general", "deleguee": "delegue", "professeure": "professeur",
    "premiere ministre": "premier ministre", "1er vice president": "premier vice president",
    "premiere vice presidente": "premier vice president",
}


@dataclass(frozen=True)
class Address:
    """`appel` opens the letter without its comma; `consideration` closes it."""

    appel: str
    consideration: str


def address_for(civility: str, quality: str, language: str) -> Address:
    """How a letter addresses someone invited in `quality` (may be empty).

    Unknown gender gets "Madame, Monsieur" in that order.
    """
    if language == "en":
        polite = {"M": "Dear Sir", "Mme": "Dear Madam"}.get(civility, "Dear Madam or Sir")
        return Address(polite, "")
    if not civility:
        return Address("Madame, Monsieur", "considération distinguée")
    form = _form(fold(quality))
    if form is None:
        plain = "Madame" if civility == "Mme" else "Monsieur"
        return Address(plain, "considération distinguée")
    return Address(form[1] if civility == "Mme" else form[0], form[2])


def _form(quality: str) -> tuple[str, str, str] | None:
    matches = [k for k in (*_FORMS, *_FEMININE) if quality == k or quality.startswith(f"{k} ")]
    if not matches:
        return None
    key = max(matches, key=len)
    return _FORMS[_FEMININE.get(key, key)]


def courtesy_title(civility: str, language: str) -> str:
    """"Madame" or "Monsieur" before a name, empty when unknown."""
    names = {"fr": {"M": "Monsieur", "Mme": "Madame"}, "en": {"M": "Mr", "Mme": "Ms"}}
    return names[language if language in names else "fr"].get(civility, "")
