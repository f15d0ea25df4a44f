"""Rules of wordings: only known placeholders, both languages or one, signatories in order."""

from dataclasses import dataclass
from datetime import date, datetime

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.letters.models import LetterTemplate
from app.letters.placeholders import check_placeholders
from app.letters.queries import find_own_template
from app.letters.signing import sign
from app.letters.wording import DATE_STYLES, FACTS, KINDS, TEXTS, Signature


class NoText(Refusal):
    """A letter says something in at least one language."""

    message = lazy("A letter needs a subject and a text in French or in English.")
    status = 422


class HalfALetter(Refusal):
    """A letter never mixes two languages."""

    message = lazy("The subject and the text must be written in the same languages.")
    status = 422


@dataclass(frozen=True)
class Text:
    """All an organiser writes of a letter; see LetterTemplate for each field's meaning."""

    subject: Bilingual
    body: Bilingual
    closing: Bilingual = Bilingual()
    salutation: Bilingual = Bilingual()
    motto: Bilingual = Bilingual()
    letterhead: Bilingual = Bilingual()
    heading: Bilingual = Bilingual()
    announcement: Bilingual = Bilingual()
    enclosures: Bilingual = Bilingual()
    place: str = ""
    date_style: str = "long"
    dated_on: date | None = None
    reference: str = ""
    prints_object: bool = False
    has_addressee: bool = True
    signatories: tuple[Signature, ...] = ()


def word(
    event: Event, kind: str, category: Category | None, text: Text, *, actor: Actor, at: datetime
) -> LetterTemplate:
    """Give a kind of letter its wording, for one category or (None) for all without their own.

    Letters already queued are written with it too. Raises UnknownPlaceholder, NoText, HalfALetter.
    """
    _check(kind, text)
    template = find_own_template(event, kind, category)
    if template is None:
        template = LetterTemplate(event_id=event.id, kind=kind, category_id=category.id if category else None)
        db.session.add(template)
    before = {"subject": template.subject.fr} if template.subject else {}
    put_on(template, text)
    db.session.flush()
    record(
        actor, "wording.changed", kind="letter", id=template.public_id, name=text.subject.get("fr"),
        topic=event.public_id, at=at, before=before,
        after={"kind": kind, "category": category.key if category else ""},
    )  # fmt: skip
    return template


def forget_wording(event: Event, kind: str, category: Category | None, *, actor: Actor, at: datetime) -> bool:
    """Return to the wording above (the event's, or the default). Answers whether there was one."""
    template = find_own_template(event, kind, category)
    if template is None:
        return False
    record(
        actor, "wording.dropped", kind="letter", id=template.public_id,
        name=template.subject.get("fr"), topic=event.public_id, at=at,
    )  # fmt: skip
    sign(template, ())
    db.session.delete(template)
    return True


def put_on(template: LetterTemplate, text: Text) -> LetterTemplate:
    """`template`, stored or not, saying `text`; signatures scanned before stay with the names they belong to."""
    for name in (*TEXTS, *FACTS):
        setattr(template, name, getattr(text, name))
    sign(template, text.signatories)
    return template


def _check(kind: str, text: Text) -> None:
    if kind not in KINDS or text.date_style not in DATE_STYLES:
        raise ValueError(kind)
    for name in TEXTS:
        written = getattr(text, name)
        for words in (written.fr, written.en):
            check_placeholders(words)
    if not text.body or not text.subject:
        raise NoText
    if (bool(text.body.fr), bool(text.body.en)) != (bool(text.subject.fr), bool(text.subject.en)):
        raise HalfALetter
