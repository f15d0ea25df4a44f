"""Versions of the list for security as files: whole, or what changed since the one before."""

from collections.abc import Sequence

from app.errors import NotFound
from app.events.models import Event
from app.i18n import _, in_language, lazy
from app.registration.security_list import Change, changes_between, file_of, rows_of
from app.registration.security_models import SecurityList
from app.registration.security_queries import get_version
from app.tables import csv_bytes, xlsx_bytes

FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
CHANGE_WORDS = {"added": lazy("Added"), "removed": lazy("Removed"), "changed": lazy("Changed")}


def changes_in(event: Event, one: SecurityList) -> list[Change]:
    """What this version changed; everyone was added by the first."""
    return changes_between(get_version(event, one.version - 1).people if one.version > 1 else {}, one.people)


def version_file(event: Event, one: SecurityList, kind: str) -> bytes:
    """Everyone on a version, as csv (its SHA-256 is the digest) or xlsx. Raises NotFound for another kind."""
    if kind not in FORMATS:
        raise NotFound
    return file_of(one) if kind == "csv" else _xlsx(event, one, one.titles, rows_of(one.people))


def changes_file(event: Event, one: SecurityList, kind: str) -> bytes:
    """What a version added, removed and changed, as csv or xlsx. Raises NotFound for another kind."""
    if kind not in FORMATS:
        raise NotFound
    with in_language(one.language):
        titles = (_("What changed"), *one.titles, _("Before"))
        rows = [(str(CHANGE_WORDS[each.kind]), *each.cells, each.differs) for each in changes_in(event, one)]
    if kind == "csv":
        return csv_bytes(titles, rows, one.language)
    return _xlsx(event, one, titles, rows)


def _xlsx(event: Event, one: SecurityList, titles: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    return xlsx_bytes(
        titles, rows, title=f"{event.slug[:20]} v{one.version}", made_by=one.locked_by, made_at=one.locked_at,
        language=one.language,
    )  # fmt: skip
