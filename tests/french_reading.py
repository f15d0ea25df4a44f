"""Reads one translated sentence like a careful editor: places, spaces, manners, words of the house."""

import re
from collections.abc import Iterator

from app.text import typo_fr

PLACE = re.compile(r"%\((\w+)\)[sd]")
_BRACE = re.compile(r"\{\w+\}")
_END = re.compile(r"[.?:…]?$")
_SPACING = re.compile(
    r"(?P<close>(?<=[^\s:;!?»«(])(?:»|[;:!?]+(?=[\s»)]|$)))|(?P<open>«(?! ))"
    r"|(?P<typed>[\u00a0\u202f])|(?P<twice>  )"
)
_MANNERS_FR = re.compile(r"\bMerci de\b|bien vouloir|\bOups\b|\bOK\b|[—!]|\.\.\.", re.IGNORECASE)
_MANNERS_EN = re.compile(r"[—!]|\bOK\b|\boops\b|\.\.\.", re.IGNORECASE)
# docs/glossary.md: one word for one thing.
_GLOSSARY = {
    r"\bcategor": r"collège",
    r"\bwaiting list\b": r"liste d’attente",
    r"\bdeadline\b": r"date limite",
    r"\bminutes\b": r"compte rendu|minutes",
    r"\bsessions?\b": r"séance",
    r"\bjournal\b": r"journal",
    r"\bregistrations?\b": r"inscription",
    r"\bdesk\b": r"guichet|accueil",
    r"\b(guests?|invitees?)\b": r"invité|participant",
    r"\bform of address\b": r"formule d’appel|civilité",
    r"\bwording\b": r"formule",
}
# Words that French and English write alike.
_ALIKE = {"Excel (XLSX)"}


def faults(english: str, french: str) -> Iterator[str]:
    """What an editor would strike out in the French of one sentence."""
    for reader in (_places, _likeness, _typography, _manners):
        yield from reader(english, french)


def _places(english: str, french: str) -> Iterator[str]:
    if set(PLACE.findall(english)) != set(PLACE.findall(french)):
        yield "places differ"
    if sorted(_BRACE.findall(english)) != sorted(_BRACE.findall(french)):
        yield "braces differ"
    if "%" in PLACE.sub("", english + french).replace("%%", ""):
        yield "a percent sign alone breaks the places"


def _likeness(english: str, french: str) -> Iterator[str]:
    if english == french and english not in _ALIKE and len(PLACE.sub("", english).split()) > 2:
        yield "still English"
    if _END.search(english)[0] != _END.search(french)[0] or french != french.strip():  # type: ignore[index] # always found
        yield "ends otherwise"


def _typography(english: str, french: str) -> Iterator[str]:
    if "'" in french or '"' in french or "'" in english:
        yield "straight apostrophe or quotation mark"
    if found := _SPACING.search(french):
        yield f"spacing: {found.lastgroup}"
    if typo_fr(typo_fr(french)) != typo_fr(french):
        yield "spacing is not settled"


def _manners(english: str, french: str) -> Iterator[str]:
    if _MANNERS_FR.search(french) or _MANNERS_EN.search(english):
        yield "manners"
    said = PLACE.sub("", english)
    for word, expected in _GLOSSARY.items():
        if re.search(word, said, re.IGNORECASE) and not re.search(expected, french, re.IGNORECASE):
            yield f"glossary: {expected}"
