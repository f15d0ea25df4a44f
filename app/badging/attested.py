"""Certificates of attendance, for those the door's ledger saw and nobody else."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import badges
from app import when
from app.badging.asked import Asked, NothingToPrint
from app.badging.presence import list_days_present
from app.badging.printing import event_texts
from app.clock import now
from app.errors import Refusal
from app.events.models import Event
from app.events.words import event_when
from app.i18n import _, lazy
from app.registration.models import Registration
from app.registration.queries import list_registrations


class NobodySeen(NothingToPrint):
    """The ledger saw nobody of those asked for."""

    message = lazy("The door let nobody in yet: a certificate is only for those whom it saw.")


class NotApproved(Refusal):
    """Only approved bodies train elected people (CGCT L2123-12 and following)."""

    message = lazy(
        "The word “formation” (training) may stand on a certificate only when the organiser is approved to train"
        " elected people (CGCT L2123-12). Tick it, or write it otherwise."
    )
    status = 422


def certificates(event: Event, asked: Asked) -> list[badges.Drawing]:
    """One for each person let in at least once. Raises NobodySeen, NotApproved."""
    days = list_days_present(event)
    guests = [one for one in list_registrations(event, category=asked.who) if one.id in days]
    if not guests:
        raise NobodySeen
    told = [_certificate(event, one, days[one.id], asked) for one in guests]
    try:
        return badges.certificates(told, event_texts(event, asked.language), approved=asked.is_approved)
    except badges.NotATraining as error:
        raise NotApproved from error


def _certificate(event: Event, registration: Registration, days: Sequence[date], asked: Asked) -> badges.Certificate:
    person, zone = registration.person, ZoneInfo(event.timezone)
    today = when.date_words(now().astimezone(zone).date(), asked.language)
    place = asked.place or (event.venue.city if event.venue else "")
    quality = next((one for one in registration.qualities if one), "")
    sentence = _(
        "attended %(title)s, %(when)s.", title=event_texts(event, asked.language).title, when=event_when(event)
    )
    return badges.Certificate(
        name_given=person.given_name, name_family=person.family_name.upper(), native_name=person.native_name,
        quality=", ".join(one for one in (quality, registration.organisation) if one),
        organiser=tuple(one for one in (event.organiser_parent, event.organiser) if one),
        title=_("Certificate of attendance"), sentence=sentence,
        attended=tuple(when.day_words(day, asked.language) for day in days),
        place_and_date=_("%(place)s, %(day)s", place=place, day=today) if place else today,
        signatory=tuple(one for one in (asked.signatory, asked.signatory_quality) if one),
        reference=registration.public_id, notice=asked.notice,
    )  # fmt: skip
