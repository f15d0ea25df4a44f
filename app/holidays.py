"""Days on which secretariats are closed: week-ends and French public holidays."""

from datetime import date
from functools import lru_cache

from app.columns import Bilingual

# The article of the Code du travail (L3133-1) names eleven days; the library counts them, Easter's included.
_LANGUAGES = {"fr": "fr", "en": "en_US"}


@lru_cache(maxsize=32)
def _of_year(year: int) -> dict[date, Bilingual]:
    import holidays  # slow to import, and one page asks

    in_both = {code: holidays.country_holidays("FR", years=year, language=name) for code, name in _LANGUAGES.items()}
    return {day: Bilingual(in_both["fr"][day], in_both["en"][day]) for day in in_both["fr"]}


def find_holiday(day: date) -> Bilingual | None:
    """The French public holiday of a day, by name; None on any other day (Code du travail, article L3133-1)."""
    return _of_year(day.year).get(day)


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() >= 5
