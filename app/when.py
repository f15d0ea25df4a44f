"""Instants, days and deadlines in words, in French and in English.

Instants come in as aware UTC datetimes and are told in the event's zone, never the server's or the
browser's. French follows the usage of official letters: "mardi 18 novembre 2025 à 17 h 30 (heure de
Paris)", "1er" for the first of a month, a no-break space inside "17 h 30".
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names, get_month_names, get_timezone_location

from app.text import NBSP

Zone = ZoneInfo | str
_MIDNIGHT = time(0, 0)
PRECISIONS = ("minute", "day", "part_of_month", "month", "season", "year")


def _zone(zone: Zone) -> ZoneInfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def _is_french(language: str) -> bool:
    return language[:2] == "fr"


def _number(day: date, language: str) -> str:
    return "1er" if _is_french(language) and day.day == 1 else str(day.day)


def _month(day: date, language: str) -> str:
    return str(get_month_names("wide", locale=language[:2])[day.month])


def _weekday(day: date, language: str) -> str:
    return str(get_day_names("wide", locale=language[:2])[day.weekday()])


def date_words(day: date, language: str) -> str:
    """ "18 novembre 2025", "1er novembre 2025"; "18 November 2025"."""
    return f"{_number(day, language)} {_month(day, language)} {day.year}"


def day_words(day: date, language: str) -> str:
    """ "mardi 18 novembre 2025"; "Tuesday 18 November 2025"."""
    return f"{_weekday(day, language)} {date_words(day, language)}"


def hour_words(hour: time, language: str) -> str:
    """ "17 h 30", "17 h", "9 h 05" (no-break spaces); "17:30", "09:05"."""
    if not _is_french(language):
        return f"{hour:%H:%M}"
    minutes = f"{NBSP}{hour:%M}" if hour.minute else ""
    return f"{hour.hour}{NBSP}h{minutes}"


def zone_words(zone: Zone, language: str) -> str:
    """ "heure de Paris", "heure d’Oslo", "heure du Caire"; "Paris time"; "UTC" for itself."""
    key = _zone(zone).key
    if key in ("UTC", "Etc/UTC", "GMT"):
        return "UTC"
    city = get_timezone_location(key, locale=language[:2], return_city=True)
    if not _is_french(language):
        return f"{city} time"
    if city.startswith("Le "):
        return f"heure du {city[3:]}"
    return f"heure d’{city}" if city[:1] in "AEIOUYÉÈÊÎÔ" else f"heure de {city}"


def instant_words(instant: datetime, zone: Zone, language: str) -> str:
    """ "mardi 18 novembre 2025 à 17 h 30 (heure de Paris)"; "… at 17:30 (Paris time)".

    `instant` is aware. Raises ValueError when it is not.
    """
    return f"{_moment(_local(instant, zone), language)} ({zone_words(zone, language)})"


def short_instant_words(instant: datetime, zone: Zone, language: str) -> str:
    """ "18 nov. 2025, 17 h 30"; "18 Nov 2025, 17:30": for lists, where the zone goes without saying.

    `instant` is aware. Raises ValueError when it is not.
    """
    local = _local(instant, zone)
    day = format_date(local.date(), "d MMM y", locale=language[:2]).replace(" ", NBSP)
    return f"{day}, {hour_words(local.time(), language)}"


def _local(instant: datetime, zone: Zone) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(_zone(zone))


def _moment(local: datetime, language: str) -> str:
    joint = "à" if _is_french(language) else "at"
    return f"{day_words(local.date(), language)} {joint} {hour_words(local.time(), language)}"


def range_words(
    start: datetime | date, end: datetime | date | None, zone: Zone, language: str, precision: str = "minute"
) -> str:
    """When something happens, no finer than it is known ("les 8 et 9 juillet 2026", "début juin 2026").

    `start` and `end` are aware instants or plain days; `end` may be None. `precision` is one of
    PRECISIONS; "minute" needs instants. Raises ValueError for an unknown precision.
    """
    if precision == "minute" and isinstance(start, datetime):
        return _minutes_words(start, end if isinstance(end, datetime) else None, zone, language)
    first, last = _days(start, end, zone)
    if precision in ("minute", "day"):
        return _days_words(first, last, language)
    if precision == "month":
        return _months_words(first, last, language)
    if precision == "part_of_month":
        return _part_of_month_words(first, language)
    if precision == "season":
        return _season_words(first, language)
    if precision == "year":
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    raise ValueError(f"unknown precision: {precision}")


def _days(start: datetime | date, end: datetime | date | None, zone: Zone) -> tuple[date, date]:
    """First and last day. An end at midnight belongs to the evening before."""
    first = _local(start, zone).date() if isinstance(start, datetime) else start
    if end is None:
        return first, first
    if not isinstance(end, datetime):
        return first, max(first, end)
    return first, max(first, (_local(end, zone) - timedelta(microseconds=1)).date())


def _minutes_words(start: datetime, end: datetime | None, zone: Zone, language: str) -> str:
    if end is None or end <= start:
        return instant_words(start, zone, language)
    opens, closes = _local(start, zone), _local(end, zone)
    place = f"({zone_words(zone, language)})"
    if opens.date() != closes.date():
        between = ("du", "au") if _is_french(language) else ("from", "to")
        words = (_moment(opens, language), _moment(closes, language))
        return f"{between[0]} {words[0]} {between[1]} {words[1]} {place}"
    day = day_words(opens.date(), language)
    hours = (hour_words(opens.time(), language), hour_words(closes.time(), language))
    if _is_french(language):
        return f"{day} de {hours[0]} à {hours[1]} {place}"
    return f"{day} from {hours[0]} to {hours[1]} {place}"


def _days_words(first: date, last: date, language: str) -> str:
    french = _is_french(language)
    if first == last:
        return f"le {day_words(first, language)}" if french else day_words(first, language)
    if first.year != last.year:
        start = date_words(first, language)
    elif first.month != last.month:
        start = f"{_number(first, language)} {_month(first, language)}"
    else:
        start = _number(first, language)
    end = date_words(last, language)
    if last - first == timedelta(days=1) and first.year == last.year:
        return f"les {start} et {end}" if french else f"{start} and {end}"
    return f"du {start} au {end}" if french else f"{start} to {end}"


def _months_words(first: date, last: date, language: str) -> str:
    end = f"{_month(last, language)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = _month(first, language) + ("" if first.year == last.year else f" {first.year}")
    if not _is_french(language):
        return f"{start} to {end}"
    return f"d’{start} à {end}" if start[0] in "ao" else f"de {start} à {end}"


def _part_of_month_words(day: date, language: str) -> str:
    """Thirds of a month: until the 10th, until the 20th, after."""
    third = min((day.day - 1) // 10, 2)
    part = ("début ", "mi-", "fin ") if _is_french(language) else ("early ", "mid-", "late ")
    return f"{part[third]}{_month(day, language)} {day.year}"


def _season_words(day: date, language: str) -> str:
    """Meteorological seasons; a winter is named by both its years."""
    names = (
        ("hiver", "printemps", "été", "automne") if _is_french(language) else ("winter", "spring", "summer", "autumn")
    )
    season = day.month % 12 // 3
    if season:
        return f"{names[season]} {day.year}"
    first = day.year if day.month == 12 else day.year - 1
    return f"{names[0]} {first}-{first + 1}"


def deadline_instant(day: date, inclusive: bool, zone: Zone, at: time | None = None) -> datetime:
    """The first instant, in UTC, at which answers are closed.

    Without an hour: the day's first instant ("before the 7th"), or the next day's when the day is
    `inclusive` ("until the 7th"). With an hour the day counts up to that hour and `inclusive` says
    nothing more. An hour that the end of summer time repeats closes at its second passing, in the
    invitee's favour; one that its beginning skips closes as many minutes after the gap.
    """
    place = _zone(zone)
    if at is None or at == _MIDNIGHT:
        closing_day = day + timedelta(days=1) if inclusive and at is None else day
        return datetime.combine(closing_day, _MIDNIGHT, place).astimezone(UTC)
    both = (datetime.combine(day, at.replace(fold=fold), place).astimezone(UTC) for fold in (0, 1))
    return max(both)


def closing_words(day: date, inclusive: bool, at: time | None, zone: Zone, language: str) -> str:
    """The last moment itself: "jeudi 6 novembre 2025 à minuit (heure de Paris)".

    English says which midnight: "midnight at the end of Thursday 6 November 2025 (Paris time)".
    """
    return f"{_closing(day, inclusive, at, language)} ({zone_words(zone, language)})"


def _closing(day: date, inclusive: bool, at: time | None, language: str) -> str:
    if at is not None and at != _MIDNIGHT:
        return _moment(datetime.combine(day, at), language)
    evening = day if inclusive and at is None else day - timedelta(days=1)
    words = day_words(evening, language)
    return f"{words} à minuit" if _is_french(language) else f"midnight at the end of {words}"


def deadline_words(day: date, inclusive: bool, at: time | None, zone: Zone, language: str) -> str:
    """The deadline as a full sentence part, with weekday, hour and zone; true to `deadline_instant`.

    "avant le vendredi 7 novembre 2025 (clôture le jeudi 6 novembre 2025 à minuit, heure de Paris)",
    "jusqu’au vendredi 7 novembre 2025 inclus (clôture …)", "jusqu’au … à 12 h (heure de Paris)".
    """
    french, place = _is_french(language), zone_words(zone, language)
    closing = _closing(day, inclusive, at, language)
    if at is not None and at != _MIDNIGHT:
        return f"{'jusqu’au' if french else 'until'} {closing} ({place})"
    words, whole_day = day_words(day, language), inclusive and at is None
    if french:
        lead = f"jusqu’au {words} inclus" if whole_day else f"avant le {words}"
        return f"{lead} (clôture le {closing}, {place})"
    lead = f"until {words} included" if whole_day else f"before {words}"
    return f"{lead} (closes at {closing}, {place})"
