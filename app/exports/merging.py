"""What happens to a speaker's calendar when two entries are one person, and when they do not after all."""

from typing import Any

from sqlalchemy import select, update

from app.database import db
from app.directory.models import Merge, Person
from app.exports.models import CalendarSubscription


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Both addresses go on, and tell the sessions of the kept entry."""
    wanted = select(CalendarSubscription.id).where(CalendarSubscription.person_id == absorbed.id)
    moved = list(db.session.scalars(wanted))
    _give(moved, kept)
    return {"calendar_subscription": moved}


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """The addresses that followed go back."""
    _give(moved.get("calendar_subscription", []), absorbed)


def _give(keys: list[int], person: Person) -> None:
    if keys:
        changed = update(CalendarSubscription).where(CalendarSubscription.id.in_(keys))
        db.session.execute(changed.values(person_id=person.id))
