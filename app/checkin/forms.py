"""Forms of the desk."""

import re
from collections.abc import Sequence
from typing import ClassVar

from wtforms.fields import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp

from app.checkin.answers import DOCUMENT_WORDS
from app.checkin.rows import NONCE, ROADS
from app.directory.service import Names
from app.events.models import Event
from app.forms import Form, TextField
from app.i18n import LazyText, here, lazy
from app.registration.representatives import Representative

REASON = lazy("Why")


class OpenDeskForm(Form):
    """Where this phone or computer stands."""

    gate = TextField(
        lazy("Name of this desk"),
        [DataRequired(), Length(max=80)],
        description=lazy("For example: Gate 1 · Desk 3. It is said when a guest comes twice."),
    )


class RequestForm(Form):
    """What every gesture at a desk carries: a nonce, and the road it came by."""

    nonce = HiddenField(validators=[InputRequired(), Regexp(re.compile(rf"^{NONCE.pattern}$"))])
    road = HiddenField(default="typed", validators=[AnyOf(ROADS)])
    direction = HiddenField(default="in", validators=[AnyOf(("in", "out"))])


class ScanForm(RequestForm):
    """A code that was scanned or typed, or someone chosen from a search."""

    code = TextField(lazy("Code under the QR"), [Length(max=200)])
    registration = HiddenField(validators=[Length(max=26)])


class AdmitForm(RequestForm):
    """The decision on the person shown: let in (with the document seen) or does not match."""

    registration = HiddenField(validators=[InputRequired(), Length(max=26)])
    document = RadioField(
        lazy("Document shown"),
        choices=[SelectChoice(kind, words) for kind, words in DOCUMENT_WORDS.items()],
        validate_choice=False,
    )
    decision = HiddenField(default="admit", validators=[AnyOf(("admit", "differs"))])


class UndoForm(RequestForm):
    """Take the last admission back."""

    registration = HiddenField(validators=[InputRequired(), Length(max=26)])


class RemarkForm(RequestForm):
    """What an "already in" was."""

    registration = HiddenField(validators=[InputRequired(), Length(max=26)])
    remark = HiddenField(validators=[AnyOf(("returned", "copy_suspected"))])


class AnywayForm(RequestForm):
    """A lead lets somebody in against the rule, or takes an admission back."""

    refusals: ClassVar = {"ReasonMissing": "reason", "DocumentMissing": "document"}
    reason = TextField(REASON, [Length(max=300)], description=lazy("It is kept beside the passage."))
    document = SelectField(lazy("Document shown"), validate_choice=False)
    undo = HiddenField()

    def offer(self, documents: Sequence[tuple[str, LazyText]], *, is_asked: bool) -> None:
        """The kinds of document taken, and that none was asked for."""
        waived = SelectChoice("waived", lazy("None: I vouch for this person"))
        listed = [SelectChoice(kind, words) for kind, words in documents]
        self.document.choices = [*listed, waived] if is_asked else []


class PersonForm(Form):
    """A person named at the door."""

    refusals: ClassVar = {
        "NameMissing": "family", "AlreadyComing": "family", "OneSelf": "family", "ReasonMissing": "reason",
        "NoPlaceLeft": "over",
    }  # fmt: skip
    given = TextField(lazy("First name"), [Length(max=120)])
    family = TextField(lazy("Last name"), [DataRequired(), Length(max=120)])
    quality = TextField(lazy("Function"), [Length(max=300)])

    def who(self) -> Representative:
        """Who was typed."""
        return Representative(Names(self.given.data or "", self.family.data or ""), self.quality.data or "")


class InsteadForm(PersonForm):
    """Somebody comes instead of the guest, one for one."""

    reason = TextField(REASON, [Length(max=300)])


class WalkInForm(PersonForm):
    """Somebody who is on no list."""

    category = SelectField(lazy("Category"))
    over = TextField(
        lazy("Why over the quota"), [Length(max=300)], description=lazy("Only when no place is left in this category.")
    )


def walk_in_form(event: Event) -> WalkInForm:
    """The form with the categories of an event."""
    form = WalkInForm()
    form.category.choices = [SelectChoice(category.key, here(category.name)) for category in event.categories]
    return form


class PartyForm(RequestForm):
    """Who of those who came together is here, and the kind of document each showed."""

    refusals: ClassVar = {"NobodyTicked": "people", "DocumentMissing": "document"}
    people = SelectMultipleField(lazy("Who is here"), validate_choice=False)
    document = SelectField(lazy("Document each of them showed"), validate_choice=False)

    def offer(self, documents: Sequence[tuple[str, LazyText]], event: Event) -> None:
        """The kinds of document taken, where identities are checked."""
        listed = [SelectChoice("", lazy("Choose…")), *(SelectChoice(kind, words) for kind, words in documents)]
        self.document.choices = listed if event.id_check else []
