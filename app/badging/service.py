"""Rules of badges: one active code per confirmed registration; a code given up never returns."""

from collections.abc import Mapping
from datetime import datetime

from babel import Locale
from sqlalchemy import update

import badges
from app.audit.service import Actor, record
from app.badging.codes import write_code
from app.badging.models import Badge, PrintRun
from app.badging.queries import find_active_badge
from app.codes import new_badge_code, new_short_code
from app.database import db
from app.events.models import Event
from app.palette import CATEGORY_COLOURS
from app.registration.models import Registration


def issue(registration: Registration, *, at: datetime, secret: str) -> Badge:
    """Give a confirmed registration its badge, signed with the event's key; the one it has, if it has one.

    The QR is drawn later, outside the transaction that gives the seat. `secret`: the program's own key.
    """
    if registration.sequence > 0:  # a first confirmation cannot have one yet
        existing = find_active_badge(registration.id)
        if existing:
            return existing
    event, identity = registration.event, new_badge_code()
    badge = Badge(
        event_id=registration.event_id,
        registration=registration,
        code=write_code(identity, 1, secret=secret, subject=event.public_id, key=event.badge_key),
        identity=identity,
        version=1,
        short_code=new_short_code(),
        issued_at=at,
    )
    db.session.add(badge)
    return badge


def revoke(registration: Registration, *, at: datetime) -> None:
    """End the badge of a registration given up: the door answers that it is not valid."""
    badge = find_active_badge(registration.id)
    if badge:
        badge.state, badge.revoked_at = "revoked", at


def store_codes(drawn: Mapping[int, bytes]) -> None:
    """Keep the QR's modules drawn for the first time, by badge id, so that they are drawn once."""
    if drawn:
        rows = [{"id": number, "matrix": matrix} for number, matrix in drawn.items()]
        db.session.execute(update(Badge), rows)


def face(badge: Badge, language: str, matrix: bytes | None = None) -> badges.BadgeFace:
    """What is printed on a badge, as plain values for the drawing. `matrix`: its QR, if just drawn."""
    registration, person = badge.registration, badge.registration.person
    category = registration.category
    return badges.BadgeFace(
        name_given=person.given_name,
        name_family=person.family_name.upper(),
        native_name=person.native_name,
        qualities=tuple(quality for quality in registration.qualities if quality)[:3],
        organisation=registration.organisation,
        category=category.name.get(language),
        colour=CATEGORY_COLOURS[category.palette - 1],
        shape=category.shape,
        country=_country(person.country, language),
        code=badge.code,
        short_code=spaced(badge.short_code),
        matrix=matrix or badge.matrix or badges.qr_matrix(badge.code),
    )


def spaced(short_code: str) -> str:
    """The short code in two groups of four, as people read it aloud."""
    return f"{short_code[:4]} {short_code[4:]}"


def _country(code: str, language: str) -> str:
    """The country in words; nothing for France, where the events take place."""
    if code in {"", "FR"}:
        return ""
    return str(Locale(language).territories.get(code, code))


def record_print(event: Event, number: int, *, design: str, made_by: str, actor: Actor, at: datetime) -> PrintRun:
    """Note that badges were drawn: how many, for whom, when."""
    run = PrintRun(event_id=event.id, badges=number, design=design, made_by=made_by, made_at=at)
    db.session.add(run)
    record(
        actor,
        "badges.printed",
        kind="event",
        id=event.public_id,
        name=event.title.fr,
        topic=event.public_id,
        at=at,
        after={"badges": number, "design": design},
    )
    return run
