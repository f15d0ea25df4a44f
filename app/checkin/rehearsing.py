"""A rehearsal of the door: invented guests whose codes scan like real ones, and are kept apart.

The rule is the one of the door (`deciding.decide`), on the server and on a device; only where the facts come from and
where the rows go to differ, so that nothing that counts can count them. A real code shown meanwhile is a real one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from app.audit.service import Actor, record
from app.badging.codes import IDENTITY, LENGTH, write_code
from app.checkin.models import REHEARSAL_CODE
from app.checkin.rehearsal_cast import CAST, Part
from app.checkin.rehearsal_models import GUEST_MARK, IDENTITY_MARK, SHORT_MARK, RehearsalGuest, RehearsalScan
from app.checkin.rehearsal_queries import list_guests
from app.codes import READABLE, new_badge_code, normal_code
from app.database import db, lock_row
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import _, lazy

SHORT = 8


class RehearsalOpen(Refusal):
    """One rehearsal at a time."""

    message = lazy("A rehearsal of this door is open already. Close it before you open another.")


class NoCategoryYet(Refusal):
    """Badges show a category."""

    message = lazy("Add a category of guests first: the badges of a rehearsal show one.")
    status = 422


@dataclass(frozen=True)
class Closed:
    """What a rehearsal was: its guests, its scans, the desks that took part."""

    guests: int
    scans: int
    desks: int


def is_rehearsal_code(typed: str) -> bool:
    """Whether a scanned or typed code is one of a rehearsal, of any event, going on or over. Asks nothing."""
    text = normal_code(typed)
    is_whole = text.startswith(IDENTITY_MARK) and len(text) in {IDENTITY, LENGTH}
    return is_whole or (text.startswith(SHORT_MARK) and len(text) == SHORT)


def is_rehearsal_guest(public_id: str) -> bool:
    """Whether the id a desk sends back is that of an invented guest."""
    return public_id.startswith(GUEST_MARK)


def is_rehearsed(code: str, public_id: str, decided: str = "") -> bool:
    """Whether a gesture belongs to a rehearsal."""
    return is_rehearsal_code(code) or is_rehearsal_guest(public_id) or decided == REHEARSAL_CODE


def open_rehearsal(event: Event, *, secret: str, actor: Actor, at: datetime) -> list[RehearsalGuest]:
    """Invent the guests and sign their codes. Raises RehearsalOpen, NoCategoryYet."""
    lock_row(event)
    if list_guests(event):
        raise RehearsalOpen
    if not event.categories:
        raise NoCategoryYet
    guests = [
        _invent(event, part, position, event.categories[position % len(event.categories)], secret, at)
        for position, part in enumerate(CAST)
    ]
    db.session.add_all(guests)
    db.session.flush()
    _record(actor, "door.rehearsal_opened", event, at, guests=len(guests))
    return guests


def close_rehearsal(event: Event, *, actor: Actor, at: datetime) -> Closed:
    """Remove the invented guests and everything they did; their codes answer "rehearsal code" from now on."""
    lock_row(event)
    mine = RehearsalScan.event_id == event.id
    scans, desks = db.session.execute(
        select(func.count(), func.count(RehearsalScan.device_id.distinct())).where(mine)
    ).one()
    closed = Closed(len(list_guests(event)), scans, desks)
    db.session.execute(delete(RehearsalScan).where(mine))
    db.session.execute(delete(RehearsalGuest).where(RehearsalGuest.event_id == event.id))
    _record(actor, "door.rehearsal_closed", event, at, guests=closed.guests, scans=scans, desks=desks)
    return closed


def _invent(event: Event, part: Part, position: int, category: Category, secret: str, at: datetime) -> RehearsalGuest:
    identity = IDENTITY_MARK + new_badge_code()[len(IDENTITY_MARK) :]
    return RehearsalGuest(
        event_id=event.id,
        category_id=category.id,
        position=position,
        shows=part.shows,
        given_name=part.given,
        family_name=part.family,
        native_name=part.native,
        quality=_("Invented guest"),
        organisation="Ville de Nulle-Part",
        state=part.state,
        badge_state=part.badge_state,
        # What is printed is the first version, also of the badge that was printed again since.
        code=write_code(identity, 1, secret=secret, subject=event.public_id, key=event.badge_key),
        version=part.version,
        short_code=SHORT_MARK + READABLE[position] + "".join(secrets.choice(READABLE) for _ in range(2)),
        note=str(part.note) if part.note else "",
        stand_in=part.stand_in,
        is_in=part.is_in,
        facts=part.facts,
        opened_at=at,
    )


def _record(actor: Actor, action: str, event: Event, at: datetime, **counts: int) -> None:
    record(
        actor, action, kind="event", id=event.public_id, name=event.title.fr, topic=event.public_id, at=at,
        after=dict(counts),
    )  # fmt: skip
