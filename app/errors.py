"""Refusals: what the program will not do, each with the sentence its user reads."""

from collections.abc import Sequence
from typing import Any, ClassVar

from app.i18n import LazyText, lazy


class Refusal(Exception):
    """A rule said no. Subclasses name the rule; `message` is the sentence shown, already civil.

    `message` is a translatable English sentence with named `%(x)s` places filled from the keyword
    arguments; `status` is the HTTP status of a page that can do nothing but show it.
    """

    message: ClassVar[LazyText] = lazy("This cannot be done.")
    status: ClassVar[int] = 409

    def __init__(self, **places: Any) -> None:
        super().__init__(type(self).__name__)
        self.places = places

    @property
    def parts(self) -> Sequence["Refusal"]:
        """The rules that said no, one by one."""
        return (self,)

    @property
    def code(self) -> str:
        """Name of the rule for logs, tests and machine answers, e.g. `DeadlinePassed`."""
        return type(self).__name__

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return self.message.with_places(**self.places)

    def __str__(self) -> str:
        return self.sentence


class SeveralRefusals(Refusal):
    """More than one rule said no at once: someone who corrects a form wants to know them all."""

    def __init__(self, parts: Sequence[Refusal]) -> None:
        super().__init__()
        self._parts = tuple(parts)

    @property
    def parts(self) -> Sequence[Refusal]:
        return self._parts

    @property
    def sentence(self) -> str:
        return " ".join(part.sentence for part in self._parts)


def refuse_all(refusals: Sequence[Refusal]) -> None:
    """Raise what is in the list: nothing, the one, or SeveralRefusals."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise SeveralRefusals(refusals)


class NotFound(Refusal):
    """There is nothing here, or not for this person: both get the same page."""

    message = lazy("There is no such page, or it is not open to you.")
    status = 404


class NotSignedIn(Refusal):
    """Nobody is signed in; a program asked, which cannot be sent to the sign-in page."""

    message = lazy("Please sign in first.")
    status = 401


class NotAllowed(Refusal):
    """The person is known and has no right to this."""

    message = lazy("Your account does not give access to this page.")
    status = 403


class Busy(Refusal):
    """The database did not come free within the bounded wait (3 s): no failure, the same may be sent again.

    Answered with Retry-After, in seconds, by which programs know it.
    """

    message = lazy("Many people are answering at this moment. Nothing is lost: please try again.")
    status = 409
    retry_after: ClassVar[int] = 2
