"""Forms of events: the settings of an edition, the next edition."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms.fields import BooleanField, DateField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.events.beginnings import Beginning
from app.events.categories import Sort
from app.events.forms_deadline import OF_CATEGORY, DeadlineForm, typed_limit
from app.events.limits import own_limit
from app.events.models import Category, Event
from app.events.settings import EventSettings, Place, list_refusals, settings_of
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import here, lazy

_LINE, _TEXT = [Length(max=200)], [Length(max=8000)]
_TEXTS = ("title", "subtitle", "description", "practical")
_LINES = ("organiser", "organiser_parent", "mailbox", "legal_footer")
_SAME = (*_LINES, "capacity", "grace_minutes", "id_check", "is_public", "accent")
_PAIRED_PLACE = ("directions", "accessibility")
# In the order of app.palette.CATEGORY_COLOURS.
_COLOURS = [
    SelectChoice(number, words)
    for number, words in enumerate(
        (
            lazy("Blue"), lazy("Green"), lazy("Violet"), lazy("Brick"), lazy("Ochre"), lazy("Teal"),
            lazy("Plum"), lazy("Slate"), lazy("Brown"), lazy("Olive"), lazy("Azure"), lazy("Ink"),
        ),
        start=1,
    )
]  # fmt: skip
_SHAPES = (
    ("disc", lazy("Disc")),
    ("square", lazy("Square")),
    ("triangle", lazy("Triangle")),
    ("diamond", lazy("Diamond")),
    ("star", lazy("Star")),
    ("bar", lazy("Bar")),
)


class SettingsForm(DeadlineForm):
    """What an organiser may change of an event; one quota a category is added by `settings_form`."""

    refusals: ClassVar = {
        "TitleMissing": "title_fr",
        "EndBeforeStart": "last_day",
        "DoorsAfterStart": "doors",
        "DeadlineAfterEvent": "deadline_day",
        "UnreadableAccent": "accent",
    }
    event: ClassVar[Event]
    title_fr = TextField(lazy("Title in French"), _LINE)
    title_en = TextField(lazy("Title in English"), _LINE)
    subtitle_fr = TextField(lazy("Subtitle in French"), _LINE)
    subtitle_en = TextField(lazy("Subtitle in English"), _LINE)
    description_fr = LongTextField(lazy("Presentation in French"), _TEXT)
    description_en = LongTextField(lazy("Presentation in English"), _TEXT)
    practical_fr = LongTextField(lazy("Practical information in French"), _TEXT)
    practical_en = LongTextField(lazy("Practical information in English"), _TEXT)
    first_day = DateField(lazy("First day"), [InputRequired()])
    starts = TimeField(lazy("Begins at"), [Optional()], description=lazy("Leave empty while only the day is known."))
    last_day = DateField(lazy("Last day"), [Optional()], description=lazy("Empty: the same day."))
    ends = TimeField(lazy("Ends at"), [Optional()], description=lazy("May stay unsaid."))
    doors = TimeField(lazy("Doors open at"), [Optional()])
    venue_name = TextField(lazy("Place"), _LINE)
    venue_street = TextField(lazy("Street"), _LINE)
    venue_postcode = TextField(lazy("Postcode"), [Length(max=12)])
    venue_city = TextField(lazy("City"), [Length(max=100)])
    directions_fr = LongTextField(lazy("How to come, in French"), _TEXT)
    directions_en = LongTextField(lazy("How to come, in English"), _TEXT)
    accessibility_fr = LongTextField(lazy("Accessibility, in French"), _TEXT)
    accessibility_en = LongTextField(lazy("Accessibility, in English"), _TEXT)
    capacity = IntegerField(
        lazy("Places"), [Optional(), NumberRange(0, 100_000)], description=lazy("Empty: not limited.")
    )
    grace_minutes = IntegerField(
        lazy("Minutes of grace"),
        [Optional(), NumberRange(0, 60)],
        description=lazy("After the deadline, for whoever opened the form in time and was still typing. 0: none."),
    )
    id_check = BooleanField(lazy("An identity document is checked at the entrance"))
    is_public = BooleanField(lazy("Anyone may read the event’s page"))
    accent = TextField(
        lazy("Colour"),
        [Length(max=7)],
        description=lazy("Of the event’s pages, badges and letters; dark enough for white text."),
    )
    organiser = TextField(lazy("Organiser"), _LINE)
    organiser_parent = TextField(lazy("Parent body"), _LINE)
    mailbox = TextField(lazy("Mailbox for questions"), [Optional(), Email(), Length(max=254)])
    legal_footer = TextField(lazy("Line at the foot of letters"), [Length(max=400)])

    def validate(self, **more: Any) -> bool:
        """Every rule that would refuse is told at once."""
        is_valid = super().validate(**more)
        found = list_refusals(self.event, settings_typed(self, self.event)) if self.first_day.data else []
        for refusal in found:
            self.tell(refusal)
        return is_valid and not found


def settings_form(event: Event, *, is_filled: bool) -> SettingsForm:
    """The form of an event, with a quota for each category; filled with what holds now."""
    quotas = {
        quota_field(category.key): IntegerField(here(category.name), [Optional(), NumberRange(0, 100_000)])
        for category in event.categories
    }
    form = type("EventSettingsForm", (SettingsForm,), {**quotas, "event": event})
    return form(data=_as_typed(event)) if is_filled else form()


def quota_field(key: str) -> str:
    """Name of the field that holds a category's quota."""
    return f"quota_{key.replace('-', '_')}"


def _as_typed(event: Event) -> dict[str, Any]:
    settings, zone = settings_of(event), ZoneInfo(event.timezone)
    begins = settings.starts_at.astimezone(zone)
    is_timed = event.date_precision == "minute"
    typed: dict[str, Any] = {
        **{name: getattr(settings, name) for name in _SAME},
        "first_day": begins.date(),
        "starts": begins.time() if is_timed else None,
        "doors": _clock(settings.doors_open_at, zone),
        **{quota_field(key): quota for key, quota in settings.quotas.items()},
        **{f"venue_{name}": getattr(settings.place, name) for name in ("name", "street", "postcode", "city")},
    }  # fmt: skip
    for name in _TEXTS:
        typed |= _pair(name, getattr(settings, name))
    for name in _PAIRED_PLACE:
        typed |= _pair(name, getattr(settings.place, name))
    return {**typed, **_typed_end(settings, zone, is_timed=is_timed), **typed_limit(settings.deadline)}


def _pair(name: str, text: Any) -> dict[str, str]:
    return {f"{name}_fr": text.fr, f"{name}_en": text.en}


def _clock(instant: datetime | None, zone: ZoneInfo) -> time | None:
    return instant.astimezone(zone).time() if instant else None


def _typed_end(settings: EventSettings, zone: ZoneInfo, *, is_timed: bool) -> dict[str, Any]:
    if settings.ends_at is None:
        return {}
    ends = settings.ends_at.astimezone(zone)
    if not is_timed:
        return {"last_day": (ends - timedelta(seconds=1)).date()}
    same = ends.date() == settings.starts_at.astimezone(zone).date()
    return {"ends": ends.time(), "last_day": None if same else ends.date()}


def settings_typed(form: SettingsForm, event: Event) -> EventSettings:
    """What a valid form says, as the rules take it: hours of the event's zone become instants."""
    zone, day, hour = ZoneInfo(event.timezone), form.first_day.data, form.starts.data
    plain = {name: form[name].data or "" for name in _LINES}
    return EventSettings(
        title=bilingual(form, "title"),
        subtitle=bilingual(form, "subtitle"),
        description=bilingual(form, "description"),
        practical=bilingual(form, "practical"),
        starts_at=datetime.combine(day, hour or time(0), zone),
        date_precision="minute" if hour else "day",
        ends_at=_end(form, zone),
        doors_open_at=datetime.combine(day, form.doors.data, zone) if form.doors.data and hour else None,
        place=_place(form),
        quotas={c.key: form[quota_field(c.key)].data for c in event.categories},
        deadline=form.limit(),
        grace_minutes=form.grace_minutes.data or 0,
        capacity=form.capacity.data,
        id_check=form.id_check.data,
        is_public=form.is_public.data,
        accent=form.accent.data or event.accent,
        organiser=plain["organiser"],
        organiser_parent=plain["organiser_parent"],
        mailbox=plain["mailbox"],
        legal_footer=plain["legal_footer"],
    )


def _place(form: SettingsForm) -> Place:
    line = {name: form[f"venue_{name}"].data or "" for name in ("name", "street", "postcode", "city")}
    return Place(
        name=line["name"],
        street=line["street"],
        postcode=line["postcode"],
        city=line["city"],
        directions=bilingual(form, "directions"),
        accessibility=bilingual(form, "accessibility"),
    )


def _end(form: SettingsForm, zone: ZoneInfo) -> datetime | None:
    """Without hours the last day counts whole; with hours an end may stay unsaid."""
    last = form.last_day.data
    if form.starts.data is None:
        return datetime.combine(last + timedelta(days=1), time(0), zone) if last else None
    if form.ends.data is None:
        return datetime.combine(last, time(23, 59), zone) if last else None
    return datetime.combine(last or form.first_day.data, form.ends.data, zone)


class NewEditionForm(Form):
    """The next edition: its first day."""

    refusals: ClassVar = {"DateInThePast": "starts_on", "AddressInUse": "slug"}
    starts_on = DateField(lazy("First day"), [InputRequired()])
    slug = TextField(
        lazy("Address of its page"),
        [Length(max=60)],
        description=lazy("Small letters, digits and hyphens. Empty: made from the series and the year."),
    )


class NewEventForm(Form):
    """A first event: how it is called, its day."""

    refusals: ClassVar = {"TitleMissing": "title_fr", "DateInThePast": "starts_on", "AddressInUse": "slug"}
    title_fr = TextField(lazy("Title in French"), _LINE)
    title_en = TextField(lazy("Title in English"), _LINE)
    starts_on = DateField(lazy("First day"), [InputRequired()])
    slug = TextField(
        lazy("Address of its page"),
        [Length(max=60)],
        description=lazy("Small letters, digits and hyphens. Empty: made from the title and the year."),
    )

    def beginning(self) -> Beginning:
        """What a valid form says."""
        return Beginning(bilingual(self, "title"), self.starts_on.data, self.slug.data or "")


class CategoryForm(DeadlineForm):
    """A category: its word, places, colour and shape, and a deadline of its own."""

    refusals: ClassVar = {"CategoryNameMissing": "name_fr", "DeadlineAfterEvent": "deadline_day"}
    deadline = RadioField(lazy("Answers are taken"), choices=options(OF_CATEGORY), default="none")
    name_fr = TextField(lazy("Name in French"), [Length(max=60)])
    name_en = TextField(lazy("Name in English"), [Length(max=60)])
    quota = IntegerField(lazy("Places"), [Optional(), NumberRange(0, 100_000)], description=lazy("Empty: not limited."))
    palette = SelectField(lazy("Colour"), coerce=int, choices=_COLOURS)
    shape = SelectField(lazy("Shape"), choices=options(_SHAPES))

    def sort(self) -> Sort:
        """What a valid form says."""
        return Sort(bilingual(self, "name"), self.quota.data, self.palette.data, self.shape.data)


def category_form(category: Category) -> CategoryForm:
    """The form of a category, filled with what holds now."""
    held = {name: getattr(category, name) for name in ("quota", "palette", "shape")}
    names = {"name_fr": category.name.fr, "name_en": category.name.en}
    return CategoryForm(data={**names, **held, **typed_limit(own_limit(category))})
