"""A wording shown on real guests before anything leaves: whose letter it is, what it says to one of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.events.models import Category, Event
from app.i18n import _, in_language
from app.letters.addressees import Addressee, Narrowing, list_addressees
from app.letters.drawing import Sheet, write_letter
from app.letters.gaps import Gap, list_gaps
from app.letters.models import LetterTemplate
from app.letters.placeholders import Recipient
from app.letters.queries import list_templates
from app.letters.service import Text
from app.letters.wording import Wording, worded, wording_for, wording_of

# Guests looked at for words that are empty; more would make the page slow.
MOST = 3000


def list_audience(event: Event, kind: str, category: Category | None) -> list[Addressee]:
    """Guests whose letter has this wording: a category's, or everyone's without one of their own."""
    if category:
        return list(list_addressees(event, Narrowing(category=category.key), limit=MOST))
    own = {one.category_id for one in list_templates(event) if one.kind == kind}
    return [one for one in list_addressees(event, Narrowing(), limit=MOST) if one.category_id not in own]


def find_reader(audience: Sequence[Addressee], event: Event, *, key: str, words: str = "") -> Addressee | None:
    """The guest of that key, or the first whose name holds `words`; None for the invented one."""
    if words:
        narrowing = Narrowing(words=words)
        return next(iter(list_addressees(event, narrowing, limit=1)), None)
    known = next((one for one in audience if one.key == key), None)
    if known or not key:
        return known
    return next(iter(list_addressees(event, Narrowing(keys=(key,)), limit=1)), None)


def list_holes(event: Event, kind: str, category: Category | None, audience: Sequence[Addressee]) -> list[Gap]:
    """Words in braces of the stored wording that are empty for someone of its audience."""
    return list_gaps(event, audience, lambda code: wording_for(event, category, code, kind))


def typed_wording(text: Text, template: LetterTemplate | None, language: str) -> Wording:
    """The wording as it stands in the form, with the signatures scanned so far."""
    spoken = text.body.language(language)
    scans: dict[str, Any] = {}
    if template is not None and template.id is not None:
        scans = {one.name: one.scan for one in worded(template, spoken).signatories}
    signatures = tuple(replace(one, scan=scans.get(one.name)) for one in text.signatories)
    return wording_of(text, spoken, signatures)


def shown_sheet(event: Event, wording: Wording, reader: Addressee | None, on: date) -> Sheet:
    """The letter one guest would get, or an invented one. The personal link is never shown."""
    recipient = reader.recipient if reader else sample(wording.language)
    return write_letter(wording, replace(recipient, link=""), event, on)


def sample(code: str) -> Recipient:
    """An invented invitee, to show a wording."""
    with in_language(code):
        region = _("President of the Example Region")
    return Recipient("Camille Exemple", "Camille EXEMPLE", "Mme", (region,), extra={})
