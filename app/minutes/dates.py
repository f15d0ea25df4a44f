"""Dates of the minutes: when each version was published."""

from collections.abc import Iterator
from datetime import datetime

from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _
from app.minutes.queries import list_published


def dates_of_minutes(event: Event, _at: datetime) -> Iterator[Dated]:
    """Every published version."""
    for one in list_published(event):
        yield Dated(
            _("Minutes are published, version %(number)s", number=one.version), at=one.published_at,
            needs_offices=False, page=Page("minutes.edit", {"slug": event.slug}),
        )  # fmt: skip
