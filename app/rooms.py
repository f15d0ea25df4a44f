"""Which rooms listen to which: the wiring between rooms, visible in one place."""

import app.audit.models
import app.checkin.models
import app.invitations.delegation
import app.documents.models
import app.letters.models
import app.minutes.models
import app.programme.models  # noqa: F401 - every table is known once this file is read
from app.badging.service import issue, revoke
from app.badging.ticket import compose_confirmation, compose_waiting
from app.invitations.composing import compose_invitation
from app.outbox.composing import register
from app.registration.signals import place_confirmed, place_given_up


def connect() -> None:
    """Connect signals and say who writes which letters. Harmless when repeated."""
    place_confirmed.connect(issue)
    place_given_up.connect(revoke)
    register("invitation", compose_invitation)
    register("confirmation", compose_confirmation)
    register("waiting", compose_waiting)
