"""Guest lists as secretariats really send them: CSV, TSV, XLSX, XLS, ODS to rows of people.

`reading` turns bytes into a grid of text, `headers` finds the header line and what each column
holds, `names` splits names, `cells` reads single cells, `rows` builds
one `GuestRow` per line. Nothing here knows the database.
"""

from app.guest_list.guests import REASONS, GuestList, GuestRow, Rejected
from app.guest_list.headers import FIELDS, SKIP
from app.guest_list.layouts import Chosen, Seen, fingerprint, look
from app.guest_list.reading import Grid
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
from app.guest_list.rows import open_list, read_guest_list, read_rows

__all__ = [
    "FIELDS",
    "REASONS",
    "SKIP",
    "Chosen",
    "EmptyList",
    "Grid",
    "GuestList",
    "GuestRow",
    "ListTooLarge",
    "LockedFile",
    "MacroFile",
    "NoHeaderFound",
    "Rejected",
    "Seen",
    "UnclosedQuote",
    "UnreadableList",
    "WrongKindOfFile",
    "fingerprint",
    "look",
    "open_list",
    "read_guest_list",
    "read_rows",
]
