"""Guests invited by name in a quality that ends before the event: the office changes hands (scenario 5.14)."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.database import db
from app.directory.mandates import JOINS
from app.directory.models import Mandate, Person
from app.events.models import Event
from app.invitations.models import UNANSWERED, Invitation
from app.text import fold

# Whoever declined, is represented or was withdrawn does not come.
_CONCERNED = UNANSWERED | {"accepted"}


@dataclass(frozen=True)
class Ending:
    """A guest, the mandate of whose quality the last day comes before the event's first, and that last day."""

    invitation: Invitation
    title: str
    last_day: date


def list_endings(event: Event) -> list[Ending]:
    """Guests invited by name whose quality ends before the event begins, by name; each with the first such quality.

    A mandate held again under the same title on the event's first day ends nothing.
    """
    found = []
    for invitation in db.session.scalars(_doubtful(event)).unique():
        ending = _ending_of(invitation, _first_day(event))
        if ending:
            found.append(ending)
    return found


def find_ending(invitation: Invitation) -> Ending | None:
    """The quality of one guest that ends before the event begins, if one does."""
    if invitation.office_id is not None or invitation.state not in _CONCERNED:
        return None
    return _ending_of(invitation, _first_day(invitation.event))


def _first_day(event: Event) -> date:
    return event.starts_at.astimezone(ZoneInfo(event.timezone)).date()


def _doubtful(event: Event) -> Select[Invitation]:
    """Invitations by name of people some of whose mandates end before the event, with all their mandates."""
    over = select(Mandate.person_id).where(Mandate.valid_to < _first_day(event))
    return (
        select(Invitation)
        .join(Invitation.person)
        .where(
            Invitation.event_id == event.id,
            Invitation.office_id.is_(None),
            Invitation.state.in_(_CONCERNED),
            Invitation.person_id.in_(over),
        )
        .options(contains_eager(Invitation.person).selectinload(Person.mandates), joinedload(Invitation.category))
        .order_by(Person.folded_family, Person.folded_given, Invitation.id)
    )


def _ending_of(invitation: Invitation, day: date) -> Ending | None:
    mandates = invitation.person.mandates
    held = {fold(one.title) for one in mandates if one.is_held_on(day)}
    for quality in invitation.qualities:
        # A line may join two mandates: "Maire de Montpellier et Président de la Métropole".
        said = {fold(quality), *map(fold, quality.split(JOINS))}
        over = [one for one in mandates if one.title and fold(one.title) in said - held and _is_over(one, day)]
        if over:
            last = max(over, key=lambda one: one.valid_to or date.min)
            return Ending(invitation, last.title, last.valid_to or date.min)
    return None


def _is_over(mandate: Mandate, day: date) -> bool:
    return mandate.valid_to is not None and mandate.valid_to < day
