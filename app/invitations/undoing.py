"""Taking back a list that was taken in: all of it, as long as nothing was built on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.audit.queries import find_entry_about
from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.directory.models import Organisation, Person
from app.directory.queries import get_person, in_batches
from app.directory.removal import remove_people, remove_unused_organisations, restore_mandates
from app.directory.service import Contact, Names, reach, rename, speak
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.drafts import change
from app.invitations.list_models import GuestListImport
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation
from app.invitations.service import Quality


class NotTakenIn(Refusal):
    """Only what was done can be undone, and once."""

    message = lazy("This list is not taken in (any more): there is nothing to undo.")


class BuiltOn(Refusal):
    """Something happened to a guest of the list since. `name` says to whom."""

    message = lazy(
        "This list can no longer be undone: something was done with %(name)s since. Correct or withdraw"
        " its guests one by one."
    )


def find_obstacle(kept: GuestListImport) -> Refusal | None:
    """Why the list cannot be undone; None when it can. Writes nothing."""
    if kept.state != "applied" or not kept.deeds:
        return NotTakenIn()
    touched = find_entry_about(_objects(kept), after=kept.deeds["entry"])
    if touched is not None:
        return BuiltOn(name=touched.object_name)
    for some in in_batches(kept.deeds["invitations"]):
        wanted = select(Invitation).where(Invitation.public_id.in_(some), Invitation.state != "draft")
        left = db.session.scalar(wanted.options(joinedload(Invitation.person)).limit(1))
        if left is not None:
            return BuiltOn(name=left.person.full_name)
    return None


def _objects(kept: GuestListImport) -> set[str]:
    """Public ids of everybody and everything the list touched."""
    touched = {one for deed in kept.deeds["changed"] for one in (deed["person"], deed["invitation"])}
    for some in in_batches(kept.deeds["people"]):
        touched.update(db.session.scalars(select(Person.public_id).where(Person.id.in_(some))))
    for some in in_batches(kept.deeds["bodies"]):
        touched.update(db.session.scalars(select(Organisation.public_id).where(Organisation.id.in_(some))))
    return touched.union(kept.deeds["invitations"]) - {""}


def undo(kept: GuestListImport, *, actor: Actor, at: datetime) -> None:
    """Take the list back: its new guests go, what it corrected is as before.

    Raises NotTakenIn, BuiltOn, and `directory.removal.StillUsed`; the caller rolls back then.
    """
    lock_rows(Event, [kept.event_id])
    lock_rows(GuestListImport, [kept.id])
    obstacle = find_obstacle(kept)
    if obstacle is not None:
        raise obstacle
    for deed in reversed(kept.deeds["changed"]):
        _restore(deed, actor, at)
    db.session.flush()
    _remove(Invitation.public_id, kept.deeds["invitations"])
    remove_people(kept.deeds["people"])
    remove_unused_organisations(kept.deeds["bodies"])
    record(
        actor, "guest_list.undone", kind="guest_list", id=kept.public_id, name=kept.file_name,
        topic=kept.event.public_id, at=at, after=dict(kept.summary),
    )  # fmt: skip
    kept.state, kept.deeds, kept.decided_at = "undone", {}, at


def _remove(column: Any, values: Iterable[str]) -> None:
    for some in in_batches(sorted(values)):
        db.session.execute(
            delete(Invitation).where(column.in_(some)), execution_options={"synchronize_session": "fetch"}
        )


def _restore(deed: dict[str, Any], actor: Actor, at: datetime) -> None:
    """One person, and their invitation, as they were before the list."""
    person, before = get_person(deed["person"]), deed["before"]
    rename(person, Names(before["given_name"], before["family_name"], before["native_name"], before["civility"]))
    reach(person, Contact(deed["email"], before["phone"], deed["language"], before["country"]))
    # A list taken in before these two were recorded says nothing of them.
    speak(person, before.get("spoken", person.spoken))
    restore_mandates(person, deed["mandates"])
    invitation = find_invitation(deed["invitation"]) if deed["invitation"] else None
    if invitation is None:
        return
    change(
        invitation,
        quality=Quality(tuple(before["qualities"]), before["organisation"]),
        category=db.session.get_one(Category, before["category"]),
        email=before["email"],
        language=before["language"],
        extra=before["extra"],
        zone=before.get("zone"),
        actor=actor,
        at=at,
    )
