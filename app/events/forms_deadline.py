"""The fields of a deadline, on the page of an event and on that of a category."""

from typing import Any

from wtforms.fields import DateField, IntegerField, RadioField, TimeField
from wtforms.validators import NumberRange, Optional

from app.events.limits import Limit
from app.forms import Form, options, real_day
from app.i18n import LazyText, lazy

_BEFORE = ("before", lazy("Before this day, the day itself is too late"))
_UNTIL = ("until", lazy("Until this day included"))
_HOUR = ("hour", lazy("Until this hour of this day"))
OF_EVENT = (("none", lazy("No deadline: until answers are closed by hand")), _BEFORE, _UNTIL, _HOUR)
OF_CATEGORY = (("none", lazy("As the event says")), _BEFORE, _UNTIL, _HOUR)


class DeadlineForm(Form):
    """A deadline: none, or a day told as a date or by its distance to the event, and what of that day counts."""

    deadline = RadioField(lazy("Answers are taken"), choices=options(OF_EVENT), default="none")
    deadline_day = DateField(lazy("Day of the deadline"), [Optional(), real_day])
    deadline_days_before = IntegerField(
        lazy("Or so many days before the event"),
        [Optional(), NumberRange(0, 365)],
        description=lazy("Instead of a date: it follows the event when its first day moves."),
    )
    deadline_hour = TimeField(lazy("Hour of the deadline"), [Optional()])

    def validate(self, **more: Any) -> bool:
        """A deadline has one day, and an hour when it says so."""
        is_valid = super().validate(**more)
        kind, day, distance = self.deadline.data, self.deadline_day, self.deadline_days_before
        if kind not in {"before", "until", "hour"}:
            return is_valid
        if day.data is None and distance.data is None and not (day.errors or distance.errors):
            is_valid = _refuse(day, lazy("Please give the day of the deadline."))
        if day.data is not None and distance.data is not None:
            is_valid = _refuse(distance, lazy("Please give either the day or its distance to the event, not both."))
        if kind == "hour" and self.deadline_hour.data is None:
            is_valid = _refuse(self.deadline_hour, lazy("Please give the hour of the deadline."))
        return is_valid

    def limit(self) -> Limit | None:
        """What the fields say; None for no deadline, and while the day is missing."""
        kind, day, distance = self.deadline.data, self.deadline_day.data, self.deadline_days_before.data
        if kind == "none" or (day is None and distance is None):
            return None
        hour = self.deadline_hour.data if kind == "hour" else None
        return Limit(day, kind == "until", hour, None if day else distance)


def typed_limit(limit: Limit | None) -> dict[str, Any]:
    """The values of the fields for a deadline that stands."""
    if limit is None:
        return {"deadline": "none"}
    kind = "hour" if limit.at else ("until" if limit.is_inclusive else "before")
    return {
        "deadline": kind,
        "deadline_day": limit.day,
        "deadline_days_before": limit.days_before,
        "deadline_hour": limit.at,
    }


def _refuse(field: Any, sentence: LazyText) -> bool:
    field.errors = field.errors or [str(sentence)]
    return False
