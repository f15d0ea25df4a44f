"""The calendar of an event, as anyone may fetch it."""

from datetime import UTC, date, datetime

import icalendar

from app.columns import Bilingual
from app.database import db
from app.exports.calendars import event_calendar
from app.programme.models import Session

BASE = "https://parvis.example.org"
START = datetime(2026, 11, 17, 16, 30, tzinfo=UTC)


def _read(content):
    calendar = icalendar.Calendar.from_ical(content)
    return calendar, list(calendar.walk("VEVENT"))


def test_one_entry_for_the_event_with_a_lasting_identity(make_event):
    event = make_event(starts_at=START, id_check=True)

    calendar, (entry,) = _read(event_calendar(event, BASE, "en"))

    assert calendar["METHOD"] == "PUBLISH"
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert entry["UID"] == f"{event.public_id}@parvis.example.org"
    assert entry["DTSTART"].dt == START
    assert entry["DTSTART"].params["TZID"] == "Europe/Paris"
    assert "identity document" in entry["DESCRIPTION"]
    assert entry["URL"] == f"{BASE}/e/{event.slug}/"
    assert "ATTENDEE" not in entry


def test_it_speaks_the_language_asked_for(make_event):
    event = make_event(title=Bilingual("Assises", "Assembly"))

    _calendar, (french,) = _read(event_calendar(event, BASE, "fr"))
    _calendar, (english,) = _read(event_calendar(event, BASE, "en"))

    assert (french["SUMMARY"], english["SUMMARY"]) == ("Assises", "Assembly")
    assert french["UID"] == english["UID"]


def test_a_session_with_hours_has_an_entry_and_one_without_has_none(make_event):
    event = make_event(starts_at=START)
    for position, starts in enumerate((START, None), start=1):
        db.session.add(
            Session(
                event_id=event.id,
                kind="round_table",
                position=position,
                starts_at=starts,
                title=Bilingual(f"Table ronde {position}"),
                room="Salle des fêtes",
            )
        )
    db.session.commit()

    _calendar, entries = _read(event_calendar(event, BASE, "fr"))

    assert [entry["SUMMARY"] for entry in entries][1:] == ["Table ronde 1"]
    assert entries[1]["LOCATION"].startswith("Salle des fêtes")


def test_a_cancelled_event_says_so(make_event):
    event = make_event(status="cancelled")

    _calendar, (entry,) = _read(event_calendar(event, BASE, "fr"))

    assert entry["STATUS"] == "CANCELLED"


def test_anyone_may_fetch_it_unless_the_event_is_a_draft(client, make_event):
    event, draft = make_event(), make_event(status="draft")

    answer = client.get(f"/e/{event.slug}/calendar.ics")

    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].endswith(f'"{event.slug}.ics"')
    assert client.get(f"/e/{draft.slug}/calendar.ics").status_code == 404


def test_days_without_hours_are_whole_days(make_event):
    event = make_event(
        starts_at=datetime(2026, 7, 7, 22, tzinfo=UTC),
        ends_at=datetime(2026, 7, 9, 22, tzinfo=UTC),
        date_precision="day",
        deadline=None,
    )

    _calendar, (entry,) = _read(event_calendar(event, BASE, "fr"))

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 7, 8), date(2026, 7, 10))
