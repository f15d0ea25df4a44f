"""How a list is asked for: words, a column, a direction, a page; from the address, so that it can be kept and sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request

from app.errors import NotFound
from app.text import search_key, search_terms

Item = TypeVar("Item")
SIZE = 50
MOST_WORDS = 100  # characters


@dataclass(frozen=True)
class Asked:
    """What the address asks: `sort` is one of the columns offered, `page` counts from 1."""

    words: str
    sort: str
    is_descending: bool
    page: int

    @property
    def direction(self) -> str:
        """As macros/tables.html takes it."""
        return "desc" if self.is_descending else "asc"


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, and how long the whole is."""

    rows: Sequence[Item]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many there are; an empty list has one."""
        return max(1, -(-self.total // self.size))


def asked(sorts: Sequence[str], *, descending: Sequence[str] = ()) -> Asked:
    """What this request asks of a list that sorts by `sorts`, the first unless said.

    `descending`: columns whose natural order is from the last to the first (dates). Anything unknown is the default.
    """
    given = request.args
    sort = given.get("sort", "")
    sort = sort if sort in sorts else sorts[0]
    way = given.get("direction", "")
    is_descending = way == "desc" if way in ("asc", "desc") else sort in descending
    page = max(given.get("page", 1, type=int), 1)
    return Asked(given.get("q", "").strip()[:MOST_WORDS], sort, is_descending, page)


def page_of(rows: Sequence[Item], number: int, total: int, *, size: int = SIZE) -> Page[Item]:
    """Rows already cut by the database. Raises NotFound past the last page."""
    found = Page(rows, number, total, size)
    if number > found.pages:
        raise NotFound
    return found


def cut(rows: Sequence[Item], number: int, *, size: int = SIZE) -> Page[Item]:
    """The page `number` of a short list held in memory. Raises NotFound past the last page."""
    return page_of(rows[(number - 1) * size : number * size], number, len(rows), size=size)


def arrange(
    rows: Sequence[Item], wanted: Asked, keys: dict[str, Callable[[Item], Any]], told: Callable[[Item], str]
) -> list[Item]:
    """A short list narrowed by the words asked and sorted; `told`: what an item is found by; `keys`: one a column."""
    terms = search_terms(wanted.words)
    found = [row for row in rows if all(term in search_key(told(row)) for term in terms)]
    return sorted(found, key=keys[wanted.sort], reverse=wanted.is_descending)
