"""Letters that became untrue while they waited: whoever gives a place up before they left gets one, a true one."""

from app.outbox.models import Message
from app.outbox.queries import has_newer
from app.registration.queries import find_registration
from app.registration.session_queries import find_place_at


def has_place_still(message: Message) -> bool:
    """A confirmation leaves unless the place was given up since, or confirmed anew: another letter says so."""
    registration = find_registration(message.subject_id)
    return registration is None or (registration.state != "cancelled" and not has_newer(message))


def has_no_place_again(message: Message) -> bool:
    """A cancellation leaves unless there is a place again: its confirmation says so."""
    registration = find_registration(message.subject_id)
    return registration is None or registration.state != "confirmed"


def has_session_still(message: Message) -> bool:
    """The letter of a place in a session leaves unless the place was given up since."""
    place = find_place_at(message.context["place"])
    return place is None or place.state != "cancelled"


def has_no_session_again(message: Message) -> bool:
    """The letter that a session was left goes out unless there is a place in it again."""
    place = find_place_at(message.context["place"])
    return place is None or place.state != "confirmed"
