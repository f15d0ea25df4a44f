"""Guest lists as secretariats really send them: CSV, TSV, XLSX, XLS, ODS to rows of people.

`reading` turns bytes into a grid of text, `headers` finds the header line and what each column
holds, `names` splits names, `cells` reads single cells, `rows` builds
one `GuestRow` per line. Nothing here knows the database.
"""

from app.guest_list.guests import REASONS, GuestList, GuestRow, Rejected
from app.guest_list.refusals import (
    EmptyList,
    ListTooLarge,
    LockedFile,
    MacroFile,
    NoHeaderFound,
    UnclosedQuote,
    UnreadableList,
    WrongKindOfFile,
)
from app.guest_list.rows import read_guest_list

__all__ = [
    "REASONS",
    "EmptyList",
    "GuestList",
    "GuestRow",
    "ListTooLarge",
    "LockedFile",
    "MacroFile",
    "NoHeaderFound",
    "Rejected",
    "UnclosedQuote",
    "UnreadableList",
    "WrongKindOfFile",
    "read_guest_list",
]
