"""An event as an entry of a calendar, as every file and every mail tells it (RFC 5545; domain 3.19)."""

from typing import Any
from urllib.parse import urlsplit

from app.calendars import DEFAULT_DURATION, Entry
from app.events.models import Event
from app.i18n import _, here, ngettext

# A person going somewhere wants to hear of it before leaving.
ALARM_MINUTES = 180


def host_of(base_url: str) -> str:
    """The part of an identifier that makes it unique in the world (RFC 7986, 5.3)."""
    return urlsplit(base_url).hostname or "localhost"


def entry_of(event: Event, base_url: str, **differences: Any) -> Entry:
    """The event in the reader's language, under its own identifier; `differences` are fields of `Entry`.

    SEQUENCE counts what calendars were told differently since the event was made.
    """
    facts: dict[str, Any] = {
        "uid": f"{event.public_id}@{host_of(base_url)}",
        "sequence": event.calendar_sequence,
        "start_utc": event.starts_at,
        "end_utc": event.ends_at,
        "is_all_day": event.date_precision == "day",
        "summary": here(event.title),
        "description": "\n".join(_lines(event, base_url)),
        "location": event.venue.address if event.venue else "",
        "url": f"{base_url}/e/{event.slug}/" if event.is_public else "",
        "organizer_name": event.organiser,
        "organizer_email": event.mailbox,
        "status": "CANCELLED" if event.status == "cancelled" else "CONFIRMED",
    }
    return Entry(**{**facts, **differences})


def _lines(event: Event, base_url: str) -> list[str]:
    lines = [here(event.subtitle)] if event.subtitle else []
    if event.id_check:
        lines.append(_("Please bring an identity document: it will be asked for at the entrance."))
    if event.ends_at is None and event.date_precision != "day":
        hours = DEFAULT_DURATION.seconds // 3600
        lines.append(
            ngettext(
                "The end is not announced: %(num)s hour is kept free here.",
                "The end is not announced: %(num)s hours are kept free here.",
                hours,
            )
        )
    if event.is_public:
        lines.append(_("Programme: %(address)s", address=f"{base_url}/e/{event.slug}/programme"))
    if event.mailbox:
        lines.append(_("Questions: %(mailbox)s", mailbox=event.mailbox))
    return lines
