"""Forms of the lists that secretariats send."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired, Length

from app.events.models import Event
from app.forms import Form, TextField, options
from app.guest_list import FIELDS, SKIP, Chosen, Seen
from app.i18n import _, lazy
from app.invitations.forms import LANGUAGE_CHOICES, category_choices
from app.invitations.list_words import FIELD_WORDS


class ListForm(Form):
    """A list of guests to take in."""

    file = FileField(
        lazy("File"),
        [FileRequired(lazy("Please choose a file."))],
        description=lazy("CSV, TSV, XLSX, XLS or ODS, as your spreadsheet saves it, 20 MB at most."),
    )
    sender = TextField(
        lazy("Who sent it"),
        [Length(max=200)],
        description=lazy("For example “Cabinet de la maire”. What its columns hold is remembered under this name."),
    )
    category = SelectField(
        lazy("Category"), [InputRequired()], description=lazy("For new guests whose row names no category.")
    )
    language = SelectField(
        lazy("Language of letters"),
        choices=options(LANGUAGE_CHOICES),
        description=lazy("For new guests whose row says no language."),
    )

    def offer(self, event: Event) -> "ListForm":
        """The same form with the event's categories."""
        self.category.choices = options(category_choices(event))
        return self


class LayoutForm(Form):
    """Which sheet, which line names the columns, and what each column holds.

    The columns are selects of their own (`column-0`, `column-1`…), as many as the list has.
    """

    sheet = SelectField(lazy("Sheet"), validate_choice=False)
    header = SelectField(lazy("Line that names the columns"), coerce=int, validate_choice=False)

    def show(self, seen: Seen) -> "LayoutForm":
        """The same form with what the list offers, and what it was read as."""
        self.sheet.choices = options((name, f"{name} ({rows})") for name, rows in seen.sheets)
        lines = [(number, _shortened(row)) for number, row in enumerate(seen.top, start=1) if any(row)]
        if seen.header > len(seen.top):
            lines.append((seen.header, " · ".join(title for title, _field, _samples in seen.columns)))
        named = [(str(number), f"{number}: {words}") for number, words in lines]
        self.header.choices = options([*named, ("0", _("None: the first line is a guest already"))])
        if not self.is_submitted():
            self.sheet.data, self.header.data = seen.sheet, seen.header
        return self

    def chosen(self, seen: Seen, values: Any) -> Chosen:
        """What was decided. Another sheet or another line has other columns: those are told anew."""
        sheet, header = self.sheet.data or seen.sheet, self.header.data
        if sheet != seen.sheet:
            return Chosen(sheet=sheet)
        if header != seen.header:
            return Chosen(sheet=sheet, header=header)
        fields = [values.get(f"column-{number}", held) for number, (_t, held, _s) in enumerate(seen.columns)]
        known = {"", SKIP, "reference", *FIELDS}
        return Chosen(sheet, header, tuple(held if held in known else "" for held in fields))


def _shortened(row: Sequence[str]) -> str:
    return " · ".join(cell for cell in row if cell)[:90]


def field_choices(held: str) -> list[tuple[str, str]]:
    """What a column may hold, as (value, words); our own reference only where it stands already."""
    names = [*FIELDS, "reference"] if held == "reference" else list(FIELDS)
    return [(name, str(FIELD_WORDS[name])) for name in ("", SKIP, *names)]
