"""Words for instants, and the deadline in both policies across the clock change of 26 October 2025."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.when import (
    closing_words,
    date_words,
    day_words,
    deadline_instant,
    deadline_words,
    hour_words,
    instant_words,
    range_words,
    short_instant_words,
    zone_words,
)

PARIS = "Europe/Paris"
SEVENTH = date(2025, 11, 7)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type] # year, month, day, hour, minute


def test_days() -> None:
    assert day_words(date(2025, 11, 18), "fr") == "mardi 18 novembre 2025"
    assert day_words(date(2025, 11, 18), "en") == "Tuesday 18 November 2025"
    assert date_words(date(2025, 11, 1), "fr") == "1er novembre 2025"
    assert date_words(date(2025, 11, 1), "en") == "1 November 2025"


def test_hours() -> None:
    assert hour_words(time(17, 30), "fr") == "17\u00a0h\u00a030"
    assert hour_words(time(9, 5), "fr") == "9\u00a0h\u00a005"
    assert hour_words(time(18), "fr") == "18\u00a0h"
    assert hour_words(time(9, 5), "en") == "09:05"


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        (PARIS, "heure de Paris", "Paris time"),
        ("Europe/Oslo", "heure d'Oslo", "Oslo time"),
        ("Africa/Cairo", "heure du Caire", "Cairo time"),
        ("Europe/Kyiv", "heure de Kyiv", "Kyiv time"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_zones(zone: str, french: str, english: str) -> None:
    assert plain(zone_words(zone, "fr")) == french
    assert zone_words(ZoneInfo(zone), "en") == english


def test_an_instant_is_told_in_the_events_zone() -> None:
    start = utc(2025, 11, 18, 16, 30)
    assert plain(instant_words(start, PARIS, "fr")) == "mardi 18 novembre 2025 à 17 h 30 (heure de Paris)"
    assert instant_words(start, PARIS, "en") == "Tuesday 18 November 2025 at 17:30 (Paris time)"
    with pytest.raises(ValueError, match="needs a zone"):
        instant_words(datetime(2025, 11, 18, 16, 30), PARIS, "fr")


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        ((2026, 7, 8), (2026, 7, 9), "les 8 et 9 juillet 2026", "8 and 9 July 2026"),
        ((2026, 7, 8), (2026, 7, 8), "le mercredi 8 juillet 2026", "Wednesday 8 July 2026"),
        ((2026, 7, 8), (2026, 7, 10), "du 8 au 10 juillet 2026", "8 to 10 July 2026"),
        ((2026, 6, 30), (2026, 7, 1), "les 30 juin et 1er juillet 2026", "30 June and 1 July 2026"),
        ((2026, 12, 31), (2027, 1, 1), "du 31 décembre 2026 au 1er janvier 2027", "31 December 2026 to 1 January 2027"),
    ],
)
def test_ranges_of_days(first: tuple[int, int, int], last: tuple[int, int, int], french: str, english: str) -> None:
    assert range_words(date(*first), date(*last), PARIS, "fr", "day") == french
    assert range_words(date(*first), date(*last), PARIS, "en", "day") == english


@pytest.mark.parametrize(
    ("day", "precision", "french", "english"),
    [
        ((2026, 6, 1), "part_of_month", "début juin 2026", "early June 2026"),
        ((2026, 6, 15), "part_of_month", "mi-juin 2026", "mid-June 2026"),
        ((2026, 6, 30), "part_of_month", "fin juin 2026", "late June 2026"),
        ((2026, 6, 1), "month", "juin 2026", "June 2026"),
        ((2026, 6, 1), "season", "été 2026", "summer 2026"),
        ((2026, 12, 1), "season", "hiver 2026-2027", "winter 2026-2027"),
        ((2027, 1, 1), "season", "hiver 2026-2027", "winter 2026-2027"),
        ((2026, 6, 1), "year", "2026", "2026"),
    ],
)
def test_no_finer_than_known(day: tuple[int, int, int], precision: str, french: str, english: str) -> None:
    assert range_words(date(*day), None, PARIS, "fr", precision) == french
    assert range_words(date(*day), None, PARIS, "en", precision) == english


def test_several_months_and_years() -> None:
    assert plain(range_words(date(2026, 8, 1), date(2026, 10, 1), PARIS, "fr", "month")) == ("d'août à octobre 2026")
    assert range_words(date(2026, 12, 1), date(2027, 1, 1), PARIS, "en", "month") == ("December 2026 to January 2027")
    assert range_words(date(2026, 12, 1), date(2027, 1, 1), PARIS, "fr", "year") == "2026-2027"
    with pytest.raises(ValueError, match="unknown precision"):
        range_words(date(2026, 12, 1), None, PARIS, "fr", "century")


def test_ranges_of_hours() -> None:
    start, end = utc(2025, 11, 18, 16, 30), utc(2025, 11, 18, 19)
    assert plain(range_words(start, end, PARIS, "fr")) == ("mardi 18 novembre 2025 de 17 h 30 à 20 h (heure de Paris)")
    assert range_words(start, None, PARIS, "en") == instant_words(start, PARIS, "en")
    assert plain(range_words(utc(2026, 7, 8, 7), utc(2026, 7, 9, 16), PARIS, "fr")) == (
        "du mercredi 8 juillet 2026 à 9 h au jeudi 9 juillet 2026 à 18 h (heure de Paris)"
    )


def test_an_end_at_midnight_belongs_to_the_evening_before() -> None:
    assert range_words(utc(2025, 11, 18, 16, 30), utc(2025, 11, 18, 23), PARIS, "fr", "day") == (
        "le mardi 18 novembre 2025"
    )


@pytest.mark.parametrize(
    ("inclusive", "at", "closed"),
    [
        (False, None, utc(2025, 11, 6, 23)),
        (True, None, utc(2025, 11, 7, 23)),
        (True, time(12), utc(2025, 11, 7, 11)),
        (False, time(12), utc(2025, 11, 7, 11)),
        (True, time(0), utc(2025, 11, 6, 23)),
    ],
)
def test_first_closed_instant(inclusive: bool, at: time | None, closed: datetime) -> None:
    assert deadline_instant(SEVENTH, inclusive, PARIS, at) == closed


@pytest.mark.parametrize(
    ("day", "inclusive", "at", "closed"),
    [
        (date(2025, 10, 26), False, None, utc(2025, 10, 25, 22)),
        (date(2025, 10, 26), True, None, utc(2025, 10, 26, 23)),
        (date(2025, 10, 27), False, None, utc(2025, 10, 26, 23)),
        (date(2025, 10, 26), True, time(2, 30), utc(2025, 10, 26, 1, 30)),
        (date(2025, 3, 30), True, time(2, 30), utc(2025, 3, 30, 1, 30)),
    ],
)
def test_across_the_clock_changes(day: date, inclusive: bool, at: time | None, closed: datetime) -> None:
    assert deadline_instant(day, inclusive, PARIS, at) == closed


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from([PARIS, "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"]),
)
def test_inclusive_closes_where_the_next_day_begins(day: date, zone: str) -> None:
    closed = deadline_instant(day, True, zone)
    assert closed == deadline_instant(day + timedelta(days=1), False, zone)
    assert closed.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
    assert (closed - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day


@pytest.mark.parametrize(
    ("inclusive", "at", "language", "words"),
    [
        (
            False,
            None,
            "fr",
            "avant le vendredi 7 novembre 2025 (clôture le jeudi 6 novembre 2025 à minuit, heure de Paris)",
        ),
        (
            True,
            None,
            "fr",
            "jusqu'au vendredi 7 novembre 2025 inclus (clôture le vendredi 7 novembre 2025 à minuit, heure de Paris)",
        ),
        (True, time(12), "fr", "jusqu'au vendredi 7 novembre 2025 à 12 h (heure de Paris)"),
        (
            False,
            None,
            "en",
            "before Friday 7 November 2025 (closes at midnight at the end of Thursday 6 November 2025, Paris time)",
        ),
        (
            True,
            None,
            "en",
            (
                "until Friday 7 November 2025 included"
                " (closes at midnight at the end of Friday 7 November 2025, Paris time)"
            ),
        ),
        (True, time(12), "en", "until Friday 7 November 2025 at 12:00 (Paris time)"),
        (
            True,
            time(0),
            "fr",
            "avant le vendredi 7 novembre 2025 (clôture le jeudi 6 novembre 2025 à minuit, heure de Paris)",
        ),
    ],
)
def test_deadline_words(inclusive: bool, at: time | None, language: str, words: str) -> None:
    assert plain(deadline_words(SEVENTH, inclusive, at, PARIS, language)) == words


def test_closing_words() -> None:
    assert closing_words(SEVENTH, False, None, PARIS, "fr") == ("jeudi 6 novembre 2025 à minuit (heure de Paris)")
    assert plain(closing_words(SEVENTH, True, time(12), PARIS, "fr")) == (
        "vendredi 7 novembre 2025 à 12 h (heure de Paris)"
    )


def test_a_list_says_an_instant_in_short():
    at = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
    assert short_instant_words(at, "Europe/Paris", "fr") == "18\u00a0nov.\u00a02025, 17\u00a0h\u00a030"
    assert short_instant_words(at, "Europe/Paris", "en") == "18\u00a0Nov\u00a02025, 17:30"
