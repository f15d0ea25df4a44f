"""What a list gives: guests, and why other lines are none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.i18n import LazyText, lazy

REASONS: dict[str, LazyText] = {
    "no_name": lazy("No name in this row."),
    "no_latin_name": lazy("The name is only in another script; add its Latin spelling, which the badge needs."),
    "bad_email": lazy("The e-mail address is not a valid one."),
    "too_long": lazy("This cell is longer than such a cell can be."),
    "heading_or_note": lazy("Only one cell is filled: a heading or a note, not a guest?"),
}
"""What is wrong with a rejected row, by code."""

LONGEST = {"given_name": 120, "family_name": 120, "native_name": 200, "organisation": 300, "qualities": 300, "zone": 30}
"""Characters a field may have (each quality for itself)."""


_LISTS = ("qualities", "cleared", "spoken")


@dataclass(frozen=True)
class GuestRow:
    """One guest as the list has them; texts are NFC, trimmed and otherwise as typed.

    `number` is the row as the spreadsheet shows it. `civility` is "", "M" or "Mme"; `language` an
    ISO 639-1 code or ""; `country` an ISO 3166-1 alpha-2 code or ""; `spoken` the ISO 639-1 codes of the
    languages the person speaks, `zone` their table or zone. What is written otherwise in
    those columns, and every unknown column, is in `extra` under the column's title.

    `reference` is the public id of an invitation that our own export wrote into the list: such a row
    speaks of that guest whatever else it says, and `cleared` names the fields whose cell was emptied
    (in `extra`: an empty text).
    """

    number: int
    civility: str = ""
    given_name: str = ""
    family_name: str = ""
    native_name: str = ""
    qualities: tuple[str, ...] = ()
    organisation: str = ""
    email: str = ""
    phone: str = ""
    category: str = ""
    language: str = ""
    country: str = ""
    spoken: tuple[str, ...] = ()
    zone: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    reference: str = ""
    cleared: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As a JSON object without what is empty; `from_json` reads it back."""
        said: dict[str, Any] = {name: value for name, value in vars(self).items() if value}
        lists = {name: list(said[name]) for name in _LISTS if name in said}
        return said | lists

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "GuestRow":
        """The row that `as_json` gave."""
        lists = {name: tuple(stored.get(name, ())) for name in _LISTS}
        return cls(**{**stored, **lists})


Rejected = tuple[int, str, str]
"""Row number, code in REASONS, title of the column at fault ("" for the whole row)."""


@dataclass(frozen=True)
class GuestList:
    """A list as read: `mapping` tells the field of each known column by its title."""

    columns: list[str]
    mapping: dict[str, str]
    rows: list[GuestRow]
    rejected: list[Rejected]
    header_row: int
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
