"""A letter written out for one person: its sheet in plain values, and the PDF job that draws it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.directory.protocol import courtesy_title
from app.events.models import Event
from app.i18n import _, in_language
from app.letters.placeholders import (
    NEEDED,
    Recipient,
    announcement_lines,
    edition_words,
    fill,
    list_placeholders,
    values_for,
)
from app.letters.wording import Signature, Wording
from app.text import typo_fr
from app.typeset import Job, document, inline_runs, unprintable
from app.when import date_words, day_words

Runs = list[dict[str, Any]]
_MARK = re.compile(r"([*\\])")


@dataclass(frozen=True)
class Sheet:
    """A letter as its addressee reads it, whatever carries it.

    `blocks` are those of templates/typst/letter.typ: paragraphs with their runs, and the
    announcement with its lines. `salutation` has its commas; `closing` repeats it word for word.
    """

    language: str
    title: str
    subject: str
    letterhead: tuple[str, ...]
    addressee: tuple[str, ...]
    place_date: str
    prints_object: bool
    salutation: tuple[str, ...]
    blocks: tuple[dict[str, Any], ...]
    closing: Runs
    signatories: tuple[Signature, ...]


def write_letter(wording: Wording, recipient: Recipient, event: Event, on: date) -> Sheet:
    """The letter of `wording` to `recipient`, dated `on`."""
    values = values_for(event, recipient, wording.language)
    opening = _salutation_lines(wording, values)
    values["salutation"] = ", ".join(line.rstrip(", ") for line in opening)
    with in_language(wording.language):
        title = _("Invitation of %(name)s", name=recipient.name)
        return Sheet(
            language=wording.language,
            title=title,
            subject=" ".join(fill(_spaced(wording.subject, wording), values).split()),
            letterhead=_lines(_spaced(wording.letterhead, wording)),
            addressee=_addressee(recipient, wording.language),
            place_date=place_date(wording, on),
            prints_object=wording.prints_object,
            salutation=opening,
            blocks=tuple(_blocks(wording, values, event)),
            closing=_runs(_spaced(wording.closing, wording), values),
            signatories=wording.signatories,
        )


def letter_job(sheet: Sheet, event: Event) -> Job:
    """The job that draws `sheet` as PDF/UA. Characters no vendored face has are left out."""
    *issuer, quality = sheet.letterhead or ("",)
    with in_language(sheet.language):
        labels = {"object": _("Object:"), "enclosures": _("Enclosures:")}
    data = {
        "language": sheet.language,
        "title": sheet.title,
        "labels": labels,
        "accent": event.accent,
        "letterhead": {"issuer": issuer, "quality": quality},
        "addressee": list(sheet.addressee),
        "place_date": sheet.place_date,
        "object": sheet.subject if sheet.prints_object else "",
        "salutation": list(sheet.salutation),
        "body": list(sheet.blocks),
        "closing": sheet.closing,
        "signatories": [{"name": one.name, "qualities": list(one.qualities)} for one in sheet.signatories],
        "footer": list(_lines(event.legal_footer)),
    }
    return document("letter.typ", _printable(data))


def place_date(wording: Wording, on: date) -> str:
    """As in "Paris, le 23 octobre 2025" or "Paris, 23 October 2025"; may be empty."""
    if wording.date_style == "none":
        return wording.place
    is_french = wording.language == "fr"
    styles = {
        "numeric": f"{on:%d/%m/%Y}",
        "long": date_words(on, wording.language),
        "weekday": day_words(on, wording.language),
    }
    words = styles[wording.date_style]
    if not wording.place:
        return f"Le {words}" if is_french else words
    return f"{wording.place}, le {words}" if is_french else f"{wording.place}, {words}"


def plain(runs: Runs) -> str:
    """The words of some runs, without bold or italic."""
    return "".join(run["t"] for run in runs)


def _salutation_lines(wording: Wording, values: Mapping[str, str]) -> tuple[str, ...]:
    typed = _lines(fill(_spaced(wording.salutation, wording), values))
    return tuple(f"{line.rstrip(', ')}," for line in typed or (values["salutation"],))


def _addressee(recipient: Recipient, language: str) -> tuple[str, ...]:
    name = recipient.formal_name or recipient.name
    title = courtesy_title(recipient.civility, language)
    lines = (f"{title} {name}".strip(), *recipient.qualities)
    told = " ".join(recipient.qualities)
    rest = (recipient.organisation,) if recipient.organisation not in told else ()
    return (*lines, *rest) if recipient.organisation else lines


def _blocks(wording: Wording, values: Mapping[str, str], event: Event) -> list[dict[str, Any]]:
    blocks = []
    for paragraph in re.split(r"\n[ \t]*\n", wording.body.replace("\r\n", "\n")):
        text = paragraph.strip()
        if text == "{announcement}":
            blocks.append({"kind": "announcement", "lines": _announcement(event)})
        elif text and all(values[name] for name in list_placeholders(text) if name in NEEDED):
            blocks.append({"kind": "paragraph", "runs": _runs(_spaced(text, wording), values)})
    return blocks


def _announcement(event: Event) -> list[dict[str, Any]]:
    title_at = 1 if edition_words(event) else 0
    return [
        {"runs": [{"t": line, "b": False, "i": False}], "large": number == title_at}
        for number, line in enumerate(announcement_lines(event))
    ]


def _runs(text: str, values: Mapping[str, str]) -> Runs:
    """Bold and italic are the organiser's to mark, never a value's."""
    safe = {name: _MARK.sub(r"\\\1", value) for name, value in values.items()}
    return inline_runs(fill(text, safe))


def _spaced(text: str, wording: Wording) -> str:
    return typo_fr(text) if wording.language == "fr" else text


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(dict.fromkeys(map(ord, unprintable(value)))) if value else value
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value
