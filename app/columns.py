"""Column types the rooms share: instants in UTC, text in two languages, ordered lists of text."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

LANGUAGES = ("fr", "en")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database, whatever the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class Bilingual:
    """A text in French and, when it exists, in English. Empty means not written."""

    fr: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The text in `language`, else in the other one, else empty."""
        return (self.en or self.fr) if language == "en" else (self.fr or self.en)

    def is_missing(self, language: str) -> bool:
        """Whether a reader of `language` gets the other language's text."""
        return not (self.en if language == "en" else self.fr) and bool(self.fr or self.en)

    def language(self, wanted: str) -> str:
        """The language `get(wanted)` really answers in."""
        other = "fr" if wanted == "en" else "en"
        return other if self.is_missing(wanted) else wanted

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)


class BilingualText(TypeDecorator[Bilingual]):
    """Stores a `Bilingual` as a JSON object {"fr": …, "en": …}."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Bilingual | None, dialect: Dialect) -> dict[str, str]:
        value = value or Bilingual()
        return {"fr": value.fr, "en": value.en}

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> Bilingual:
        return Bilingual(**(value or {}))


class TextList(TypeDecorator[tuple[str, ...]]):
    """An ordered list of texts, e.g. a snapshot of qualities, stored as a JSON array."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> list[str]:
        return list(value or ())

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value or ())
