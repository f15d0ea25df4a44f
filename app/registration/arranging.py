"""How the list of those represented may be sorted, and what one of them is found by."""

from collections.abc import Callable
from typing import Any

from app.registration.models import Representation


def names_of(one: Representation) -> str:
    """Both names and the function of whoever comes."""
    comes = one.registration
    return " ".join([one.invitation.person.search_key, comes.person.search_key, *comes.qualities])


def _name(person: Any) -> tuple[str, str]:
    return person.folded_family, person.folded_given


REPRESENTED_SORTS: dict[str, Callable[[Representation], Any]] = {
    "invited": lambda one: _name(one.invitation.person),
    "by": lambda one: _name(one.registration.person),
    "state": lambda one: (one.registration.state, _name(one.invitation.person)),
}
