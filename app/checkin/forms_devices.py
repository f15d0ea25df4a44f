"""Forms of the lead: a code for a device, a gate, what the door asks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from wtforms.fields import BooleanField, DateTimeLocalField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app import when
from app.checkin.answers import DOCUMENT_WORDS
from app.checkin.enrolling import Wanted
from app.checkin.gates import GateWanted
from app.checkin.models import DOCUMENTS, DoorSettings, Gate
from app.events.models import Category, Event
from app.forms import Form, TextField, options
from app.i18n import here, language, lazy
from app.programme.models import Session

ROLES = (
    ("agent", lazy("Receives guests")),
    ("lead", lazy("Leads: lets in otherwise, replaces, registers on the spot")),
    ("observer", lazy("Sees the figures only")),
)
ENTRIES = (("day", lazy("Once each day")), ("once", lazy("Once in the whole event")))


class BoxesField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class EnrolForm(Form):
    """The eight characters that make this phone a desk."""

    refusals: ClassVar = {"EnrolmentOver": "code"}
    code = TextField(lazy("Code"), [DataRequired(), Length(max=20)])


class DeviceForm(Form):
    """A code for one device."""

    name = TextField(
        lazy("Who will hold it"),
        [DataRequired(), Length(max=80)],
        description=lazy("For example: Léa’s phone. The ledger says it beside each passage."),
    )
    role = RadioField(lazy("What it may do"), [InputRequired()], choices=options(ROLES), default="agent")
    gates = BoxesField(lazy("Gates"), description=lazy("None ticked: every gate."))
    days = BoxesField(lazy("Days"), description=lazy("None ticked: every day of the event."))

    def wanted(self) -> Wanted:
        """What was typed."""
        return Wanted(self.name.data or "", self.role.data, self.gates.data or (), self.days.data or ())


def device_form(gates: Sequence[Gate], days: Sequence[date]) -> DeviceForm:
    """The form with the gates and days of an event."""
    form = DeviceForm()
    form.gates.choices = [SelectChoice(gate.public_id, gate.name) for gate in gates]
    form.days.choices = [SelectChoice(day.isoformat(), when.day_words(day, language())) for day in days]
    return form


class GateForm(Form):
    """One gate and its rules; hours are those of the event's zone."""

    refusals: ClassVar = {"GateTaken": "name", "ClosesBeforeItOpens": "closes"}
    name = TextField(lazy("Name of the gate"), [DataRequired(), Length(max=80)])
    zone = TextField(
        lazy("Zone"),
        [Length(max=20)],
        description=lazy("Gates of one zone count as one entrance. Empty: the main entrance."),
    )
    session = SelectField(lazy("Door of a session"), description=lazy("Only who has a place there may pass."))
    rule = RadioField(lazy("A badge opens it"), [InputRequired()], choices=options(ENTRIES), default="day")
    categories = BoxesField(lazy("Who may pass"), description=lazy("None ticked: every category."))
    opens = DateTimeLocalField(lazy("Opens"), [Optional()])
    closes = DateTimeLocalField(lazy("Closes"), [Optional()])
    counts_exits = BooleanField(lazy("People are also scanned when they leave"))

    def wanted(self) -> GateWanted:
        """What was typed."""
        return GateWanted(
            self.name.data or "", self.zone.data or "", self.session.data or "", self.rule.data,
            self.categories.data or (), self.opens.data, self.closes.data, bool(self.counts_exits.data),
        )  # fmt: skip


def gate_form(event: Event, sessions: Sequence[Session], gate: Gate | None = None) -> GateForm:
    """The form of a new gate, or of one there is."""
    form = GateForm(data=_told(event, gate) if gate else None)
    form.categories.choices = [SelectChoice(category.key, here(category.name)) for category in event.categories]
    none = [SelectChoice("", lazy("None"))]
    form.session.choices = none + [SelectChoice(session.public_id, here(session.title)) for session in sessions]
    return form


def _told(event: Event, gate: Gate) -> dict[str, Any]:
    zone = when.ZoneInfo(event.timezone)

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone).replace(tzinfo=None) if at else None

    return {
        "name": gate.name, "zone": gate.zone, "session": gate.session.public_id if gate.session else "",
        "rule": gate.rule, "categories": list(gate.categories), "opens": local(gate.opens_at),
        "closes": local(gate.closes_at), "counts_exits": gate.counts_exits,
    }  # fmt: skip


class DoorForm(Form):
    """What the door asks; a field of days for each category is added by `door_form`."""

    documents = BoxesField(
        lazy("Documents taken"), description=lazy("None ticked: all of them. Only the kind is kept, never a number.")
    )
    categories: ClassVar[tuple[Category, ...]] = ()

    def chosen_days(self) -> dict[str, list[str]]:
        """Days by key of the category, those that are limited only."""
        return {c.key: self[f"days_{n}"].data for n, c in enumerate(self.categories) if self[f"days_{n}"].data}


def door_form(event: Event, days: Sequence[date], chosen: DoorSettings | None) -> DoorForm:
    """The form as the door stands. Days of categories are asked where the event has several."""
    listed = tuple(event.categories) if len(days) > 1 else ()
    fields: dict[str, Any] = {f"days_{n}": BoxesField(here(one.name)) for n, one in enumerate(listed)}
    data: dict[str, Any] = {"documents": list(chosen.documents) if chosen else []}
    for n, one in enumerate(listed):
        data[f"days_{n}"] = chosen.category_days.get(one.key, []) if chosen else []
    form: DoorForm = type("DoorFormOfEvent", (DoorForm,), {**fields, "categories": listed})(data=data)
    form.documents.choices = [SelectChoice(kind, DOCUMENT_WORDS[kind]) for kind in DOCUMENTS]
    for n in range(len(listed)):
        form[f"days_{n}"].choices = [SelectChoice(day.isoformat(), when.day_words(day, language())) for day in days]
    return form


class NoteForm(Form):
    """What the desk must do for one guest."""

    refusals: ClassVar = {"NotOneGuest": "guest", "NoGuest": "guest", "SearchTooShort": "guest"}
    guest = TextField(
        lazy("Guest"), [DataRequired(), Length(max=200)], description=lazy("Part of the name, at least three letters.")
    )
    words = TextField(
        lazy("What the desk reads"),
        [Length(max=120)],
        description=lazy("For example: escort to row A. Empty: nothing any more."),
    )
    is_vip = BooleanField(lazy("The lead looks out for this guest"))
