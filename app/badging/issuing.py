"""Badges given as soon as a place is: what the signals of registration call, with the key of the running program."""

from datetime import datetime

from app.badging import service
from app.badging.models import Badge
from app.extensions import settings
from app.registration.models import Registration


def issue(registration: Registration, *, at: datetime) -> Badge:
    """`service.issue` for the signal `place_confirmed`."""
    return service.issue(registration, at=at, secret=settings().secret_key)
