"""Forms of waves, reminders, the rules of a mailing and the terms of one invitation."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms.fields import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.columns import Bilingual
from app.directory.models import Office
from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import lazy
from app.invitations.forms import category_choices
from app.invitations.models import MOST_COMPANIONS, Campaign
from app.invitations.reminders import REMINDABLE
from app.invitations.terms import Terms
from app.invitations.words import CHANNELS, STATE_WORDS


class CampaignForm(Form):
    """A wave: its name and the day it is meant to leave."""

    refusals: ClassVar[Mapping[str, str]] = {"NameTaken": "name"}

    name = TextField(
        lazy("Name of the wave"),
        [InputRequired(), Length(max=60)],
        description=lazy("A, B, C, or “Members of Parliament, January”."),
    )
    planned_on = DateField(
        lazy("Day it is meant to leave"),
        [Optional()],
        description=lazy("A reminder for you: nothing leaves by itself."),
    )


class FillForm(Form):
    """Puts the drafts of one category into a wave."""

    category = SelectField(lazy("Category"), [InputRequired()])

    def offer(self, event: Event, addable: dict[int, int]) -> "FillForm":
        """The same form with the categories that have drafts in no wave, and how many."""
        ids = {category.key: category.id for category in event.categories}
        self.category.choices = options(
            [(key, f"{name} ({addable[ids[key]]})") for key, name in category_choices(event) if addable.get(ids[key])]
        )
        return self


class SendBackForm(Form):
    """Why a wave is not approved."""

    refusals: ClassVar[Mapping[str, str]] = {"NoReason": "reason"}

    reason = LongTextField(lazy("What is to be changed"), [Length(max=500)])


class RulesForm(Form):
    """How the letters of an event leave."""

    requires_approval = BooleanField(
        lazy("No invitation leaves without a second person’s approval"),
        description=lazy("Then every guest must be in a wave. Otherwise only waves are approved."),
    )
    shared_mailbox = RadioField(
        lazy("Several guests behind one e-mail address"),
        choices=options(
            [
                ("each", lazy("One mail for each guest")),
                ("digest", lazy("One mail with the letters and the links of all")),
            ]
        ),
    )


class ReminderForm(Form):
    """A dated letter to those who have not answered."""

    refusals: ClassVar[Mapping[str, str]] = {"SameDay": "days_before", "NobodyChosen": "states"}

    days_before = IntegerField(
        lazy("Days before the deadline"),
        [InputRequired(), NumberRange(0, 90)],
        default=5,
        description=lazy(
            "0: the last day itself. It leaves at nine in the morning, for each guest by their own deadline."
        ),
    )
    states = SelectMultipleField(
        lazy("To those who have not answered"),
        choices=options([(state, STATE_WORDS[state][1]) for state in REMINDABLE]),
        default=list(REMINDABLE),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note_fr = LongTextField(lazy("A sentence of yours, in French"), [Length(max=600)])
    note_en = LongTextField(lazy("A sentence of yours, in English"), [Length(max=600)])

    def note(self) -> Bilingual:
        """What the organiser adds."""
        return bilingual(self, "note")


class RemindNowForm(Form):
    """A reminder that leaves at once."""

    note_fr = LongTextField(lazy("A sentence of yours, in French"), [Length(max=600)])
    note_en = LongTextField(lazy("A sentence of yours, in English"), [Length(max=600)])

    def note(self) -> Bilingual:
        """What the organiser adds."""
        return bilingual(self, "note")


class TermsForm(Form):
    """On which terms one person is invited."""

    refusals: ClassVar[Mapping[str, str]] = {"DeadlineAfterTheEvent": "deadline_day"}

    campaign = SelectField(lazy("Wave"), validate_choice=False)
    channel = SelectField(lazy("The letter travels"), choices=options([*CHANNELS.items()]))
    companions_allowed = IntegerField(
        lazy("Companions allowed"),
        [InputRequired(), NumberRange(0, MOST_COMPANIONS)],
        description=lazy("Each is named on the answer page and counts as a place."),
    )
    is_transferable = BooleanField(
        lazy("Somebody may come in their name"), description=lazy("Off: this person, or nobody.")
    )
    deadline_day = DateField(
        lazy("Their own deadline"), [Optional()], description=lazy("Empty: the event’s. This day is still included.")
    )
    deadline_time = TimeField(
        lazy("Until what hour of that day"), [Optional()], description=lazy("Empty: until the end of the day.")
    )

    def offer(self, campaigns: list[Campaign]) -> "TermsForm":
        """The same form with the waves of the event."""
        self.campaign.choices = options([("", lazy("In no wave")), *((one.public_id, one.name) for one in campaigns)])
        return self

    def validate_deadline_time(self, field: Any) -> None:
        """An hour belongs to a day."""
        if field.data and not self.deadline_day.data:
            raise ValidationError(lazy("Please give the day as well."))

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(
            channel=self.channel.data,
            companions_allowed=self.companions_allowed.data or 0,
            is_transferable=bool(self.is_transferable.data),
            deadline_day=self.deadline_day.data,
            deadline_time=self.deadline_time.data,
        )


class OfficeForm(Form):
    """Which office is invited; whoever holds it on the day is meant."""

    refusals: ClassVar[Mapping[str, str]] = {"OfficeVacant": "office", "AlreadyInvited": "office"}

    office = SelectField(lazy("Office"), [InputRequired(lazy("Please choose an office."))], validate_choice=False)
    category = SelectField(lazy("Category"), [InputRequired()])

    def offer(self, event: Event, offices: Sequence[Office]) -> "OfficeForm":
        """The same form with the offices found and the event's categories."""
        self.office.choices = options([(one.public_id, _office_words(one)) for one in offices])
        self.category.choices = options(category_choices(event))
        return self


def _office_words(office: Office) -> str:
    title, body = office.title_for(""), office.organisation.name
    return title if body in title else f"{title} ({body})"
