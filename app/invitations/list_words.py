"""What pages say of lists on their way in: their state, their columns, why one is refused."""

from datetime import datetime

from app import when
from app.guest_list import REASONS
from app.i18n import LazyText, language, lazy
from app.invitations.list_models import GuestListImport, GuestListRow
from app.invitations.matching import DOUBTS
from app.invitations.words import COLUMN_WORDS

# State of a list -> (chip of the face, word).
LIST_STATES: dict[str, tuple[str, LazyText]] = {
    "reading": ("info", lazy("Being read")),
    "refused": ("refused", lazy("Could not be used")),
    "previewed": ("attention", lazy("Waits for your decision")),
    "applying": ("info", lazy("Being taken in")),
    "applied": ("good", lazy("Taken in")),
    "undone": ("neutral", lazy("Undone")),
    "dropped": ("neutral", lazy("Dropped")),
}
FIELD_WORDS: dict[str, LazyText] = {
    "": lazy("Kept with each guest under this title"),
    "skip": lazy("Left out"),
    "family_first": lazy("Whole name, surname first"),
    "given_first": lazy("Whole name, given name first"),
    "reference": lazy("Reference of Parvis"),
    **COLUMN_WORDS,
}


def problem_sentence(kept: GuestListImport) -> str:
    """Why a list was refused, in the reader's language; "" for none."""
    if not kept.problem:
        return ""
    return LazyText(kept.problem["message"]).with_places(**kept.problem["places"])


def row_sentence(row: GuestListRow) -> str:
    """Why a row is not taken in, or may be somebody else, in the reader's language; "" for neither."""
    if not row.reason:
        return ""
    if row.outcome == "rejected":
        return left_out_sentence(row.reason, row.values.get("column", ""))
    return str(DOUBTS[row.reason])


def left_out_sentence(reason: str, column: str) -> str:
    """Why a row was not taken in, with the title of the column at fault if it is one."""
    return f"{REASONS[reason]} ({column})" if column else str(REASONS[reason])


def progress_words(kept: GuestListImport) -> LazyText:
    """What is being done with a list at this moment."""
    if kept.state == "reading":
        is_compared = kept.total and kept.done * 2 >= kept.total
        return lazy("Comparing with everyone we know…") if is_compared else lazy("Reading the rows…")
    if kept.total and kept.done * 2 >= kept.total * 0.95:
        return lazy("Writing the guests, all of them or none…")
    return lazy("Comparing once more with everyone we know…")


def moment(at: datetime, zone: str) -> str:
    """An instant in few words, in the reader's language and the event's zone."""
    return when.short_instant_words(at, zone, language())
