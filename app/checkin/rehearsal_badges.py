"""The badges of a rehearsal: drawn when they are asked for, marked, kept nowhere."""

from collections.abc import Sequence

import badges
from app.badging.faces import spaced
from app.badging.layout import Layout
from app.badging.printing import badge_jobs, compile_all
from app.checkin.rehearsal_cast import SHOWN
from app.checkin.rehearsal_models import RehearsalGuest
from app.events.models import Event
from app.i18n import _, here
from app.palette import CATEGORY_COLOURS


def badges_pdf(event: Event, guests: Sequence[RehearsalGuest], layout: Layout) -> bytes:
    """One file of these badges, each with the word REHEARSAL. Raises as `printing.badge_jobs` and `compile_all`."""
    (pdf,) = compile_all(badge_jobs(event, [_face(guest) for guest in guests], layout))
    return pdf


def has_badge(guest: RehearsalGuest) -> bool:
    """Whether a desk would print one: like a real guest, only who has a place."""
    return guest.state == "confirmed"


def _face(guest: RehearsalGuest) -> badges.BadgeFace:
    category = guest.category
    return badges.BadgeFace(
        name_given=guest.given_name,
        name_family=guest.family_name.upper(),
        native_name=guest.native_name,
        qualities=(str(SHOWN[guest.shows]),),
        organisation=guest.organisation,
        category=here(category.name),
        colour=CATEGORY_COLOURS[category.palette - 1],
        shape=category.shape,
        country="",
        code=guest.code,
        short_code=spaced(guest.short_code),
        matrix=badges.qr_matrix(guest.code),
        marks=(_("REHEARSAL"),),
    )
