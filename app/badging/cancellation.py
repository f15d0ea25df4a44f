"""The letter about a place given up: what holds when it leaves is what it says."""

from app.badging.ticket import compose_confirmation
from app.errors import NotFound
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.registration.announcement_letters import write_given_up
from app.registration.queries import find_registration


def compose_cancellation(message: Message) -> Letter:
    """The place is given up; or, when the guest has one again meanwhile, the confirmation. Raises NotFound.

    A calendar told to forget what it was just asked to keep would lose it.
    """
    registration = find_registration(message.subject_id)
    if registration is None:
        raise NotFound
    if registration.state != "cancelled":
        return compose_confirmation(message)
    return write_given_up(registration, message.language)
