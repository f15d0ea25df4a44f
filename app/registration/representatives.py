"""Who may come instead of an invited person, and how that person is entered (scenario 5.4)."""

from dataclasses import dataclass
from datetime import datetime

from app.codes import new_public_id
from app.database import db
from app.directory.models import Person
from app.directory.queries import list_namesakes
from app.directory.service import Contact, NameMissing, Names, add_person
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.invitations.models import UNANSWERED, Invitation
from app.invitations.queries import find_invitation_of
from app.registration.models import ENDED, Registration, RepresentationRequest
from app.registration.queries import find_registration_of
from app.text import fold


class AlreadyComing(Refusal):
    """A representative who is invited or registered already has a place of their own."""

    message = lazy(
        "%(name)s is already expected at this event, and cannot also represent someone. Please name somebody else."
    )


class OneSelf(Refusal):
    """Nobody represents themselves."""

    message = lazy("%(name)s is the person invited. Please choose “will attend” instead.")


@dataclass(frozen=True)
class Representative:
    """Who comes instead, as typed by the invited person's office."""

    names: Names
    quality: str = ""
    email: str = ""

    def cleaned(self) -> "Representative":
        """The same with tidy names. Raises NameMissing."""
        names = self.names.cleaned()
        if not (names.given or names.family):
            raise NameMissing
        return Representative(names, self.quality.strip(), self.email.strip())

    def has_name_of(self, person: Person) -> bool:
        """Whether the names are that person's, accents and case aside."""
        mine = (fold(self.names.given), fold(self.names.family))
        return mine == (person.folded_given, person.folded_family)


def names_of(request: RepresentationRequest) -> Names:
    """The names typed in a request to come instead."""
    return Names(request.given_name, request.family_name, civility=request.civility)


def check_free(event: Event, who: Representative) -> Person | None:
    """The directory's entry of this representative, if there is one. Raises AlreadyComing.

    A namesake counts as the same person only with the same mailbox: homonyms exist.
    """
    known = None
    for person in list_namesakes(fold(who.names.given), fold(who.names.family)):
        if who.email and person.email and person.email.lower() != who.email.lower():
            continue
        registered = find_registration_of(event.id, person.id)
        invited = find_invitation_of(event.id, person.id)
        is_coming = registered is not None and registered.state not in ENDED
        if is_coming or (invited is not None and invited.state in UNANSWERED):
            raise AlreadyComing(name=person.full_name)
        if who.email and person.email:
            known = known or person
    return known


def open_registration(invitation: Invitation, who: Representative, known: Person | None, at: datetime) -> Registration:
    """A registration for the representative, not seated yet; the one given up before, reopened."""
    titles = (who.quality,) if who.quality else ()
    person = known or _enter(invitation, who, titles, at)
    registration = find_registration_of(invitation.event_id, person.id) if known else None
    if registration is None:
        registration = Registration(
            public_id=new_public_id(),
            event_id=invitation.event_id,
            event=invitation.event,
            person=person,
            created_at=at,
            sequence=-1,
        )
    registration.category_id = invitation.category_id
    registration.qualities = titles
    registration.organisation, registration.zone = invitation.organisation, invitation.zone
    registration.email = who.email or invitation.email
    registration.language = invitation.language
    registration.sequence += 1
    return registration


def _enter(invitation: Invitation, who: Representative, titles: tuple[str, ...], at: datetime) -> Person:
    contact = Contact(email=who.email, language=invitation.language)
    person = add_person(who.names, contact, qualities=titles, organisation=invitation.organisation, at=at)
    db.session.flush()
    return person
