"""What happens to roles in sessions when two entries turn out to be one person, and when they do not after all."""

from typing import Any

from sqlalchemy import insert, select, update

from app.database import db
from app.directory.models import Merge, Person
from app.i18n import here
from app.programme.models import Session, SessionRole

# All but the key, which another row may have taken when the role comes back.
_COLUMNS = tuple(column.name for column in SessionRole.__table__.columns if column.name != "id")


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Roles follow to the kept entry, with the qualities printed then.

    Where both have a role in a session the kept entry's stays, and the other is no longer printed:
    `left_behind` says where, `session_role_left` what brings it back.
    """
    own = set(db.session.scalars(select(SessionRole.session_id).where(SessionRole.person_id == kept.id)))
    theirs = list(db.session.scalars(select(SessionRole).where(SessionRole.person_id == absorbed.id)))
    moved = [one.id for one in theirs if one.session_id not in own]
    _give(moved, kept)
    left = [one for one in theirs if one.session_id in own]
    stored = [{name: _storable(one, name) for name in _COLUMNS} for one in left]
    told = [here(one.session.title) for one in left]
    for one in left:
        one.session.roles.remove(one)
    db.session.flush()
    return {"session_role": moved, "session_role_left": stored, "left_behind": told}


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """The roles that followed go back; those no longer printed are again, where their session still is."""
    _give(moved.get("session_role", []), absorbed)
    stored = moved.get("session_role_left", [])
    there = set(db.session.scalars(select(Session.id).where(Session.id.in_([row["session_id"] for row in stored]))))
    rows = [{**row, "qualities": tuple(row["qualities"])} for row in stored if row["session_id"] in there]
    if rows:
        db.session.execute(insert(SessionRole), rows)


def _storable(role: SessionRole, name: str) -> Any:
    value = getattr(role, name)
    return list(value) if isinstance(value, tuple) else value


def _give(roles: list[int], person: Person) -> None:
    if roles:
        db.session.execute(update(SessionRole).where(SessionRole.id.in_(roles)).values(person_id=person.id))
