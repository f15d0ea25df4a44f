"""Forms of the programme."""

from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms.fields import DateField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import _, lazy
from app.programme.models import Session, SessionRole
from app.programme.service import Details
from app.programme.words import ENROLMENTS, KINDS, ROLES


class SessionForm(Form):
    """One session; hours are those of the event's zone."""

    refusals: ClassVar = {"HourNeeded": "day", "StillChosen": "enrolment"}

    kind = SelectField(lazy("Kind"), choices=lambda: options(KINDS.items()))
    number = IntegerField(
        lazy("Number"), [Optional(), NumberRange(1, 99)], description=lazy("When sessions of this kind are numbered.")
    )
    title_fr = TextField(lazy("Title in French"), [Length(max=300)])
    title_en = TextField(lazy("Title in English"), [Length(max=300)])
    day = DateField(lazy("Day"), [Optional()], description=lazy("Leave day and hours empty until they are decided."))
    begins = TimeField(lazy("Begins at"), [Optional()])
    ends = TimeField(lazy("Ends at"), [Optional()])
    room = TextField(lazy("Room"), [Length(max=120)])
    enrolment = SelectField(
        lazy("Places"), choices=lambda: options(ENROLMENTS.items()), default="none",
        description=lazy("Who chooses a place gets it at once, or a rank in the session’s own waiting list."),
    )  # fmt: skip
    capacity = IntegerField(
        lazy("Number of places"), [Optional(), NumberRange(0, 100_000)],
        description=lazy("Leave empty when as many as wish may choose it."),
    )  # fmt: skip
    abstract_fr = LongTextField(lazy("Summary in French"), [Length(max=4000)])
    abstract_en = LongTextField(lazy("Summary in English"), [Length(max=4000)])

    def validate_begins(self, field: Any) -> None:
        """A day needs an hour and an hour a day."""
        if bool(field.data) != bool(self.day.data):
            raise ValidationError(_("Please give the day and the hour, or neither."))

    def details(self, event: Event) -> Details:
        """What was typed, in the trade's words."""
        zone = ZoneInfo(event.timezone)
        return Details(
            kind=self.kind.data,
            title=bilingual(self, "title"),
            abstract=bilingual(self, "abstract"),
            number=self.number.data,
            starts_at=_instant(self.day.data, self.begins.data, zone),
            ends_at=_instant(self.day.data, self.ends.data, zone),
            room=self.room.data or "",
            enrolment=self.enrolment.data,
            capacity=self.capacity.data,
        )


def _instant(day: date | None, hour: time | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, hour, zone) if day and hour is not None else None


def session_form(session: Session, event: Event) -> SessionForm:
    """The form of a session, filled with what it is now unless something was sent."""
    zone = ZoneInfo(event.timezone)
    starts = session.starts_at.astimezone(zone) if session.starts_at else None
    ends = session.ends_at.astimezone(zone) if session.ends_at else None
    return SessionForm(
        data={
            "kind": session.kind,
            "number": session.number,
            "title_fr": session.title.fr,
            "title_en": session.title.en,
            "abstract_fr": session.abstract.fr,
            "abstract_en": session.abstract.en,
            "room": session.room,
            "enrolment": session.enrolment,
            "capacity": session.capacity,
            "day": starts.date() if starts else None,
            "begins": starts.time() if starts else None,
            "ends": ends.time() if ends else None,
        }
    )


class RoleForm(Form):
    """A role and the qualities printed with it."""

    role = SelectField(lazy("Role"), choices=lambda: options(ROLES.items()), default="speaker")
    qualities = LongTextField(
        lazy("Qualities as printed"), [Length(max=2000)], description=lazy("One to a line, in the order of printing.")
    )

    def lines(self) -> list[str]:
        """The qualities in their order."""
        return (self.qualities.data or "").splitlines()


def role_form(one: SessionRole) -> RoleForm:
    """The form of a role, filled with what it is now unless something was sent."""
    return RoleForm(data={"role": one.role, "qualities": "\n".join(one.qualities)})


class NewPersonForm(RoleForm):
    """Someone the directory does not know yet, with a role."""

    civility = SelectField(
        lazy("Civility"), choices=lambda: options([("", "–"), ("Mme", _("Ms")), ("M", _("Mr"))]), default=""
    )
    given = TextField(lazy("First name"), [InputRequired(), Length(max=120)])
    family = TextField(lazy("Surname"), [InputRequired(), Length(max=120)])
