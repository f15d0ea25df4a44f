"""In which order badges lie in the trays, and what parts them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from badges.face import BadgeFace

SORTINGS = ("name", "organisation", "delegation", "desk", "collection")


@dataclass(frozen=True)
class Separator:
    """A card that stands between badges in a tray: a letter or the name of a group, and how many follow it."""

    text: str
    count: int

    @property
    def name(self) -> str:
        """What errors call it."""
        return self.text


def arranged(faces: Sequence[BadgeFace], by: str = "name") -> list[BadgeFace]:
    """The badges as they lie in the trays: by name, or by a group and then by name; without group last.

    Accents and case do not count. `by`: one of SORTINGS. Raises ValueError for another.
    """
    if by not in SORTINGS:
        raise ValueError(f"badges are sorted by one of {SORTINGS}")
    return sorted(faces, key=lambda face: (_folded(_group(face, by)) or "\uffff" * (by != "name"), _by_name(face)))


def with_separators(faces: Sequence[BadgeFace], by: str = "name") -> list[BadgeFace | Separator]:
    """`arranged` badges, a `Separator` before each letter (by name) or each group; those without group have none."""
    found: list[BadgeFace | Separator] = []
    for title, group in groupby(arranged(faces, by), key=lambda face: _title(face, by)):
        members = list(group)
        if title:
            found.append(Separator(title, len(members)))
        found += members
    return found


def _group(face: BadgeFace, by: str) -> str:
    return "" if by == "name" else str(getattr(face, by))


def _title(face: BadgeFace, by: str) -> str:
    """What the separator before a badge says: its letter, "#" for none, or its group."""
    if by != "name":
        return _group(face, by)
    return first_letter("".join(_by_name(face)))


def first_letter(name: str) -> str:
    """The letter of the tray a name lies in, A to Z; "#" for none."""
    first = _folded(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _by_name(face: BadgeFace) -> tuple[str, str]:
    family, given = _folded(face.name_family), _folded(face.name_given)
    return (family or given, given)


def _folded(text: str) -> str:
    """Letters and digits without accents or case; ligatures and the letters that are no accents spelled out."""
    spelled = text.casefold()
    if not spelled.isascii():
        spelled = unicodedata.normalize("NFKD", spelled.translate(_SPELLED))
    return spelled if spelled.isalnum() else "".join(letter for letter in spelled if letter.isalnum())


_SPELLED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ɗ": "d", "ƙ": "k"})
