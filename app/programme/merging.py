"""What happens to roles in sessions when two entries turn out to be one person, and when they do not after all."""

from typing import Any

from sqlalchemy import select, update

from app.database import db
from app.directory.models import Merge, Person
from app.programme.models import SessionRole


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Roles follow to the kept entry, with the qualities printed then; a role in the same session stays behind."""
    theirs = select(SessionRole.session_id).where(SessionRole.person_id == kept.id)
    wanted = select(SessionRole.id).where(SessionRole.person_id == absorbed.id, SessionRole.session_id.not_in(theirs))
    roles = list(db.session.scalars(wanted))
    _give(roles, kept)
    return {"session_role": roles}


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """The roles that followed go back."""
    _give(moved.get("session_role", []), absorbed)


def _give(roles: list[int], person: Person) -> None:
    if roles:
        db.session.execute(update(SessionRole).where(SessionRole.id.in_(roles)).values(person_id=person.id))
