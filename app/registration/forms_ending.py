"""Forms that cancel or postpone an event: why, when instead, and a second page that asks whether it is meant."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms.fields import BooleanField, DateField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from app.columns import Bilingual
from app.events.endings import NewDates
from app.events.models import Event
from app.forms import Form, LongTextField, bilingual, real_day
from app.i18n import lazy

_NOTICE = [Length(max=500)]


class CancelForm(Form):
    """Why the event does not take place."""

    refusals: ClassVar = {"ReasonMissing": "notice_fr"}
    notice_fr = LongTextField(lazy("Why, in French"), _NOTICE)
    notice_en = LongTextField(lazy("Why, in English"), _NOTICE)
    is_sure = BooleanField(lazy("I have read this and mean it"))

    def notice(self) -> Bilingual:
        """What everyone concerned reads."""
        return bilingual(self, "notice")


class PostponeForm(CancelForm):
    """Why, and when instead; hours are those of the event's zone."""

    refusals: ClassVar = {
        "ReasonMissing": "notice_fr",
        "SameDates": "first_day",
        "DateInThePast": "first_day",
        "EndsTooEarly": "ends",
        "DeadlineAfterEvent": "first_day",
    }
    first_day = DateField(lazy("New first day"), [InputRequired(), real_day])
    starts = TimeField(lazy("Begins at"), [Optional()], description=lazy("Leave empty while only the day is known."))
    last_day = DateField(lazy("New last day"), [Optional(), real_day], description=lazy("Empty: the same day."))
    ends = TimeField(lazy("Ends at"), [Optional()], description=lazy("May stay unsaid."))
    doors = TimeField(lazy("Doors open at"), [Optional()])
    moves_deadlines = BooleanField(lazy("Move the deadlines by as many days"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Its fields stand on one page with those of CancelForm, of the same names: their ids differ."""
        super().__init__(*arguments, **options)
        for one in self:
            one.id = one.label.field_id = f"later-{one.id}"

    def dates(self, event: Event) -> NewDates:
        """What a valid form says."""
        zone, day, hour = ZoneInfo(event.timezone), self.first_day.data, self.starts.data
        doors = datetime.combine(day, self.doors.data, zone) if self.doors.data and hour else None
        precision = "minute" if hour else "day"
        return NewDates(datetime.combine(day, hour or time(0), zone), self._end(zone), doors, precision)

    def _end(self, zone: ZoneInfo) -> datetime | None:
        last = self.last_day.data
        if self.starts.data is None:
            return datetime.combine(last + timedelta(days=1), time(0), zone) if last else None
        if self.ends.data is None:
            return datetime.combine(last, time(23, 59), zone) if last else None
        return datetime.combine(last or self.first_day.data, self.ends.data, zone)


def postpone_form(event: Event) -> PostponeForm:
    """The form with the hours the event has, and its days still to be chosen."""
    zone = ZoneInfo(event.timezone)
    instants = (("starts", event.starts_at), ("ends", event.ends_at), ("doors", event.doors_open_at))
    hours = {name: at.astimezone(zone).time() for name, at in instants if at and event.date_precision == "minute"}
    return PostponeForm(formdata=None, data={**hours, "moves_deadlines": True})
