"""Why a whole file is not read. What is wrong with one row is in `rows.REASONS`."""

from app.errors import Refusal
from app.i18n import lazy


class UnreadableList(Refusal):
    """The file says it is a table and cannot be read as one. `kind` is its extension."""

    message = lazy(
        "This file cannot be read as a list (%(kind)s). Open it in your spreadsheet program, "
        "save it again as XLSX or CSV, and send that file."
    )
    status = 422


class UnclosedQuote(UnreadableList):
    """A quotation mark that swallows the rest of the file. `row` is where reading stopped."""

    message = lazy(
        "A quotation mark is opened and never closed (row %(row)s), so the rows after it cannot be "
        "told apart. Correct that row, or send the list as XLSX."
    )


class WrongKindOfFile(Refusal):
    """Not a table at all. `name` is the file's name."""

    message = lazy("“%(name)s” is not a list. Send a CSV, TSV, XLSX, XLS or ODS file.")
    status = 422


class MacroFile(Refusal):
    """A workbook that carries a program. `name` is the file's name."""

    message = lazy("“%(name)s” contains macros and was not opened. Save it as XLSX without macros and send that file.")
    status = 422


class LockedFile(Refusal):
    """A workbook behind a password. `name` is the file's name."""

    message = lazy("“%(name)s” is protected by a password. Save it without password and send that file.")
    status = 422


class ListTooLarge(Refusal):
    """Too many bytes, too much once unpacked, or too many rows. `limit` says which, in words."""

    message = lazy("This list is too large (limit: %(limit)s). Cut it into several files and send them one by one.")
    status = 413


class EmptyList(Refusal):
    """No row of text anywhere in the file."""

    message = lazy("This list is empty. Check that the guests are in the file you sent.")
    status = 422


class NoHeaderFound(Refusal):
    """No line names the columns, or none of them holds a name. `found` quotes what was seen."""

    message = lazy(
        "No column with a name was found. Put a line above the guests that names the columns, "
        "for example Nom; Prénom; Fonction; Courriel. Seen: %(found)s"
    )
    status = 422
