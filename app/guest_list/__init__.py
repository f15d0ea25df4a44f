"""Guest lists as secretariats really send them: CSV, TSV, XLSX, XLS, ODS to rows of people.

`reading` turns bytes into a grid of text, `headers` finds the header line and what each column
holds, `names` splits names, `rows` builds one `GuestRow` per line. Nothing here knows the database.
"""

from app.guest_list.refusals import (
    ListTooLarge,
    MacroFile,
    NoHeaderFound,
    UnreadableList,
    WrongKindOfFile,
)
from app.guest_list.rows import REASONS, GuestList, GuestRow, Rejected, read_guest_list

__all__ = [
    "REASONS",
    "GuestList",
    "GuestRow",
    "ListTooLarge",
    "MacroFile",
    "NoHeaderFound",
    "Rejected",
    "UnreadableList",
    "WrongKindOfFile",
    "read_guest_list",
]
