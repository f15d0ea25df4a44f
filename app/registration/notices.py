"""The letters a change of place causes, written in its transaction."""

from datetime import datetime

from app.errors import Refusal
from app.i18n import lazy
from app.outbox import service as outbox
from app.outbox.models import Message
from app.registration.models import ENDED, Registration


class NoAddress(Refusal):
    """A letter by mail needs an address."""

    message = lazy("%(name)s has no e-mail address: nothing can be sent.")


class NoPlace(Refusal):
    """Only someone who has a place or a rank gets a letter that says so."""

    message = lazy("This registration is cancelled: there is nothing to confirm.")


# State of a registration → kind of the letter that says so.
_KINDS = {
    "confirmed": "confirmation",
    "offered": "offer",
    "waiting": "waiting",
    "pending": "pending",
    "refused": "place_refused",
}


def write_to(registration: Registration, at: datetime, *, words: str = "") -> Message | None:
    """Queue the letter that says what was decided; nothing when there is no address to write to.

    `words`: what the organiser adds.
    """
    if not registration.email:
        return None
    return _write(registration, at, _KINDS[registration.state], words=words, is_known_new=True)


def write_lapsed(registration: Registration, at: datetime) -> Message | None:
    """Queue the letter that says that an offer was not taken in time."""
    if not registration.email:
        return None
    return _write(registration, at, "offer_lapsed", is_known_new=True)


def write_again(registration: Registration, at: datetime) -> Message:
    """Queue the same letter once more. Twice in one minute is once. Raises NoAddress, NoPlace."""
    if registration.state in ENDED:
        raise NoPlace
    if not registration.email:
        raise NoAddress(name=registration.person.full_name)
    return _write(registration, at, _KINDS[registration.state], suffix=f":again-{at:%Y%m%d%H%M}")


def _write(
    registration: Registration,
    at: datetime,
    kind: str,
    *,
    suffix: str = "",
    words: str = "",
    is_known_new: bool = False,
) -> Message:
    return outbox.write(
        cause=f"{kind}:{registration.public_id}:{registration.sequence}{suffix}",
        kind=kind,
        topic=registration.event.public_id,
        subject_id=registration.public_id,
        recipient=registration.email,
        recipient_name=registration.person.full_name,
        language=registration.language,
        at=at,
        context={"words": words} if words else None,
        is_known_new=is_known_new,
    )
