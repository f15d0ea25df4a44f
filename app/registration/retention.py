"""What this room erases thirty days after an event, by a nightly work (domain 3.4; GDPR 5.1.e).

Lists handed to security, what was answered to questions (files too), requests to come instead and late ones, the names
of identity documents. Needs and wishes have days of their own (consents.py); registrations stay for their ninety.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.sql import Select

from app.audit.service import SYSTEM, record
from app.clock import now
from app.database import Row, begin_writing, db, reading
from app.events.models import Event
from app.invitations.models import Invitation
from app.registration.life import LateRequest, Question, QuestionAnswer, RegistrationDetail
from app.registration.models import Registration, RepresentationRequest
from app.registration.security_models import SecurityList

KEPT = timedelta(days=30)
WORK, EVERY = "erase what registration keeps no longer", 24 * 3600.0


def last_day(event: Event) -> date:
    """The last day, where the event takes place, on which all of it is kept."""
    ends = (event.ends_at or event.starts_at).astimezone(ZoneInfo(event.timezone))
    return ends.date() + KEPT


def list_over(at: datetime) -> list[int]:
    """Ids of the events whose days are over at `at`; a postponed event moves its days along."""
    found = db.session.scalars(select(Event).where(Event.starts_at < at - KEPT).order_by(Event.id))
    return [one.id for one in found if at.astimezone(ZoneInfo(one.timezone)).date() > last_day(one)]


def erase(event: Event, at: datetime) -> dict[str, int]:
    """Erase what is kept no longer of one event; how many rows of each kind. The journal has the counts, no names."""
    people = select(Registration.id).where(Registration.event_id == event.id)
    guests = select(Invitation.id).where(Invitation.event_id == event.id)
    questions = select(Question.id).where(Question.event_id == event.id)
    counts = {
        "security_lists": _delete(SecurityList, SecurityList.event_id == event.id),
        "answers": _delete(QuestionAnswer, QuestionAnswer.question_id.in_(questions)),
        "requests": _delete(RepresentationRequest, RepresentationRequest.invitation_id.in_(guests)),
        "late_requests": _delete(LateRequest, LateRequest.invitation_id.in_(guests)),
        "document_names": _forget_names(people),
    }
    erased = {kind: number for kind, number in counts.items() if number}
    if erased:
        record(
            SYSTEM, "retention.erased", kind="event", id=event.public_id, name=event.title.get("fr"),
            topic=event.public_id, at=at, after=erased,
        )  # fmt: skip
    return erased


def erase_all(_subject: str = "") -> Iterator[None]:
    """The nightly work: event by event, each `yield` a commit. Begun again at any moment it erases what is left."""
    with reading():
        numbers = list_over(now())
    begin_writing()
    for number in numbers:
        event = db.session.get(Event, number)
        if event is not None and erase(event, now()):
            yield


def rest(_subject: str) -> None:
    """Nothing to say on a row: the next night begins anew."""


def _delete(model: type[Row], condition: ColumnElement[bool]) -> int:
    gone = delete(model).where(condition).returning(model.id)
    return len(db.session.execute(gone.execution_options(synchronize_session=False)).all())


def _forget_names(people: Select[int]) -> int:
    """The names of identity documents of those registrations; what else is known of them stays."""
    named = or_(RegistrationDetail.document_given_name != "", RegistrationDetail.document_family_name != "")
    gone = update(RegistrationDetail).where(RegistrationDetail.registration_id.in_(people), named)
    gone = gone.values(document_given_name="", document_family_name="")
    said = gone.returning(RegistrationDetail.id).execution_options(synchronize_session=False)
    return len(db.session.execute(said).all())
