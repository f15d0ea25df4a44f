"""A letter written out for one person: its sheet in plain values, and the PDF job that draws it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.directory.protocol import courtesy_title
from app.events.models import Event
from app.i18n import _, in_language
from app.letters.placeholders import (
    Recipient,
    announcement_lines,
    edition_words,
    event_values,
    fill,
    is_needed,
    list_placeholders,
    personal_values,
)
from app.letters.wording import Signature, Wording
from app.outbox.composing import Attachment
from app.text import typo_fr
from app.typeset import Job, document, inline_runs, unprintable
from app.when import date_words, day_words

Runs = list[dict[str, Any]]
_MARK = re.compile(r"([*\\])")
_LARGE = re.compile(r"\*\*(.+)\*\*")


@dataclass(frozen=True)
class Sheet:
    """A letter as its addressee reads it, whatever carries it.

    `blocks` are those of templates/typst/letter.typ: paragraphs with their runs, and the
    announcement with its lines. `salutation` has its commas; `closing` repeats it word for word.
    `footer`: who the sender is by law.
    """

    language: str
    title: str
    subject: str
    motto: str
    letterhead: tuple[str, ...]
    addressee: tuple[str, ...]
    place_date: str
    reference: str
    prints_object: bool
    heading: str
    salutation: tuple[str, ...]
    blocks: tuple[dict[str, Any], ...]
    closing: Runs
    signatories: tuple[Signature, ...]
    enclosures: tuple[str, ...]
    footer: tuple[str, ...]


def write_letter(
    wording: Wording, recipient: Recipient, event: Event, on: date, *, facts: Mapping[str, str] | None = None
) -> Sheet:
    """The letter of `wording` to `recipient`, dated `on` unless the wording has a date of its own.

    `facts`: `event_values` in the wording's language, when many letters are written one after another.
    """
    facts = event_values(event, wording.language) if facts is None else facts
    values = {**facts, **personal_values(recipient, wording.language, wording.sender)}
    opening = _salutation_lines(wording, values)
    values["salutation"] = ", ".join(line.rstrip(", ") for line in opening)
    return Sheet(
        language=wording.language,
        title=_title(wording, recipient, values),
        subject=_line(wording.subject, wording, values),
        motto=_line(wording.motto, wording, values),
        letterhead=_lines(_spaced(wording.letterhead, wording)),
        addressee=_addressee(recipient, wording.language) if wording.has_addressee else (),
        place_date=place_date(wording, wording.dated_on or on),
        reference=wording.reference,
        prints_object=wording.prints_object,
        heading=_line(wording.heading, wording, values),
        salutation=opening,
        blocks=tuple(_blocks(wording, values, event)),
        closing=_runs(_spaced(wording.closing, wording), values),
        signatories=wording.signatories,
        enclosures=_lines(_spaced(wording.enclosures, wording)),
        footer=_lines(event.legal_footer),
    )


def letter_job(sheet: Sheet, event: Event) -> Job:
    """The job that draws `sheet` as PDF/UA. Characters no vendored face has are left out."""
    files = _pictures([sheet])
    return document("letter.typ", {**_values(sheet, files), "accent": event.accent}, _named(files))


@dataclass(frozen=True)
class Binding:
    """How many letters become one file: its title and language, the accent, on one or both sides."""

    title: str
    language: str
    accent: str
    is_two_sided: bool = False
    # Another file is bound behind this one.
    is_followed: bool = False


def letters_job(sheets: Sequence[Sheet], binding: Binding, numbered: Collection[int] = ()) -> Job:
    """One job for many letters, each beginning on a page (or, two-sided, a sheet) of its own; PDF/UA too.

    `numbered`: positions, from 0, of the letters whose pages are numbered.
    """
    files = _pictures(sheets)
    data = {
        "language": binding.language,
        "title": _printable(binding.title),
        "accent": binding.accent,
        "two_sided": binding.is_two_sided,
        "padded": binding.is_two_sided and binding.is_followed,
        "letters": [{**_values(one, files), "numbered": at in numbered} for at, one in enumerate(sheets)],
    }
    return document("letters.typ", data, _named(files))


def scans_of(sheet: Sheet) -> tuple[Attachment, ...]:
    """The scanned signatures of a letter, for the mail that shows them as `cid:signature-1` and so on."""
    signed = ((f"signature-{n}", one.scan) for n, one in enumerate(sheet.signatories, start=1))
    return tuple(Attachment(f"{scan.key or name}.png", "image/png", scan.data, name) for name, scan in signed if scan)


def _values(sheet: Sheet, files: Mapping[bytes, str]) -> dict[str, Any]:
    *issuer, quality = sheet.letterhead or ("",)
    with in_language(sheet.language):
        labels = {"object": _("Object:"), "enclosures": _("Enclosures:")}
    values = {
        "language": sheet.language,
        "title": sheet.title,
        "labels": labels,
        "letterhead": {"motto": sheet.motto, "issuer": issuer, "quality": quality},
        "addressee": list(sheet.addressee),
        "place_date": sheet.place_date,
        "reference": sheet.reference,
        "object": sheet.subject if sheet.prints_object else "",
        "heading": sheet.heading,
        "salutation": list(sheet.salutation),
        "body": list(sheet.blocks),
        "closing": sheet.closing,
        "signatories": [_signatory(one, files) for one in sheet.signatories],
        "enclosures": list(sheet.enclosures),
        "footer": list(sheet.footer),
    }
    return {key: _printable(value) for key, value in values.items()}


def _signatory(one: Signature, files: Mapping[bytes, str]) -> dict[str, Any]:
    drawn = {"image": files[one.scan.data], "image_alt": one.scan.alternative} if one.scan else {}
    return {"name": one.name, "qualities": list(one.qualities), **drawn}


def _pictures(sheets: Sequence[Sheet]) -> dict[bytes, str]:
    """A file name for each scanned signature, the same for all letters it signs."""
    found = dict.fromkeys(one.scan.data for sheet in sheets for one in sheet.signatories if one.scan)
    return {data: f"signature{number}.png" for number, data in enumerate(found, start=1)}


def _named(files: Mapping[bytes, str]) -> dict[str, bytes]:
    return {name: data for data, name in files.items()}


def _title(wording: Wording, recipient: Recipient, values: Mapping[str, str]) -> str:
    """What a screen reader calls the document."""
    subject = _line(wording.subject, wording, values)
    return f"{subject} – {recipient.name}" if wording.has_addressee and recipient.name else subject


def _line(text: str, wording: Wording, values: Mapping[str, str]) -> str:
    return " ".join(fill(_spaced(text, wording), values).split())


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
        # "3 juillet 2025" but "Le mardi 25 novembre 2025" (the open letter and the minutes of 2025).
        return f"Le {words}" if is_french and wording.date_style == "weekday" else words
    return f"{wording.place}, le {words}" if is_french else f"{wording.place}, {words}"


def plain(runs: Runs) -> str:
    """The words of some runs, without bold or italic."""
    return "".join(run["t"] for run in runs)


def _salutation_lines(wording: Wording, values: Mapping[str, str]) -> tuple[str, ...]:
    typed = _lines(fill(_spaced(wording.salutation, wording), values))
    if wording.heading and not typed:
        return ()  # an open letter speaks to nobody in particular
    return tuple(f"{line.rstrip(', ')}," for line in typed or (values["salutation"],))


def _addressee(recipient: Recipient, language: str) -> tuple[str, ...]:
    name = recipient.formal_name or recipient.name
    if not name:
        return ()
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
            blocks.append({"kind": "announcement", "lines": _announcement(wording, values, event)})
        elif text and _has_all(text, values):
            blocks.append({"kind": "paragraph", "runs": _runs(_spaced(text, wording), values)})
    return blocks


def _has_all(text: str, values: Mapping[str, str]) -> bool:
    """Whether everything a paragraph cannot do without stands for something."""
    return all(values.get(name) for name in list_placeholders(text) if is_needed(name))


def _announcement(wording: Wording, values: Mapping[str, str], event: Event) -> list[dict[str, Any]]:
    """The block set apart: as worded, **large** lines among the others, else the facts, the title large."""
    if wording.announcement:
        lines = [line for line in _lines(wording.announcement) if _has_all(line, values)]
        return [_worded_line(line, wording, values) for line in lines]
    with in_language(wording.language):
        title_at = 1 if edition_words(event) else 0
        return [
            {"runs": [{"t": line, "b": False, "i": False}], "large": number == title_at}
            for number, line in enumerate(announcement_lines(event))
        ]


def _worded_line(line: str, wording: Wording, values: Mapping[str, str]) -> dict[str, Any]:
    large = _LARGE.fullmatch(line)
    return {"runs": _runs(_spaced(large[1] if large else line, wording), values), "large": large is not None}


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
