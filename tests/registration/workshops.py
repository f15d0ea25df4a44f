"""Workshops in parallel for tests of places in sessions."""

from datetime import timedelta

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.programme.models import Session
from app.programme.service import Details, add_session, edit_session
from tests.factories import ORGANISER

HOUR = timedelta(hours=1)


def workshop(event: Event, number: int = 1, *, capacity: int | None = 60, after: int = 0, enrolment: str = "open"):
    """A workshop of an hour, `after` hours after the event begins, in a room of its own."""
    starts_at = event.starts_at + after * HOUR
    details = Details(
        "workshop", Bilingual(f"Atelier d’essai {number}", f"Trial workshop {number}"), number=number,
        starts_at=starts_at, ends_at=starts_at + HOUR, room=f"Salle {number}", enrolment=enrolment, capacity=capacity,
    )  # fmt: skip
    session = add_session(event, details, actor=ORGANISER, at=now())
    db.session.commit()
    return session


def change(session: Session, event: Event, **values: object) -> None:
    """The organiser changes some facts of a session and keeps the others."""
    facts = {name: getattr(session, name) for name in Details.__dataclass_fields__}
    edit_session(session, Details(**{**facts, **values}), event=event, actor=ORGANISER, at=now())
    db.session.commit()
