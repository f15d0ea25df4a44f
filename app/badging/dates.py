"""Dates of badging: what was printed when."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.badging.models import PrintRun
from app.badging.words import product_words
from app.database import db
from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _, ngettext


def dates_of_prints(event: Event, _at: datetime) -> Iterator[Dated]:
    """What was printed, one line a day of the event's zone for each product, at the hour of its last run.

    Runs that failed printed nothing.
    """
    zone = ZoneInfo(event.timezone)
    columns = (PrintRun.product, PrintRun.made_at, PrintRun.badges, PrintRun.made_by)
    wanted = select(*columns).where(PrintRun.event_id == event.id, PrintRun.state != "failed")
    runs = db.session.execute(wanted.order_by(PrintRun.product, PrintRun.made_at)).all()
    for (product, _day), together in groupby(runs, key=lambda run: (run.product, run.made_at.astimezone(zone).date())):
        day = list(together)
        pieces = sum(run.badges for run in day)
        said = [
            ngettext("%(num)s piece", "%(num)s pieces", pieces),
            *sorted({run.made_by for run in day if run.made_by}),
        ]
        yield Dated(
            _("Printed: %(what)s", what=product_words(product)), at=day[-1].made_at, detail=" · ".join(said),
            page=Page("badging.badges", {"slug": event.slug}), needs_offices=False,
        )  # fmt: skip
