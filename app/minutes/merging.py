"""What happens to interventions when two entries turn out to be one person, and when they do not after all."""

from typing import Any

from sqlalchemy import select, update

from app.database import db
from app.directory.models import Merge, Person
from app.minutes.models import Intervention


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Interventions follow to the kept entry; names and qualities stay as the minutes print them."""
    said = list(db.session.scalars(select(Intervention.id).where(Intervention.person_id == absorbed.id)))
    _give(said, kept)
    return {"intervention": said}


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """The interventions that followed go back."""
    _give(moved.get("intervention", []), absorbed)


def _give(said: list[int], person: Person) -> None:
    if said:
        db.session.execute(update(Intervention).where(Intervention.id.in_(said)).values(person_id=person.id))
