"""Whom the letters of an event go to. The room that knows guests says so; letters only ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.events.models import Event
from app.letters.placeholders import Recipient


@dataclass(frozen=True)
class Addressee:
    """One guest a letter would be written to.

    `key`: public id of the invitation; `state` and `channel` as that room names them.
    """

    key: str
    recipient: Recipient
    category_id: int
    language: str
    state: str = ""
    channel: str = "mail"


@dataclass(frozen=True)
class Narrowing:
    """Which guests: those of a category key, of a channel, whose name holds some words; "" for any.

    `is_unsent`: only those whose letter has not left yet. `keys`: only these invitations.
    """

    category: str = ""
    channel: str = ""
    words: str = ""
    is_unsent: bool = False
    keys: tuple[str, ...] = ()


# (event, narrowing, limit or None, whether links are wanted) -> addressees, by name.
Source = Callable[[Event, Narrowing, int | None, bool], Sequence[Addressee]]
_sources: list[Source] = []


def register_addressees(source: Source) -> None:
    """Say who knows the guests. Done once, in `create_app`; the last one counts."""
    _sources[:] = [source]


def list_addressees(
    event: Event, narrowing: Narrowing, *, limit: int | None = None, with_links: bool = False
) -> Sequence[Addressee]:
    """Guests a letter would be written to, by name; withdrawn ones never. `with_links`: for paper only."""
    return _sources[0](event, narrowing, limit, with_links) if _sources else ()


def list_columns(addressees: Sequence[Addressee]) -> list[str]:
    """Titles of the columns their lists have and Parvis has no field for, in the order they are met."""
    return list(dict.fromkeys(title for one in addressees for title in one.recipient.extra))
