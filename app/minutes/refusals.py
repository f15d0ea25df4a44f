"""What the minutes refuse, each with the sentence their writer reads."""

from app.errors import Refusal
from app.i18n import lazy


class AlreadyPublished(Refusal):
    """A published version is an archive."""

    message = lazy(
        "Version %(version)s of the minutes is published and stays as it is. Please begin a"
        " correction: it becomes the next version."
    )


class AlreadyBegun(Refusal):
    """One draft at a time."""

    message = lazy("The minutes of this event are already being written.")


class TextMissing(Refusal):
    """A named speaker without a text would seem to have said nothing."""

    message = lazy("Nothing is written yet for: %(names)s. Please write what was said, or remove the passage.")


class NothingWritten(Refusal):
    """Empty minutes are not published."""

    message = lazy("Please write the introduction before you publish the minutes.")


class NameMissing(Refusal):
    """What was said has a speaker."""

    message = lazy("Please say who spoke.")


class DecisionEmpty(Refusal):
    """A decision has words."""

    message = lazy("Please write the decision, in French or in English.")
