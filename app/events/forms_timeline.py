"""The form of a rehearsal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms.fields import DateField, TimeField
from wtforms.validators import InputRequired

from app.events.models import Event
from app.forms import Form, real_day
from app.i18n import lazy


class RehearsalForm(Form):
    """As of when the public pages are looked at, in the event's zone."""

    day = DateField(lazy("Day"), [InputRequired(), real_day])
    hour = TimeField(lazy("Hour"), [InputRequired()], format=["%H:%M", "%H:%M:%S"])

    def instant(self, event: Event) -> datetime:
        """What a valid form says."""
        return datetime.combine(self.day.data, self.hour.data, ZoneInfo(event.timezone))


def rehearsal_form(event: Event, at: datetime) -> RehearsalForm:
    """The form, filled with an instant."""
    local = at.astimezone(ZoneInfo(event.timezone))
    return RehearsalForm(formdata=None, data={"day": local.date(), "hour": local.time().replace(second=0)})
