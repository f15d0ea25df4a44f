"""What happens to places when two entries turn out to be one person, and when they do not after all."""

from typing import Any

from sqlalchemy import select

from app.database import db
from app.directory.models import Merge, Person
from app.errors import Refusal
from app.i18n import here, lazy
from app.registration.models import ENDED, Registration


class BothExpected(Refusal):
    """A person has one place at an event."""

    message = lazy("Both entries have a place at “%(event)s”. Please cancel one of the two places first.")


class OtherExpected(Refusal):
    """The entry that stays is the one that comes."""

    message = lazy("The other entry has the place at “%(event)s”. Please keep that one.")


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Places, badges and what happened at the door follow to the kept entry. Raises BothExpected, OtherExpected."""
    own = {one.event_id: one for one in _registrations_of(kept)}
    moved = []
    for one in _registrations_of(absorbed):
        twin = own.get(one.event_id)
        if twin is None:
            moved.append(one.id)
            one.person_id = kept.id
        elif one.state not in ENDED:
            refusal = OtherExpected if twin.state in ENDED else BothExpected
            raise refusal(event=here(one.event.title))
    db.session.flush()
    return {"registration": moved}


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:
    """The places that followed go back."""
    for one in _registrations_of(kept):
        if one.id in moved.get("registration", ()):
            one.person_id = absorbed.id
    db.session.flush()


def _registrations_of(person: Person) -> list[Registration]:
    wanted = select(Registration).where(Registration.person_id == person.id)
    return list(db.session.scalars(wanted.order_by(Registration.id)))
