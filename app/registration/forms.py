"""Forms of answers: the invitee's, and those the organiser keys in."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms.fields import DateTimeLocalField, EmailField, HiddenField, RadioField, SelectField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.directory.service import Names
from app.events.models import Event
from app.forms import Form, LongTextField, TextField, options
from app.i18n import _, here, lazy
from app.registration.keying import Receipt
from app.registration.representatives import Representative
from app.registration.words import STATE_WORDS

ANSWERS = [("attend", lazy("Will attend")), ("represented", lazy("Is represented")), ("decline", lazy("Cannot attend"))]
ROADS = [("mail", lazy("By e-mail")), ("phone", lazy("By telephone")), ("paper", lazy("On paper"))]
CIVILITIES = [("Mme", lazy("Ms")), ("M", lazy("Mr")), ("", lazy("Not stated"))]


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class ChoiceForm(Form):
    """The one question: comes, is represented, does not come."""

    answer = RadioField(
        lazy("Your answer"),
        [InputRequired(lazy("Please choose one of the three answers."))],
        choices=options(ANSWERS),
        validate_choice=True,
    )


class RepresentativeForm(Form):
    """Who comes instead."""

    answer = HiddenField(default="represented")
    civility = RadioField(
        lazy("Form of address"), [Optional()], choices=options(CIVILITIES), default="", validate_choice=True
    )
    given_name = TextField(
        lazy("First name"),
        [InputRequired(lazy("Please give the first name.")), Length(max=120)],
        description=lazy("In Latin letters, as on the identity document."),
    )
    family_name = TextField(lazy("Surname"), [InputRequired(lazy("Please give the surname.")), Length(max=120)])
    quality = TextField(
        lazy("Function"),
        [InputRequired(lazy("Please give the function: it is printed on the badge.")), Length(max=300)],
        description=lazy("As it should read on the badge."),
    )
    email = EmailField(
        lazy("E-mail address"),
        [
            InputRequired(lazy("Please give an address: the confirmation goes there.")),
            Length(max=254),
            Email(lazy("This address is not complete. Example: name@town.fr")),
        ],
        description=lazy("The confirmation and the entrance code go to this address."),
        filters=[_trimmed],
    )

    def representative(self) -> Representative:
        """Who was named."""
        return _representative(self)


class DeclineForm(Form):
    """Why not, if one likes to say."""

    answer = HiddenField(default="decline")
    reason = LongTextField(
        lazy("Reason (optional)"),
        [Optional(), Length(max=500)],
        description=lazy("The organiser reads it; it appears nowhere else."),
    )


class KeyInForm(Form):
    """An answer received by mail, telephone or on paper."""

    answer = RadioField(
        lazy("Answer"), [InputRequired(lazy("Please choose one of the three answers."))], choices=options(ANSWERS)
    )
    road = RadioField(
        lazy("How it was received"), [InputRequired(lazy("Please say how it was received."))], choices=options(ROADS)
    )
    received_at = DateTimeLocalField(
        lazy("Received on"),
        [InputRequired(lazy("Please give the day and the hour of receipt."))],
        format="%Y-%m-%dT%H:%M",
        description=lazy("The hour of receipt counts against the deadline, in the event’s zone."),
    )
    late_reason = LongTextField(
        lazy("If it came after the deadline: why it is taken"),
        [Optional(), Length(max=500)],
        description=lazy("The reason stays in the journal."),
    )
    reason = LongTextField(lazy("Reason given for the absence"), [Optional(), Length(max=500)])
    civility = RadioField(lazy("Form of address"), [Optional()], choices=options(CIVILITIES), default="")
    given_name = TextField(lazy("First name"), [Optional(), Length(max=120)])
    family_name = TextField(lazy("Surname"), [Optional(), Length(max=120)])
    quality = TextField(lazy("Function"), [Optional(), Length(max=300)])
    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Length(max=254), Email(lazy("This address is not complete. Example: name@town.fr"))],
        description=lazy("Without one, letters go to the address of the invitation."),
        filters=[_trimmed],
    )

    def expect(self, answer: str | None, road: str | None, at: datetime) -> None:
        """Fill in what is most likely: the answer clicked on, the road of the last one keyed in, this instant."""
        self.answer.data = answer if answer in dict(ANSWERS) else None
        self.road.data = road if road in dict(ROADS) else "mail"
        self.received_at.data = at

    def validate(self, extra_validators: Any = None) -> bool:
        """A representative needs a name."""
        is_valid = bool(super().validate(extra_validators))
        if self.answer.data == "represented" and not (self.given_name.data or self.family_name.data):
            self.family_name.errors = [_("Please say who comes instead.")]
            return False
        return is_valid

    def representative(self) -> Representative | None:
        """Who was named, if the answer names somebody."""
        return _representative(self) if self.answer.data == "represented" else None

    def receipt(self, zone: str) -> Receipt:
        """By which road and when; the hour typed is the hour of `zone`."""
        typed: datetime = self.received_at.data
        at = typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return Receipt(self.road.data, at, self.late_reason.data or "")


class RegistrationFilter(Form):
    """Narrows the list of registrations; changes nothing, so it needs no CSRF token."""

    class Meta(Form.Meta):
        """GET."""

        csrf = False

    q = TextField(lazy("Name"))
    state = SelectField(lazy("State"), validate_choice=False)
    category = SelectField(lazy("Category"), validate_choice=False)

    def offer(self, event: Event) -> "RegistrationFilter":
        """The same form with the event's choices."""
        everyone: tuple[str, Any] = ("", lazy("All"))
        self.state.choices = options([everyone, *((key, word) for key, (_chip, word) in STATE_WORDS.items())])
        self.category.choices = options([everyone, *((c.key, here(c.name)) for c in event.categories)])
        return self

    def narrowing(self) -> dict[str, str]:
        """Keywords of `page_of_registrations`."""
        return {"words": self.q.data or "", "state": self.state.data or "", "category": self.category.data or ""}


def _representative(form: Any) -> Representative:
    names = Names(
        given=form.given_name.data or "", family=form.family_name.data or "", civility=form.civility.data or ""
    )
    return Representative(names, form.quality.data or "", form.email.data or "")
