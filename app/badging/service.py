"""Rules of badges: one active code per confirmed registration; a code given up never returns."""

from collections.abc import Sequence
from datetime import datetime

import badges
from app.badging.models import Badge, PrintRun
from app.badging.queries import find_active_badge
from app.codes import new_badge_code, new_short_code
from app.database import db
from app.events.models import Event
from app.palette import CATEGORY_COLOURS
from app.registration.models import Registration


def issue(registration: Registration, *, at: datetime) -> Badge:
    """Give a confirmed registration its badge; the one it has, if it has one.

    The QR is drawn later, outside the transaction that gives the seat.
    """
    if registration.sequence > 0:  # a first confirmation cannot have one yet
        existing = find_active_badge(registration.id)
        if existing:
            return existing
    badge = Badge(
        event_id=registration.event_id,
        registration_id=registration.id,
        code=new_badge_code(),
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


def draw_codes(wanted: Sequence[Badge]) -> None:
    """Store the QR's modules of badges that do not have them yet (about 1 ms each)."""
    for badge in wanted:
        if badge.matrix is None:
            badge.matrix = badges.qr_matrix(badge.code)


def face(badge: Badge, language: str) -> badges.BadgeFace:
    """What is printed on a badge, as plain values for the drawing."""
    registration, person = badge.registration, badge.registration.person
    category = registration.category
    return badges.BadgeFace(
        name_given=person.given_name,
        name_family=person.family_name,
        native_name=person.native_name,
        qualities=registration.qualities[:3],
        organisation=registration.organisation,
        category=category.name.get(language),
        colour=CATEGORY_COLOURS[category.palette - 1],
        shape=category.shape,
        country="" if person.country == "FR" else person.country,
        code=badge.code,
        short_code=badge.short_code,
        matrix=badge.matrix or badges.qr_matrix(badge.code),
    )


def record_print(event: Event, number: int, *, design: str, made_by: str, at: datetime) -> PrintRun:
    """Note that badges were drawn."""
    run = PrintRun(event_id=event.id, badges=number, design=design, made_by=made_by, made_at=at)
    db.session.add(run)
    return run
