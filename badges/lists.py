"""Lists on paper: signatures, the desk when everything is down, the cover of a delegation's pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from badges.drawing import Drawing, drawn, paper
from badges.face import EventTexts, check_category
from badges.sorting import first_letter

MOST_HALF_DAYS = 6


@dataclass(frozen=True)
class Listed:
    """Words around a list, in the language of the event.

    title: such as "Attendance sheet"; facts: day, place, when and by whom it was made
    page: "Page {page} of {pages}", both words in braces kept; footer: lines at the end of the list
    """

    title: str
    facts: tuple[str, ...] = ()
    page: str = "{page} / {pages}"
    footer: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttendanceRow:
    """Somebody who signs: the name as sorted ("RAMOND Christophe"), function, organisation, group above it or ""."""

    name: str
    quality: str = ""
    organisation: str = ""
    group: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """Who signs for which half-days.

    half_days: heads of the signature columns, at most 6; name_head, organisation_head: heads of the first two
    signed_by: label of the space where the organiser signs for the sheet, "" for none
    """

    listed: Listed
    rows: tuple[AttendanceRow, ...]
    half_days: tuple[str, ...]
    name_head: str
    organisation_head: str
    signed_by: str = ""
    blank_rows: int = 0


@dataclass(frozen=True)
class DeskRow:
    """Somebody on the desk's paper: `marks` are short words (no photo, seat), `short_code` is typed later."""

    name: str
    organisation: str
    category: str
    colour: str
    shape: str
    short_code: str = ""
    native_name: str = ""
    quality: str = ""
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a colour or shape that cannot be drawn."""
        check_category(self.colour, self.shape)


@dataclass(frozen=True)
class DeskList:
    """The desk on paper, in the order given (by name), parted by the first letter of the names.

    heads: five words above the columns: arrived, name, organisation, category, code
    time_head: above the empty column in which the hour is written
    """

    listed: Listed
    rows: tuple[DeskRow, ...]
    heads: tuple[str, str, str, str, str]
    time_head: str


@dataclass(frozen=True)
class PackMember:
    """A member on the cover: name, function, mark ("Head", "Interpreter"), short code of the badge."""

    name: str
    quality: str = ""
    mark: str = ""
    short_code: str = ""


@dataclass(frozen=True)
class DelegationCover:
    """The cover sheet of a pack of badges that one person fetches.

    delegation, country: large; facts: pairs of a label and a text (contact, phone, collection point, badges inside)
    heads: words above the columns: handed over, name, function, code; received: label where the contact signs
    """

    listed: Listed
    delegation: str
    country: str
    facts: tuple[tuple[str, str], ...]
    members: tuple[PackMember, ...]
    heads: tuple[str, str, str, str]
    received: str

    @property
    def name(self) -> str:
        """What errors call it."""
        return self.delegation


def attendance_sheet(sheet: AttendanceSheet, texts: EventTexts) -> Drawing:
    """A lying A4 list with a signature cell for each half-day. Raises ValueError for no half-day or more than 6."""
    if not 1 <= len(sheet.half_days) <= MOST_HALF_DAYS:
        raise ValueError(f"an attendance sheet has one to {MOST_HALF_DAYS} half-days")
    if not sheet.rows and not sheet.blank_rows:
        raise ValueError("nobody to sign")
    heads = {"name_head": sheet.name_head, "organisation_head": sheet.organisation_head, "signed_by": sheet.signed_by}
    lines = {"half_days": list(sheet.half_days), "blank_rows": sheet.blank_rows, "listed": drawn(sheet.listed)}
    return paper("attendance", sheet.rows, texts, **heads, **lines)


def desk_list(desk: DeskList, texts: EventTexts) -> Drawing:
    """An upright A4 list to tick and to write the hour on: the desk when everything is down."""
    if not desk.rows:
        raise ValueError("nobody to print")
    heads = {"heads": list(desk.heads), "time_head": desk.time_head, "listed": drawn(desk.listed)}
    job = paper("desk", desk.rows, texts, **heads)
    for row, face in zip(desk.rows, job.data["faces"], strict=True):
        face["letter"] = first_letter(row.name)
    return job


def delegation_covers(covers: Sequence[DelegationCover], texts: EventTexts) -> list[Drawing]:
    """A job for each cover, of more pages for a large delegation. Raises ValueError for none."""
    if not covers:
        raise ValueError("no delegation to print")
    return [paper("delegation", [cover], texts, listed=drawn(cover.listed)) for cover in covers]
