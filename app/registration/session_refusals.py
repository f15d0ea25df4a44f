"""Why a place in a session cannot be given."""

from app.errors import Refusal
from app.events.models import Event
from app.i18n import _, here, lazy
from app.programme.models import Session
from app.programme.words import hours


class NotExpected(Refusal):
    """Sessions are for those who come."""

    message = lazy("Sessions are chosen once the place at the event is confirmed.")


class NothingToChoose(Refusal):
    """Everyone may come to this session."""

    message = lazy("Nobody needs a place in “%(title)s”: everyone may come in.")


class SessionCancelled(Refusal):
    """The session does not take place."""

    message = lazy("“%(title)s” does not take place. Please choose another session.")


class ChoiceClosed(Refusal):
    """Choosing ended, or the session has begun."""

    message = lazy("Places in “%(title)s” can no longer be chosen. Please write to %(mailbox)s.")

    @classmethod
    def at(cls, title: str, event: Event) -> "ChoiceClosed":
        """The refusal with the mailbox of the event."""
        return cls(title=title, mailbox=event.mailbox or _("the organiser"))


class SameHours(Refusal):
    """Nobody is in two rooms at once."""

    message = lazy(
        "“%(wanted)s” (%(hours)s) is held at the same time as “%(other)s” (%(other_hours)s): one person can"
        " have a place, or wait for one, in one of them only. Give up the other one first, or exchange it."
    )

    @classmethod
    def of(cls, wanted: Session, other: Session, event: Event) -> "SameHours":
        """The refusal with both sessions and their hours."""
        return cls(
            wanted=here(wanted.title), hours=hours(wanted, event),
            other=here(other.title), other_hours=hours(other, event),
        )  # fmt: skip


class HasPart(Refusal):
    """Who speaks in one room does not listen in another."""

    message = lazy("%(name)s has a part in “%(part)s”, which is held at the same time as “%(wanted)s”.")


class NoExchange(Refusal):
    """Nobody loses a place for a rank."""

    message = lazy("“%(wanted)s” has no place left: the place in “%(kept)s” is kept.")


class NoFreePlace(Refusal):
    """A session never holds more than its places."""

    message = lazy("“%(title)s” has no place left. Give it more places first, or take one back.")


class PlacesTaken(Refusal):
    """A session people chose does not vanish under them."""

    message = lazy("There are people on the list of this session (%(count)s). Please cancel the session first.")


class StillChosen(Refusal):
    """A place in a session that everyone may enter means nothing."""

    message = lazy(
        "There are people on the list of this session (%(count)s). To end the choice, please close it instead."
    )
