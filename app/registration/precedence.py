"""Those who come, in their order of precedence (décret 89-655; app.directory.precedence)."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.database import db
from app.directory.models import Mandate, Person
from app.directory.overrides import Decided, decided_place, list_decisions
from app.directory.precedence import Guest, Place, order_of_precedence, source_of_rank
from app.events.models import Event
from app.invitations.models import Invitation
from app.registration.ceremony import find_ceremony
from app.registration.models import Registration, Representation

Expected = dict[str, Registration]


def list_expected(event: Event) -> Expected:
    """Everyone with a place, by address, with what the order needs: four statements for any number."""
    wanted = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.state == "confirmed")
        .options(
            joinedload(Registration.category),
            joinedload(Registration.person).selectinload(Person.mandates).options(joinedload(Mandate.organisation)),
        )
    )
    return {one.public_id: one for one in db.session.scalars(wanted.order_by(Registration.id))}


def order_guests(event: Event, expected: Expected, *, on: date) -> list[Place]:
    """The order in the city of the event on that day, as `ceremony.hold_ceremony` says it is held."""
    ceremony = find_ceremony(event)
    host, by_government = (ceremony.host_id, ceremony.is_by_government) if ceremony else (None, False)
    decided = list_decisions({one.person_id for one in expected.values()}, event.public_id)
    authorities = _authorities(event)
    guests = [
        _guest(key, one, on, authorities.get(one.id), decided.get(one.person_id, {}), is_host=one.id == host)
        for key, one in expected.items()
    ]
    return order_of_precedence(guests, city=event.venue.city if event.venue else "", by_government=by_government)


def source_of_representative(one: Registration, authority: Invitation) -> str:
    """Whether who comes instead keeps the rank (article 14), has their own (13), or was placed by a decision."""
    event = one.event
    decided = list_decisions({one.person_id}, event.public_id).get(one.person_id, {})
    day = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
    guest = _guest(one.public_id, one, day, authority, decided, is_host=False)
    return source_of_rank(guest, city=event.venue.city if event.venue else "")


def _guest(
    key: str, one: Registration, on: date, authority: Invitation | None, decided: Decided, *, is_host: bool
) -> Guest:
    held = [mandate for mandate in one.person.mandates if mandate.is_held_on(on)]
    seniorities = [mandate.seniority_from for mandate in held if mandate.seniority_from]
    kinds = [mandate.organisation.kind for mandate in held if mandate.organisation]
    represents = (authority.person.full_name, tuple(authority.qualities)) if authority else None
    return Guest(
        key=key,
        name=f"{one.person.family_name} {one.person.given_name}",
        qualities=(*one.qualities, *(mandate.title for mandate in held)),
        kind=kinds[0] if kinds else "",
        seniority=min(seniorities, default=None),
        is_host=is_host,
        represents=represents,
        decision=decided_place(decided),
    )


def _authorities(event: Event) -> dict[int, Invitation]:
    """Whom each representative comes for, by registration."""
    wanted = (
        select(Representation)
        .join(Representation.registration)
        .where(Registration.event_id == event.id)
        .options(joinedload(Representation.invitation).joinedload(Invitation.person))
    )
    found: Sequence[Representation] = db.session.scalars(wanted).all()
    return {one.registration_id: one.invitation for one in found}
