"""The lists a person is on. The room that knows invitations says so; the directory only asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.directory.models import Person


@dataclass(frozen=True)
class OnList:
    """A person on the list of an event: what a decision that holds there alone is told by.

    `scope`: public id of the event (`ProtocolOverride.scope`); `title`: in the reader's language; `slug` and `key`:
    where the organiser finds the guest.
    """

    scope: str
    title: str
    slug: str
    key: str


Source = Callable[[Person], Sequence[OnList]]
_sources: list[Source] = []


def register_lists(source: Source) -> None:
    """Say who knows the lists. Done once, in `create_app`; the last one counts."""
    _sources[:] = [source]


def list_lists_of(person: Person) -> Sequence[OnList]:
    """The lists a person is on, the latest event first."""
    return _sources[0](person) if _sources else ()
