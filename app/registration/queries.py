"""Reading registrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.database import db
from app.directory.models import Person
from app.directory.queries import named
from app.errors import NotFound
from app.events.models import Event
from app.invitations.models import Invitation
from app.registration.models import Companion, Registration, Representation, RepresentationRequest

# Built once: asked by every answer, while others wait for the lock.
_OF_PERSON = select(Registration).where(
    Registration.event_id == bindparam("event_id"), Registration.person_id == bindparam("person_id")
)


def find_registration_of(event_id: int, person_id: int) -> Registration | None:
    """The registration of a person at an event, whatever its state."""
    return db.session.scalar(_OF_PERSON, {"event_id": event_id, "person_id": person_id})


def get_registration(event: Event, public_id: str) -> Registration:
    """One registration of the event. Raises NotFound."""
    found = find_registration(public_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def find_registration(public_id: str) -> Registration | None:
    """The registration at this address, with its person, category and event."""
    wanted = select(Registration).where(Registration.public_id == public_id)
    loaded = (joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.event))
    return db.session.scalar(wanted.options(*loaded))


def find_representation(invitation_id: int) -> Representation | None:
    """Who comes instead of an invited person."""
    wanted = select(Representation).where(Representation.invitation_id == invitation_id)
    return db.session.scalar(wanted.options(joinedload(Representation.registration)))


@dataclass(frozen=True)
class Standing:
    """Where an invited person stands: their registration or their representative's, and its rank."""

    registration: Registration | None = None
    rank: int | None = None

    @property
    def state(self) -> str:
        """A state of a registration, or empty when there is none."""
        return self.registration.state if self.registration else ""


def find_standing(invitation: Invitation) -> Standing:
    """What came of an invitation's answer."""
    registration = None
    if invitation.state == "accepted":
        registration = find_registration_of(invitation.event_id, invitation.person_id)
    elif invitation.state == "represented":
        found = find_representation(invitation.id)
        registration = found.registration if found else None
    if registration is None or registration.state != "waiting":
        return Standing(registration)
    return Standing(registration, place_in_queue(registration))


def select_registrations(event: Event, *, state: str = "", category: str = "", words: str = "") -> Select[Registration]:
    """Registrations of the event by name, narrowed by state, category key and words of the name."""
    wanted = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id)
        .options(contains_eager(Registration.person), joinedload(Registration.category))
        .order_by(Person.folded_family, Person.folded_given, Registration.id)
    )
    if state:
        wanted = wanted.where(Registration.state == state)
    if category:
        wanted = wanted.where(Registration.category.has(key=category))
    return wanted.where(*named(words))


def list_registrations(event: Event, **narrowing: str) -> list[Registration]:
    """All registrations of the event; see `select_registrations`."""
    return list(db.session.scalars(select_registrations(event, **narrowing)))


PAGE = 50


def page_of_registrations(
    event: Event, page: int, narrowing: dict[str, str], *, sort: str = "", is_descending: bool = False
) -> tuple[list[Registration], int]:
    """One page of the list, from 1, and how many registrations there are on all pages.

    `narrowing`: keywords of `select_registrations`. `sort`: rank or changed; by name otherwise.
    """
    wanted = select_registrations(event, **narrowing)
    counted = select(func.count()).select_from(wanted.with_only_columns(Registration.id).order_by(None).subquery())
    leading = {"rank": Registration.waiting_rank, "changed": Registration.changed_at}.get(sort)
    names = (Person.folded_family, Person.folded_given, Registration.id)
    if leading is not None:
        first = leading.desc() if is_descending else leading.asc()
        wanted = wanted.order_by(None).order_by(leading.is_(None), first, *names)
    elif is_descending:
        wanted = wanted.order_by(None).order_by(*[name.desc() for name in names])
    rows = db.session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE))
    return list(rows), db.session.scalar(counted) or 0


def count_confirmed(event_id: int) -> dict[int, int]:
    """Confirmed registrations by category id. Call it after the lock when a seat depends on it."""
    wanted = (
        select(Registration.category_id, func.count())
        .where(Registration.event_id == event_id, Registration.state == "confirmed")
        .group_by(Registration.category_id)
    )
    return dict(db.session.execute(wanted).all())


def count_by_state(event: Event) -> dict[str, int]:
    """How many registrations are in each state."""
    wanted = select(Registration.state, func.count()).where(Registration.event_id == event.id)
    return dict(db.session.execute(wanted.group_by(Registration.state)).all())


def place_in_queue(registration: Registration) -> int:
    """How many wait in its queue up to and including this one: what a person calls "my rank"."""
    wanted = select(func.count()).where(
        Registration.queue_id == registration.queue_id,
        Registration.state == "waiting",
        Registration.waiting_rank <= registration.waiting_rank,
    )
    return db.session.scalar(wanted) or 0


def list_places_in_queue(event_id: int) -> dict[int, int]:
    """By registration id, the rank that each person who waits is told; the first of each queue is 1."""
    wanted = select(Registration.id, Registration.queue_id).where(
        Registration.event_id == event_id, Registration.state == "waiting"
    )
    ordered = db.session.execute(wanted.order_by(Registration.queue_id, Registration.waiting_rank)).all()
    queues = groupby(ordered, key=attrgetter("queue_id"))
    return {row.id: place for _id, queue in queues for place, row in enumerate(queue, start=1)}


def list_represented(registrations: Sequence[Registration]) -> dict[int, Invitation]:
    """By registration id, the invitation of the person whom it represents."""
    wanted = (
        select(Representation)
        .where(Representation.registration_id.in_([r.id for r in registrations]))
        .options(joinedload(Representation.invitation).joinedload(Invitation.person))
    )
    return {found.registration_id: found.invitation for found in db.session.scalars(wanted)}


def list_representations(event: Event) -> list[Representation]:
    """Everyone represented at the event and by whom, in order of the represented person's name."""
    wanted = (
        select(Representation)
        .join(Representation.invitation)
        .join(Invitation.person)
        .where(Invitation.event_id == event.id)
        .options(
            contains_eager(Representation.invitation).contains_eager(Invitation.person),
            joinedload(Representation.registration).joinedload(Registration.person),
        )
        .order_by(Person.folded_family, Person.folded_given, Representation.id)
    )
    return list(db.session.scalars(wanted))


def list_companions(invitation_id: int) -> list[Companion]:
    """Who comes with an invited person, in the order they were named."""
    wanted = select(Companion).where(Companion.invitation_id == invitation_id).order_by(Companion.id)
    loaded = joinedload(Companion.registration).joinedload(Registration.person)
    return list(db.session.scalars(wanted.options(loaded)))


def list_accompanied(registrations: Sequence[Registration]) -> dict[int, Invitation]:
    """By registration id, the invitation of the person whom it accompanies."""
    wanted = (
        select(Companion)
        .where(Companion.registration_id.in_([r.id for r in registrations]))
        .options(joinedload(Companion.invitation).joinedload(Invitation.person))
    )
    return {found.registration_id: found.invitation for found in db.session.scalars(wanted)}


def find_companion(registration_id: int) -> Companion | None:
    """The bond of a registration to the person invited, if it is a companion's."""
    return db.session.scalar(select(Companion).where(Companion.registration_id == registration_id))


def get_request(event: Event, public_id: str) -> RepresentationRequest:
    """One request to come instead, of the event. Raises NotFound."""
    found = find_request(public_id)
    if found is None or found.invitation.event_id != event.id:
        raise NotFound
    return found


def find_request(public_id: str) -> RepresentationRequest | None:
    """The request to come instead at this address, with its invitation."""
    wanted = select(RepresentationRequest).where(RepresentationRequest.public_id == public_id)
    loaded = joinedload(RepresentationRequest.invitation)
    return db.session.scalar(wanted.options(loaded.joinedload(Invitation.person), loaded.joinedload(Invitation.event)))


def list_requests(event: Event) -> list[RepresentationRequest]:
    """Everyone who asks or asked to come instead of somebody: those who wait first, then the latest."""
    wanted = (
        select(RepresentationRequest)
        .join(RepresentationRequest.invitation)
        .where(Invitation.event_id == event.id)
        .options(contains_eager(RepresentationRequest.invitation).joinedload(Invitation.person))
        .order_by((RepresentationRequest.state == "waiting").desc(), RepresentationRequest.id.desc())
    )
    return list(db.session.scalars(wanted))


def list_requests_about(invitation_id: int) -> list[RepresentationRequest]:
    """Requests to come instead of one invited person that wait for an answer, oldest first."""
    wanted = select(RepresentationRequest).where(
        RepresentationRequest.invitation_id == invitation_id, RepresentationRequest.state == "waiting"
    )
    return list(db.session.scalars(wanted.order_by(RepresentationRequest.id)))


def count_requests(event: Event) -> int:
    """How many requests to come instead wait for an answer."""
    wanted = (
        select(func.count(RepresentationRequest.id))
        .join(RepresentationRequest.invitation)
        .where(Invitation.event_id == event.id, RepresentationRequest.state == "waiting")
    )
    return db.session.scalar(wanted) or 0
