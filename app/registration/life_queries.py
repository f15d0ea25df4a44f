"""Reading what guests told beside their answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.invitations.models import Invitation
from app.registration.life import Consent, LateRequest, Question, QuestionAnswer, RegistrationDetail
from app.registration.models import Registration


def find_detail(registration_id: int) -> RegistrationDetail | None:
    """The document's name and the later function of one registration."""
    return db.session.scalar(select(RegistrationDetail).where(RegistrationDetail.registration_id == registration_id))


def list_details(event: Event) -> dict[int, RegistrationDetail]:
    """Document's names and later functions at an event, by registration id."""
    wanted = select(RegistrationDetail).join(RegistrationDetail.registration).where(Registration.event_id == event.id)
    return {one.registration_id: one for one in db.session.scalars(wanted)}


def list_consents(registration_id: int) -> dict[str, Consent]:
    """What one guest agreed to, by kind."""
    wanted = select(Consent).where(Consent.registration_id == registration_id)
    return {one.kind: one for one in db.session.scalars(wanted)}


def list_consents_at(event: Event, kinds: Sequence[str]) -> list[Consent]:
    """Consents of `kinds` of everyone who still comes or waits, by name. Organisers only: never the desk."""
    wanted = (
        select(Consent)
        .join(Consent.registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id, Registration.state != "cancelled", Consent.kind.in_(kinds))
        .options(
            contains_eager(Consent.registration).contains_eager(Registration.person),
            contains_eager(Consent.registration).joinedload(Registration.category),
        )
        .order_by(Registration.person_id)
    )
    found = list(db.session.scalars(wanted))
    return sorted(found, key=lambda one: (*_name(one.registration), one.kind))


def _name(registration: Registration) -> tuple[Any, ...]:
    person = registration.person
    return person.folded_family, person.folded_given, registration.id


def get_question(event: Event, public_id: str) -> Question:
    """One question of the event, removed or not. Raises NotFound."""
    wanted = select(Question).where(Question.event_id == event.id, Question.public_id == public_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def list_questions(event: Event, *, asked_at: str = "", with_removed: bool = False) -> list[Question]:
    """Questions of the event in their order. `asked_at`: registration or desk; both when empty."""
    wanted = select(Question).where(Question.event_id == event.id)
    if asked_at:
        wanted = wanted.where(Question.asked_at == asked_at)
    if not with_removed:
        wanted = wanted.where(Question.removed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Question.position, Question.id)))


def list_questions_for(event: Event, category_key: str, asked_at: str) -> list[Question]:
    """What guests of one category are asked; nothing is read for an event that asks nothing."""
    mark = "desk_questions" if asked_at == "desk" else "questions"
    if mark not in event.asks:
        return []
    found = list_questions(event, asked_at=asked_at)
    return [one for one in found if not one.categories or category_key in one.categories]


def list_answers_of(registration_id: int) -> dict[int, QuestionAnswer]:
    """What one guest answered, by question id; the bytes of files are left where they are."""
    wanted = select(QuestionAnswer).where(QuestionAnswer.registration_id == registration_id)
    return {one.question_id: one for one in db.session.scalars(wanted.options(joinedload(QuestionAnswer.question)))}


def list_answers_at(event: Event) -> dict[tuple[int, int], QuestionAnswer]:
    """Everything answered at an event, by registration id and question id."""
    wanted = select(QuestionAnswer).join(QuestionAnswer.question).where(Question.event_id == event.id)
    return {(one.registration_id, one.question_id): one for one in db.session.scalars(wanted)}


def count_answers(question_id: int) -> int:
    """How many guests answered a question."""
    wanted = select(func.count(QuestionAnswer.id)).where(QuestionAnswer.question_id == question_id)
    return db.session.scalar(wanted) or 0


def get_file(registration: Registration, question_public_id: str) -> QuestionAnswer:
    """The file one guest gave, with its bytes. Raises NotFound."""
    wanted = (
        select(QuestionAnswer)
        .join(QuestionAnswer.question)
        .where(
            QuestionAnswer.registration_id == registration.id,
            Question.public_id == question_public_id,
            Question.kind == "file",
        )
        .options(undefer(QuestionAnswer.data))
    )
    found = db.session.scalar(wanted)
    if found is None or found.data is None:
        raise NotFound
    return found


def get_late_request(event: Event, public_id: str) -> LateRequest:
    """One late request of the event. Raises NotFound."""
    found = find_late_request(public_id)
    if found is None or found.invitation.event_id != event.id:
        raise NotFound
    return found


def find_late_request(public_id: str) -> LateRequest | None:
    """The late request at this address, with its invitation."""
    loaded = joinedload(LateRequest.invitation)
    wanted = select(LateRequest).where(LateRequest.public_id == public_id)
    return db.session.scalar(wanted.options(loaded.joinedload(Invitation.person), loaded.joinedload(Invitation.event)))


def list_late_requests(event: Event) -> list[LateRequest]:
    """Everything asked after the deadline: what waits first, oldest first; then the latest decided."""
    wanted = (
        select(LateRequest)
        .join(LateRequest.invitation)
        .where(Invitation.event_id == event.id)
        .options(contains_eager(LateRequest.invitation).joinedload(Invitation.person))
        .order_by(LateRequest.id)
    )
    found = list(db.session.scalars(wanted))
    waiting = [one for one in found if one.state == "waiting"]
    return waiting + [one for one in reversed(found) if one.state != "waiting"]


def list_late_requests_of(invitation_id: int) -> list[LateRequest]:
    """What one invitee asked after the deadline, latest first."""
    wanted = select(LateRequest).where(LateRequest.invitation_id == invitation_id)
    return list(db.session.scalars(wanted.order_by(LateRequest.id.desc())))


def count_late_requests(event: Event) -> int:
    """How many late requests wait for a decision."""
    wanted = (
        select(func.count(LateRequest.id))
        .join(LateRequest.invitation)
        .where(Invitation.event_id == event.id, LateRequest.state == "waiting")
    )
    return db.session.scalar(wanted) or 0
