"""What the forecast of the queue assumes."""

from wtforms.fields import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.checkin.models import DoorSettings
from app.checkin.pacing import Pace
from app.forms import Form, options
from app.i18n import lazy

# Domain 6.3, 6.1 and 6.6.
SECONDS = (
    ("8", lazy("8 seconds: the code is scanned")),
    ("15", lazy("15 seconds: and the document is glanced at")),
    ("25", lazy("25 seconds: the document is compared, the badge handed over")),
    ("40", lazy("40 seconds: the guest is looked up by name, the document compared, the badge handed over")),
)
MINUTES = (
    ("30", lazy("All within 30 minutes: the peak to plan for")),
    ("50", lazy("Two thirds within 30 minutes, all within 50")),
    ("60", lazy("All within an hour: hours of arrival by category")),
    ("90", lazy("All within an hour and a half")),
)


class QueueForm(Form):
    """Seconds, minutes, who comes, a desk of exceptions."""

    desk_seconds = RadioField(lazy("A guest at a desk takes"), [InputRequired()], choices=options(SECONDS))
    arrival_minutes = SelectField(lazy("Guests come, from the opening of the doors"), choices=options(MINUTES))
    show_up = IntegerField(
        lazy("Of a hundred with a place, so many come"),
        [InputRequired(), NumberRange(min=1, max=100)],
        description=lazy("Usually 85."),
    )
    has_exception_desk = BooleanField(
        lazy("Guests on no list, replacements and misspelt names have a desk of their own")
    )

    def pace(self) -> Pace:
        """What was typed."""
        return Pace(
            int(self.desk_seconds.data), int(self.arrival_minutes.data), self.show_up.data or 0,
            bool(self.has_exception_desk.data),
        )  # fmt: skip


def queue_form(chosen: DoorSettings | None) -> QueueForm:
    """The form as the event assumes it."""
    pace = Pace.of(chosen)
    return QueueForm(
        data={
            "desk_seconds": str(pace.desk_seconds), "arrival_minutes": str(pace.arrival_minutes),
            "show_up": pace.show_up, "has_exception_desk": pace.has_exception_desk,
        }
    )  # fmt: skip
