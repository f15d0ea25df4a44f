"""Taking in a list of guests that was planned: all of it or none of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import Person
from app.directory.removal import find_last_organisation_id, list_mandate_columns, list_organisation_ids_after
from app.directory.service import Contact, Names, NewPerson, add_people, reach, rename, set_mandates, speak
from app.errors import Refusal
from app.events.models import Category, Event
from app.events.queries import find_category
from app.guest_list import read_guest_list
from app.i18n import lazy
from app.invitations.drafts import NewInvitation, change, invite_many
from app.invitations.known import Known
from app.invitations.models import Invitation
from app.invitations.planning import Plan, collector_at_rest, plan
from app.invitations.service import Quality
from app.text import fold


class UnknownCategory(Refusal):
    """The category asked for is none of the event's."""

    message = lazy("This event has no category “%(name)s”. It has: %(known)s.")
    status = 422


@dataclass
class Deeds:
    """What taking in a list did, as far as taking it back needs it."""

    # Of new people, and of organisations named for the first time: keys of the database.
    people: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    # Public ids of new invitations.
    invitations: list[str] = field(default_factory=list)
    # Of each person corrected: {"person", "invitation" (public ids; "" for none), "before", "email",
    # "language", "mandates"}.
    changed: list[dict[str, Any]] = field(default_factory=list)
    # The journal's line of the list.
    entry: int = 0


def apply(plan: Plan, *, file_name: str, secret: str, actor: Actor, at: datetime) -> Deeds:
    """Do what the plan says, all of it, in the caller's transaction; returns what that was.

    `secret`: the key of personal links; `file_name`: for the journal. Nothing is sent. The caller
    commits, or nothing happened.
    """
    deeds = Deeds()
    last_body = find_last_organisation_id()
    people = list(dict.fromkeys(row.known for row in plan.rows if row.known))
    for known in people:
        if known.invitation and known.changes:
            deeds.changed.append(_deed(known, known.invitation.person))
            _update(known, known.invitation, actor, at)
    invite_all(plan.event, [one for one in people if not one.invitation], secret=secret, at=at, deeds=deeds)
    deeds.bodies = list_organisation_ids_after(last_body)
    entry = record(
        actor, "guest_list.applied", kind="event", id=plan.event.public_id,
        name=file_name, topic=plan.event.public_id, at=at, after=dict(plan.counts()),
    )  # fmt: skip
    db.session.flush()
    deeds.entry = entry.id
    return deeds


def _deed(known: Known, person: Person) -> dict[str, Any]:
    return {
        "person": person.public_id,
        "invitation": known.invitation.public_id if known.invitation else "",
        "before": _storable(known.before),
        # The person's own, which their invitation may not share.
        "email": person.email,
        "language": person.language,
        "mandates": list_mandate_columns(person),
    }


def _storable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def invite_all(event: Event, people: Iterable[Known], *, secret: str, at: datetime, deeds: Deeds | None = None) -> None:
    """Enter those the directory lacks, then draft everyone's invitation; `deeds` learns what was done."""
    deeds = deeds or Deeds()
    wanted = list(people)
    new = [known for known in wanted if known.person is None]
    deeds.people = add_people([_new_person(one) for one in new], at=at)
    ids = dict(zip(map(id, new), deeds.people, strict=True))
    for known in wanted:
        if known.person is not None and known.changes:
            deeds.changed.append({**_deed(known, known.person), "invitation": ""})
            _update_person(known.person, known)
    invitations = [
        NewInvitation(
            person_id=known.person.id if known.person else ids[id(known)],
            category_id=known.category.id if known.category else event.categories[0].id,
            quality=Quality(tuple(known.values["qualities"]), known.values["organisation"]),
            email=known.values["email"],
            language=known.values["language"],
            zone=known.values["zone"],
            extra=known.values["extra"],
        )
        for known in wanted
    ]
    deeds.invitations = invite_many(event, invitations, secret=secret, at=at)


def _names(values: Mapping[str, Any]) -> Names:
    return Names(values["given_name"], values["family_name"], values["native_name"], values["civility"])


def _contact(values: Mapping[str, Any]) -> Contact:
    return Contact(values["email"], values["phone"], values["language"], values["country"])


def _new_person(known: Known) -> NewPerson:
    values = known.values
    qualities = tuple(values["qualities"])
    return NewPerson(_names(values), _contact(values), qualities, values["organisation"], tuple(values["spoken"]))


def _update_person(person: Person, known: Known) -> None:
    rename(person, _names(known.values))
    # The address and language of an invitation may be a secretariat's: the person's own change when the list says so.
    own = {name: getattr(person, name) or known.values[name] for name in ("email", "language")}
    reach(person, _contact({**known.values, **{name: own[name] for name in own.keys() - known.changes.keys()}}))
    if known.changes.keys() & {"qualities", "organisation"}:
        set_mandates(person, known.values["qualities"], known.values["organisation"])
    if "spoken" in known.changes:
        speak(person, known.values["spoken"])


def _update(known: Known, invitation: Invitation, actor: Actor, at: datetime) -> None:
    _update_person(invitation.person, known)
    values = known.values
    change(
        invitation,
        quality=Quality(tuple(values["qualities"]), values["organisation"]),
        category=known.category or invitation.category,
        email=values["email"],
        language=values["language"],
        extra=values["extra"],
        zone=values["zone"],
        actor=actor,
        at=at,
    )


def import_file(  # noqa: PLR0913 - a list has that many facts, all named
    event: Event,
    data: bytes,
    file_name: str,
    category_key: str | None = None,
    *,
    secret: str,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
    language: str = "fr",
) -> dict[str, Any]:
    """Read a list and, unless `dry_run`, take it in; `Plan.as_json` says what that did.

    Raises UnknownCategory, NoCategory and the refusals of `app.guest_list`. The caller commits.
    """
    category = get_category_named(event, category_key) if category_key else None
    with collector_at_rest():
        planned = plan(event, read_guest_list(data, file_name), category, language)
        if not dry_run:
            apply(planned, file_name=file_name, secret=secret, actor=actor, at=at)
    return planned.as_json()


def get_category_named(event: Event, words: str) -> Category:
    """The category of that key, or of that name in French or in English. Raises UnknownCategory."""
    found = find_category(event, words) or next(
        (c for c in event.categories if fold(words) in {fold(c.key), fold(c.name.fr), fold(c.name.en)}), None
    )
    if found is None:
        raise UnknownCategory(name=words, known=", ".join(c.key for c in event.categories))
    return found
