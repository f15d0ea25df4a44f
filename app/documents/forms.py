"""Forms of the library."""

from datetime import UTC, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField
from wtforms.validators import Length, Optional

from app.columns import Bilingual
from app.documents.models import Document
from app.documents.service import Upload
from app.documents.words import KIND_WORDS
from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import lazy

LANGUAGES = (("fr", "Français"), ("en", "English"))
PLACES = (
    ("event", lazy("this event")),
    ("series", lazy("its series, for every edition")),
    ("organisation", lazy("an organisation")),
    ("nothing", lazy("nothing: the library alone")),
)


class DocumentForm(Form):
    """What a document is called and attached to."""

    refusals: ClassVar = {"NoTitle": "title_fr", "UnknownOrganisation": "organisation"}

    kind = SelectField(lazy("Kind"), choices=options(KIND_WORDS.items()))
    title_fr = TextField(lazy("Title in French"), [Length(max=200)])
    title_en = TextField(lazy("Title in English"), [Length(max=200)])
    summary_fr = LongTextField(lazy("What is in it, in French"), [Length(max=600)])
    summary_en = LongTextField(lazy("What is in it, in English"), [Length(max=600)])
    place = SelectField(lazy("Attached to"))
    organisation = TextField(
        lazy("Which organisation"), [Length(max=300)], description=lazy("Its name as in the directory.")
    )

    def offer(self, event: Event) -> "DocumentForm":
        """The same form with what a document of this event may be attached to."""
        self.place.choices = options(pair for pair in PLACES if pair[0] != "series" or event.series_id)
        return self

    def show(self, document: Document) -> "DocumentForm":
        """The same form holding a document."""
        self.kind.data = document.kind
        for name in ("title", "summary"):
            text = getattr(document, name)
            self[f"{name}_fr"].data, self[f"{name}_en"].data = text.fr, text.en
        held = {"event": document.event_id, "series": document.series_id, "organisation": document.organisation_id}
        self.place.data = next((name for name, value in held.items() if value), "nothing")
        self.organisation.data = document.organisation.name if document.organisation else ""
        return self

    def text(self) -> tuple[str, Bilingual, Bilingual]:
        """Kind, title and summary."""
        return self.kind.data, bilingual(self, "title"), bilingual(self, "summary")


class VersionForm(Form):
    """A file: another version in its language."""

    refusals: ClassVar = dict.fromkeys(("NotADocument", "HoldsMacros", "TooLarge", "SameFile"), "file")

    file = FileField(lazy("File"), [FileRequired(lazy("Choose a file."))], description=lazy("20 MB at most."))
    language = SelectField(lazy("Language"), choices=options(LANGUAGES))
    remark = TextField(lazy("What changed"), [Length(max=300)], description=lazy("For the organisers only."))

    def upload(self) -> Upload:
        """The file as it came."""
        return Upload(self.language.data, self.file.data.filename or "", self.file.data.read())


class PublishFileForm(Form):
    """From when anyone may download a version."""

    since = DateField(lazy("From"), [Optional()], description=lazy("Left empty: from now on."))

    def instant(self, event: Event, at: datetime) -> datetime:
        """The first instant of that day where the event takes place, or `at`."""
        if not self.since.data:
            return at
        return datetime.combine(self.since.data, time(), ZoneInfo(event.timezone)).astimezone(UTC)
