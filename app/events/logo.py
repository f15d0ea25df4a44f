"""The mark an event's organiser puts on its pages: one picture, drawn again by us."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select

from app.audit.service import Actor, record
from app.database import db
from app.events.models import Event, EventLogo
from app.pictures import read_picture

# Pixels: twice the largest it is shown, for fine screens.
LOGO_SIZE = (640, 192)


def find_logo(event: Event) -> bytes | None:
    """The event's logo as PNG, at most LOGO_SIZE; None without one."""
    return db.session.scalar(select(EventLogo.picture).where(EventLogo.event_id == event.id))


def set_logo(event: Event, data: bytes, *, actor: Actor, at: datetime) -> None:
    """Give the event the picture in an uploaded file. Raises what `app.pictures.read_picture` raises."""
    picture = read_picture(data, within=LOGO_SIZE)
    _keep(event, picture.data)
    _record(event, "event.logo_set", actor, at, {"width": picture.width, "height": picture.height})


def remove_logo(event: Event, *, actor: Actor, at: datetime) -> bool:
    """Show the event without a picture; whether there was one."""
    if not event.logo_digest:
        return False
    _keep(event, b"")
    _record(event, "event.logo_removed", actor, at, {})
    return True


def copy_logo(source: Event, target: Event) -> None:
    """Give a new edition the picture of the one it is made from."""
    _keep(target, find_logo(source) or b"")


def _keep(event: Event, picture: bytes) -> None:
    db.session.execute(delete(EventLogo).where(EventLogo.event_id == event.id))
    event.logo_digest = hashlib.sha256(picture).hexdigest()[:16] if picture else ""
    if picture:
        db.session.add(EventLogo(event_id=event.id, picture=picture))
    db.session.flush()


def _record(event: Event, action: str, actor: Actor, at: datetime, after: dict[str, int]) -> None:
    record(
        actor, action, kind="event", id=event.public_id, name=event.title.get("fr"),
        topic=event.public_id, at=at, after=after,
    )  # fmt: skip
