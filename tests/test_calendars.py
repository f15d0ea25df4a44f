"""Calendars, read back by two independent parsers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from app.calendars import DEFAULT_DURATION, Entry, calendar_bytes

STAMP = datetime(2025, 10, 23, 8, tzinfo=UTC)
ASSISES = Entry(
    uid="r-7KQ2@parvis",
    start_utc=datetime(2025, 11, 18, 16, 30, tzinfo=UTC),
    summary="Assises de la diplomatie parlementaire et de la coopération décentralisée, 2e édition",
    description="Présentez une pièce d’identité ; merci.\nDeuxième ligne, avec virgule \\ et barre",
    location="Quai d’Orsay, 1 rue Esnault Pelterie",
    url="https://example.org/assises-2",
    organizer_name='Délégation "DCTCIV"',
    organizer_email="secretariat@example.org",
    attendee_name="Pia IMBS",
    attendee_email="pia.imbs@example.org",
    alarm_minutes=120,
)


def written(*entries: Entry, method: str = "PUBLISH", zone: str = "Europe/Paris") -> bytes:
    return calendar_bytes(entries, name="Assises", zone=zone, stamp=STAMP, method=method)


def parsed(data: bytes) -> icalendar.Event:
    return icalendar.Calendar.from_ical(data).events[0]


def test_an_invitation_reads_back_in_icalendar() -> None:
    event = parsed(written(ASSISES, method="REQUEST"))
    assert event["dtstart"].params["TZID"] == "Europe/Paris"
    assert event["dtstart"].dt.astimezone(UTC) == ASSISES.start_utc
    assert event["duration"].dt == DEFAULT_DURATION
    assert (event["uid"], event["sequence"], event["status"]) == (ASSISES.uid, 0, "CONFIRMED")
    assert (event["summary"], event["description"]) == (ASSISES.summary, ASSISES.description)
    assert event["attendee"] == "mailto:pia.imbs@example.org"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert event.walk("VALARM")[0]["trigger"].dt == timedelta(minutes=-120)


def test_an_invitation_reads_back_in_vobject() -> None:
    calendar = vobject.readOne(written(ASSISES, method="REQUEST").decode())
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.dtstart.value.astimezone(UTC) == ASSISES.start_utc
    assert event.summary.value == ASSISES.summary
    assert event.description.value == ASSISES.description
    assert event.location.value == ASSISES.location
    assert event.organizer.value == "mailto:secretariat@example.org"
    assert event.organizer.params["CN"] == ["Délégation 'DCTCIV'"]
    assert len(event.attendee_list) == 1


def test_lines_are_short_and_end_in_crlf() -> None:
    data = written(replace(ASSISES, description="é" * 500))
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_a_download_names_no_attendee() -> None:
    data = written(ASSISES)
    assert b"ATTENDEE" not in data
    assert b"METHOD:PUBLISH" in data


def test_a_cancellation() -> None:
    event = parsed(written(replace(ASSISES, sequence=2, status="CANCELLED"), method="CANCEL"))
    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)
    assert event.walk("VALARM") == []


def test_a_place_on_the_waiting_list_is_tentative() -> None:
    event = parsed(written(replace(ASSISES, status="TENTATIVE"), method="REQUEST"))
    assert event["attendee"].params["PARTSTAT"] == "TENTATIVE"


def test_a_known_end_is_told() -> None:
    end = ASSISES.start_utc + timedelta(hours=3)
    event = parsed(written(replace(ASSISES, end_utc=end)))
    assert event["dtend"].dt.astimezone(UTC) == end
    assert "duration" not in event


def test_utc_needs_no_zone() -> None:
    data = written(ASSISES, zone="UTC")
    assert b"DTSTART:20251118T163000Z" in data
    assert b"VTIMEZONE" not in data


def test_clocks_change_at_the_wall_time_before_the_change() -> None:
    data = written(ASSISES).decode()
    assert "DTSTART:20250330T020000\r\nTZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in data
    assert "DTSTART:20251026T030000\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100" in data
    assert data.count("BEGIN:DAYLIGHT") == 1


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_the_zone_written_tells_the_right_instant(instant: datetime, zone: str) -> None:
    """Read with the file's own VTIMEZONE under a foreign name, so that no parser looks it up."""
    instant = instant.replace(microsecond=0)
    if instant.astimezone(ZoneInfo(zone)).fold:
        instant += timedelta(hours=1)  # the repeated hour has one name for two instants
    data = written(replace(ASSISES, start_utc=instant, summary="x", location="", url=""), zone=zone)
    foreign = data.replace(zone.encode(), f"Elsewhere/{zone}-{instant.year}".encode())
    assert vobject.readOne(foreign.decode()).vevent.dtstart.value.astimezone(UTC) == instant


def test_several_sessions_share_one_calendar() -> None:
    other = replace(ASSISES, uid="s-2@parvis", start_utc=datetime(2026, 7, 8, 7, tzinfo=UTC))
    calendar = icalendar.Calendar.from_ical(written(ASSISES, other))
    assert [str(event["uid"]) for event in calendar.events] == [ASSISES.uid, other.uid]
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert written()  # an empty calendar is a calendar


def test_what_cannot_be_sent_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown method"):
        written(ASSISES, method="ADD")
    with pytest.raises(ValueError, match="carries one entry"):
        written(ASSISES, ASSISES, method="REQUEST")
    with pytest.raises(ValueError, match="carries one entry"):
        written(replace(ASSISES, attendee_email=""), method="CANCEL")
    with pytest.raises(ValueError, match="needs a zone"):
        written(replace(ASSISES, start_utc=datetime(2025, 11, 18)))
