"""A whole name in one cell, cut into given and family name without changing a letter of it."""

import re
import unicodedata
from typing import NamedTuple

from anyascii import anyascii

FAMILY_FIRST, GIVEN_FIRST = "family_first", "given_first"

_PARTICLES = frozenset(
    "de du des la le les van von vom der den ten ter te zu zum zur di da do dos das del della dello"
    " degli el al ad bin ben ibn bint bat af av y e und et st san santa".split()
)
_CIVILITIES = {
    "M": "m m. mr mr. monsieur mister herr señor sr sr. signor".split(),
    "Mme": "mme mme. madame mlle mlle. mademoiselle mrs mrs. ms ms. miss frau señora sra signora".split(),
}
_CIVILITY = {word: code for code, words in _CIVILITIES.items() for word in words}
_CASED_SCRIPTS = ("CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "COPTIC", "CHEROKEE")


class Name(NamedTuple):
    """`given` may be empty; `family` is not, unless the cell was."""

    given: str
    family: str


def find_civility(text: str) -> str | None:
    """ "M" or "Mme" for the usual words in French and English, None for anything else."""
    return _CIVILITY.get(text.strip().casefold())


def take_civility(text: str) -> tuple[str, str]:
    """The civility before or after a name, and the name without it: "Mme Pia IMBS" -> "Mme", "Pia IMBS"."""
    words = text.split()
    if len(words) > 1 and (code := find_civility(words[0])):
        return code, " ".join(words[1:])
    if len(words) > 1 and (code := find_civility(words[-1].strip("()"))) and words[-1] != words[-1].upper():
        return code, " ".join(words[:-1])
    return "", text


def take_quality(text: str) -> tuple[str, str]:
    """A whole name and the function after its comma: "Pia IMBS, présidente" -> "Pia IMBS", "présidente"."""
    name, _, quality = text.partition(",")
    return (name, quality.strip()) if quality.strip() and _by_capitals(name.split()) else (text, "")


def split_name(text: str, order: str = GIVEN_FIRST) -> Name:
    """Cut "DELAFOSSE Michaël", "Michaël DELAFOSSE", "IMBS, Pia", "de CIDRAC Marta", "Li Wei".

    A comma or capitals settle it; `order` decides where neither does. One word is a family name.
    """
    text = " ".join(text.split())
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        return Name(given, family) if family else Name("", given)
    words = text.split(" ")
    if len(words) == 1:
        return Name("", text)
    return _by_capitals(words) or _by_order(words, order)


def told_order(text: str) -> str | None:
    """The order that the capitals of this name tell, None when they tell nothing."""
    words = text.split()
    if "," in text or len(words) < 2 or not (name := _by_capitals(words)):
        return None
    return FAMILY_FIRST if " ".join(words).startswith(name.family) else GIVEN_FIRST


def _is_capitals(word: str) -> bool:
    """CIDRAC, d'ORNANO, MacLEOD, LE; not "J.", not "Pia"."""
    word = re.sub(r"^(d|l|n|dell|o)['’]", "", word, flags=re.IGNORECASE) or word
    letters = [c for c in word if c.isalpha()]
    if len(letters) < 2 or "." in word:
        return False
    return all(c.isupper() for c in letters[-2:]) and sum(c.isupper() for c in letters) * 2 > len(letters)


def _by_capitals(words: list[str]) -> Name | None:
    """The family name is the run of words in capitals with the particles before it."""
    high = [_is_capitals(word) for word in words]
    if all(high) or not any(high):
        return None
    first, last = high.index(True), len(high) - 1 - high[::-1].index(True)
    while first > 0 and words[first - 1].casefold() in _PARTICLES and words[first - 1].islower():
        first -= 1
    given = words[:first] + words[last + 1 :]
    if not given:
        return None
    return Name(" ".join(given), " ".join(words[first : last + 1]))


def _by_order(words: list[str], order: str) -> Name:
    if order == FAMILY_FIRST:
        cut = 1
        while cut < len(words) - 1 and words[cut - 1].casefold() in _PARTICLES:
            cut += 1
        return Name(" ".join(words[cut:]), " ".join(words[:cut]))
    cut = len(words) - 1
    if not any(c.isupper() or c.islower() for c in "".join(words)):
        cut = 1  # scripts without capitals: the first word is the given name
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return Name(" ".join(words[:cut]), " ".join(words[cut:]))


def is_latin(text: str) -> bool:
    """True when every letter of `text` is Latin."""
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha() and not c.isascii())


def find_latin_spelling(text: str) -> str | None:
    """A Latin spelling of an alphabet that has one letter for each sound, else None.

    Arabic, Hebrew and Chinese names need their owner's spelling: vowels or order would be lost.
    """
    foreign = [c for c in text if c.isalpha() and not c.isascii() and "LATIN" not in unicodedata.name(c, "")]
    if not all(unicodedata.name(c, "").startswith(_CASED_SCRIPTS) for c in foreign):
        return None
    return " ".join(_spelt(word) for word in text.split())


def _spelt(word: str) -> str:
    latin = anyascii(word).replace("'", "")
    return latin.upper() if word.isupper() and len(word) > 1 else latin
