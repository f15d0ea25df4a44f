"""What one cell says: an address, a telephone number, functions, a language, a country."""

import re
from functools import lru_cache
from typing import Any

from babel import Locale
from email_validator import EmailNotValidError, validate_email

from app.guest_list.reading import cell_text
from app.text import fold

_ADDRESS = re.compile(r"[^\s<>,;|\"()]+@[^\s<>,;|\"()]+")
_FRENCH_NUMBER = re.compile(r"[1-9]\d{8}")
_FRENCH_ABROAD = re.compile(r"33[1-9]\d{8}")
_CUT = re.compile(r"\s*\n\s*|\s*;\s+|\s+;\s*|\s+/\s+")
_BULLET = re.compile(r"^(?:[-–—•·*▪◦]\s*|\(?\d[).]\s+)")


def first_address(text: str) -> tuple[str, str]:
    """The first mail address of a cell and the others, if any: "A <a@x.fr> ; b@x.fr"."""
    text = re.sub(r"mailto:", "", text, flags=re.IGNORECASE)
    found = _ADDRESS.findall(text)
    if not found:
        return text, ""
    if len(found) == 1 and "<" not in text and not re.search(r"[;,|]", text):
        return text.strip(), ""
    return found[0].strip("."), "; ".join(found[1:])


@lru_cache(maxsize=4096)
def find_email(text: str) -> str | None:
    """The address with its domain in lower case; None when its syntax is broken.

    No name server is asked. A local part outside ASCII is refused: our mail cannot carry it.
    """
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return None


def phone_text(cell: Any) -> str:
    """A telephone number as text with its leading zero or plus sign.

    A spreadsheet that took a French number for a figure dropped its zero or its plus sign: nine
    digits get the one back, eleven that begin with 33 the other.
    """
    text = " ".join(cell_text(cell).split())
    if isinstance(cell, int | float) and _FRENCH_NUMBER.fullmatch(text):
        return f"0{text}"
    if isinstance(cell, int | float) and _FRENCH_ABROAD.fullmatch(text):
        return f"+{text}"
    return text


def split_qualities(text: str) -> list[str]:
    """The functions of a cell in their order: cut at line ends, ";" and " / ", bullets left out."""
    pieces = (_BULLET.sub("", " ".join(piece.split())) for piece in _CUT.split(text.strip()))
    return [piece.strip(" ;,") for piece in pieces if piece.strip(" ;,")]


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    names = {fold(name): code for tongue in ("fr", "en") for code, name in Locale(tongue).languages.items()}
    codes = {code: code for code in names.values()}
    return {name: code for name, code in (names | codes).items() if len(code) == 2}


@lru_cache(maxsize=1024)
def find_language(text: str) -> str:
    """ISO 639-1 code of "français", "French", "FR", "fra (France)"; "" when not known."""
    folded = fold(text)
    return _languages().get(folded) or _languages().get(folded.partition(" ")[0], "")


# What fits on the smallest badge beside a table and a country.
MOST_SPOKEN = 4
_BETWEEN = re.compile(r"[,;/·|\n&+]+|\s(?:et|and|–|-)\s")


def read_spoken(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ISO 639-1 codes of "français, EN · Deutsch" in that order, each once; and the words that are no language."""
    words = [word for one in _BETWEEN.split(text) if (word := " ".join(one.split()))]
    found = {word: find_language(word) for word in words}
    codes = dict.fromkeys(code for code in found.values() if code)
    return tuple(codes), tuple(word for word, code in found.items() if not code)


_ALSO = {
    "uk": "GB",
    "royaume uni": "GB",
    "usa": "US",
    "etats unis d amerique": "US",
    "palestine": "PS",
    "republique tcheque": "CZ",
    "czech republic": "CZ",
    "turkey": "TR",
    "ivory coast": "CI",
    "rdc": "CD",
    "drc": "CD",
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for tongue in ("fr", "en"):
        for code, name in Locale(tongue).territories.items():
            if len(code) == 2 and code.isalpha():
                found |= {fold(name): code, code.lower(): code}
    return found | _ALSO


@lru_cache(maxsize=1024)
def find_country(text: str) -> str:
    """ISO 3166-1 alpha-2 code of "Ukraine", "Allemagne", "Germany", "DE"; "" when not known."""
    return _countries().get(fold(text), "")
