"""What the desk is told of a guest beside the name: signs, never the content of a need (domain 2.26, ASVS 8.2.3)."""

from dataclasses import dataclass

from sqlalchemy import select

from app.database import db
from app.directory.models import Person
from app.directory.protocol import called
from app.events.models import Event
from app.i18n import _, language, lazy
from app.registration.life import Consent, Question, RegistrationDetail
from app.registration.life_queries import find_detail, list_answers_of, list_questions_for
from app.registration.models import Registration
from app.registration.queries import list_represented

# Shown to the desk as a sign; what was written is read by the organisers alone, and a diet by nobody at the door.
SIGNS = ("access", "photo")
SIGN_WORDS = {"access": lazy("An access need is known: call the person in charge."), "photo": lazy("No photograph.")}


@dataclass(frozen=True)
class DeskNote:
    """One line at the desk: `kind` is represents, difference, document_name, access, photo or question."""

    kind: str
    text: str


def desk_notes(registration: Registration) -> tuple[DeskNote, ...]:
    """What the desk should know of a guest; nothing is read for an event that asks nothing and freezes nothing."""
    event = registration.event
    notes = [*_represents(registration), *_printed(registration), *_signs(registration, event)]
    open_questions = len(unanswered(registration))
    if open_questions:
        notes.append(DeskNote("question", _("Questions are to be asked.")))
    return tuple(notes)


def _represents(registration: Registration) -> list[DeskNote]:
    """Nothing is read for a guest with an invitation of their own."""
    authority = list_represented([registration]).get(registration.id) if registration.invitation_id is None else None
    return [note_of_authority(authority.person)] if authority else []


def note_of_authority(person: Person) -> DeskNote:
    """For whom somebody comes (scenario 5.4.1)."""
    return DeskNote(
        "represents", _("representing %(name)s", name=called(person.civility, person.full_name, language()))
    )


def _printed(registration: Registration) -> list[DeskNote]:
    event = registration.event
    if registration.category.frozen_on is None and "document_name" not in event.asks:
        return []
    detail = find_detail(registration.id)
    if detail is None:
        return []
    return notes_of_detail(detail)


def notes_of_detail(detail: RegistrationDetail) -> list[DeskNote]:
    """What the document says, and what changed since the badge was printed."""
    notes = []
    if detail.document_name:
        notes.append(DeskNote("document_name", _("On the document: %(name)s", name=detail.document_name)))
    if detail.later_at:
        lines = ", ".join((*detail.later_qualities, detail.later_organisation)).strip(", ")
        notes.append(DeskNote("difference", _("Since the badge was printed: %(lines)s", lines=lines)))
    return notes


def _signs(registration: Registration, event: Event) -> list[DeskNote]:
    kinds = [kind for kind in SIGNS if kind in event.asks]
    if not kinds:
        return []
    wanted = select(Consent.kind).where(Consent.registration_id == registration.id, Consent.kind.in_(kinds))
    told = set(db.session.scalars(wanted))
    return [DeskNote(kind, str(SIGN_WORDS[kind])) for kind in kinds if kind in told]


def desk_questions(registration: Registration) -> list[Question]:
    """What this guest is asked at the desk."""
    return list_questions_for(registration.event, registration.category.key, "desk")


def unanswered(registration: Registration) -> list[Question]:
    """What this guest is still to be asked at the desk; nothing is read where nothing is asked there."""
    asked = desk_questions(registration)
    if not asked:
        return []
    known = list_answers_of(registration.id)
    return [one for one in asked if one.id not in known]
