"""Forms of address: what a letter calls someone, from civility and the quality of invitation.

Defaults after usage (../shared domain 2.5 and 2.24: journaldesmaires.com, circulaire of 21 November
2017 for the feminine forms). The closing formula repeats the form of address word for word.
"""

import re
from dataclasses import dataclass

from app.i18n import LazyText, lazy
from app.text import fold

VERY_HIGH, HIGH, DISTINGUISHED = ("très haute considération", "haute considération", "considération distinguée")
# First words of a quality, folded -> (what follows "Monsieur", what follows "Madame",
# consideration). The longest match wins.
_FORMS: dict[str, tuple[str, str, str]] = {
    "president de la republique": (
        "le Président de la République", "la Présidente de la République", VERY_HIGH,
    ),
    "premier ministre": ("le Premier ministre", "la Première ministre", VERY_HIGH),
    "ministre": ("le Ministre", "la Ministre", VERY_HIGH),
    "secretaire d etat": ("le Secrétaire d’État", "la Secrétaire d’État", VERY_HIGH),
    "president": ("le Président", "la Présidente", HIGH),
    "vice president": ("le Vice-président", "la Vice-présidente", HIGH),
    "depute": ("le Député", "la Députée", HIGH),
    "senateur": ("le Sénateur", "la Sénatrice", HIGH),
    "prefet": ("le Préfet", "la Préfète", HIGH),
    "ambassadeur": ("l’Ambassadeur", "l’Ambassadrice", HIGH),
    "charge d affaires": ("le Chargé d’affaires", "la Chargée d’affaires", HIGH),
    "maire": ("le Maire", "la Maire", HIGH),
    "adjoint": ("l’Adjoint au maire", "l’Adjointe au maire", HIGH),
    "conseiller": ("le Conseiller", "la Conseillère", DISTINGUISHED),
    "directeur general": ("le Directeur général", "la Directrice générale", DISTINGUISHED),
    "directeur": ("le Directeur", "la Directrice", DISTINGUISHED),
    "delegue": ("le Délégué", "la Déléguée", DISTINGUISHED),
    "professeur": ("le Professeur", "la Professeure", DISTINGUISHED),
    "recteur": ("le Recteur", "la Rectrice", HIGH),
    "sous prefet": ("le Sous-préfet", "la Sous-préfète", HIGH),
    "consul general": ("le Consul général", "la Consule générale", HIGH),
    "secretaire general": ("le Secrétaire général", "la Secrétaire générale", DISTINGUISHED),
}  # fmt: skip
_FEMININE = {
    "presidente": "president",
    "vice presidente": "vice president",
    "deputee": "depute",
    "senatrice": "senateur",
    "prefete": "prefet",
    "ambassadrice": "ambassadeur",
    "chargee d affaires": "charge d affaires",
    "adjointe": "adjoint",
    "conseillere": "conseiller",
    "directrice": "directeur",
    "directrice generale": "directeur general",
    "deleguee": "delegue",
    "professeure": "professeur",
    "rectrice": "recteur",
    "sous prefete": "sous prefet",
    "consule generale": "consul general",
    "secretaire generale": "secretaire general",
    "premiere ministre": "premier ministre",
}
# "Premier Vice-président", "2e adjointe", "ancien ministre" are addressed without that word.
_PASSED_OVER = re.compile(
    r"^(?:premiere?|1ere?|1re|\d+(?:e|eme|er)|deuxieme|troisieme|quatrieme|cinquieme|ancien(?:ne)?) "
)


# Officers are "Mon général" from a man, "Général" from a woman; a woman officer is called by her rank alone.
_MILITARY = {"general": "général", "colonel": "colonel", "commandant": "commandant", "capitaine": "capitaine"}
_NAVAL = {"amiral": "Amiral", "vice amiral": "Amiral", "contre amiral": "Amiral"}
SOURCES: dict[str, LazyText] = {
    "function": lazy("Usage of French protocol for this function; feminine forms: circular of 21 November 2017"),
    "military": lazy("Military usage: “Mon” only from a man to a man"),
    "plain": lazy("No particular usage for this function"),
    "unknown": lazy("Civility unknown: both forms, in this order"),
    "english": lazy("English usage"),
    "decided": lazy("Decided by %(author)s: %(reason)s"),
}
"""Where a form of address comes from, by code."""


@dataclass(frozen=True)
class Address:
    """`appel` opens the letter without its comma; `consideration` closes it; `source` is a code of SOURCES."""

    appel: str
    consideration: str
    source: str = "function"


def address_for(civility: str, quality: str, language: str, *, sender: str = "") -> Address:
    """How a letter addresses someone invited in `quality` (may be empty); `sender`: civility of who signs.

    Unknown gender gets "Madame, Monsieur" in that order.
    """
    if language == "en":
        polite = {"M": "Dear Sir", "Mme": "Dear Madam"}.get(civility, "Dear Madam or Sir")
        return Address(polite, "", "english")
    if not civility:
        return Address("Madame, Monsieur", "considération distinguée", "unknown")
    if officer := _officer(civility, fold(quality), sender):
        return Address(officer, HIGH, "military")
    form = _form(fold(quality))
    if form is None:
        plain = "Madame" if civility == "Mme" else "Monsieur"
        return Address(plain, "considération distinguée", "plain")
    appel = f"Madame {form[1]}" if civility == "Mme" else f"Monsieur {form[0]}"
    return Address(appel, form[2])


def _officer(civility: str, quality: str, sender: str) -> str:
    first = quality.split(" ", maxsplit=1)[0]
    if naval := next((rank for words, rank in _NAVAL.items() if quality.startswith(words)), ""):
        return naval
    if first not in _MILITARY:
        return ""
    rank = _MILITARY[first]
    return f"Mon {rank}" if civility == "M" and sender == "M" else rank.capitalize()


def _form(quality: str) -> tuple[str, str, str] | None:
    return _match(quality) or _match(_PASSED_OVER.sub("", quality))


def _match(quality: str) -> tuple[str, str, str] | None:
    matches = [k for k in (*_FORMS, *_FEMININE) if quality == k or quality.startswith(f"{k} ")]
    if not matches:
        return None
    key = max(matches, key=len)
    return _FORMS[_FEMININE.get(key, key)]


def courtesy_title(civility: str, language: str) -> str:
    """ "Madame" or "Monsieur" before a name, empty when unknown."""
    names = {"fr": {"M": "Monsieur", "Mme": "Madame"}, "en": {"M": "Mr", "Mme": "Ms"}}
    return names[language if language in names else "fr"].get(civility, "")


def called(civility: str, name: str, language: str) -> str:
    """A name as others speak of it: "M. Philippe Laurent", "Ms Zoé Martin" (domain 2.5: "M." has a dot, "Mme" none)."""
    titles = {"fr": {"M": "M.", "Mme": "Mme"}, "en": {"M": "Mr", "Mme": "Ms"}}
    return f"{titles[language if language in titles else 'fr'].get(civility, '')} {name}".strip()
