"""The words in braces that a letter's text may hold: a fixed list, put in once, never evaluated.

Beside that list, `{list: Table}` stands for the column "Table" of the guest's line in the list a secretariat sent.

`{name}` in a person's name or an event's title stays as it is: what was put in is not read again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.directory.protocol import address_for
from app.errors import Refusal
from app.events.models import Event
from app.events.words import deadline_sentence, edition, event_when
from app.i18n import LazyText, _, here, in_language, lazy
from app.text import fold

PLACEHOLDERS: dict[str, LazyText] = {
    "salutation": lazy("form of address, as it opens the letter"),
    "consideration": lazy("degree of courtesy, for the closing formula in French"),
    "name": lazy("name of the invitee"),
    "qualities": lazy("functions of the invitee, in their order"),
    "organisation": lazy("organisation of the invitee"),
    "event": lazy("title of the event"),
    "edition": lazy("edition in words"),
    "when": lazy("day and hour of the event"),
    "venue": lazy("name of the venue"),
    "address": lazy("venue with its address"),
    "deadline": lazy("until when an answer is expected, in words"),
    "mailbox": lazy("address the organiser reads"),
    "identity": lazy("reminder of the identity document, if one is checked"),
    "link": lazy("address of the personal answer page, for letters on paper"),
    "announcement": lazy("alone in a paragraph: the event set apart, centred"),
}
"""Placeholders by name, with what each stands for."""

# A paragraph that speaks of something the event does not have (yet) is left out.
NEEDED = frozenset({"deadline", "venue", "address", "mailbox", "identity", "edition", "link"})
# What depends on who reads; the rest is the event's and the same for everyone.
PERSONAL = frozenset({"salutation", "consideration", "name", "qualities", "organisation", "deadline", "link"})
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_COLUMN = re.compile(r"\s*(?:list|liste)\s*:\s*(\S.{0,80}?)\s*")


class UnknownPlaceholder(Refusal):
    """A text names something letters do not know."""

    message = lazy("Letters know no {%(name)s}. Please choose one of the words of the list below.")
    status = 422


@dataclass(frozen=True)
class Recipient:
    """Whom a letter speaks to. `civility` is "", "M" or "Mme"; `qualities` in printed order.

    `extra`: columns of the guest's line that Parvis has no field for, by their title. `deadline`: a
    sentence that replaces the event's for this guest. `appel` and `consideration` replace what the rules of
    protocol give, where somebody decided otherwise for this person. `link`: address of the personal answer page, only
    where the letter leaves on paper: a mail carries its own link.
    """

    name: str
    formal_name: str = ""
    civility: str = ""
    qualities: tuple[str, ...] = ()
    organisation: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    deadline: str = ""
    appel: str = ""
    consideration: str = ""
    link: str = ""


def column_key(word: str) -> str:
    """ "list:numero de table" of "list: Numéro de table"; empty when the word names no column."""
    found = _COLUMN.fullmatch(word)
    return f"list:{fold(found.group(1))}" if found and fold(found.group(1)) else ""


def is_needed(key: str) -> bool:
    """Whether a paragraph that names this placeholder is left out where it stands for nothing."""
    return key in NEEDED or key.startswith("list:")


def check_placeholders(text: str) -> None:
    """Raise UnknownPlaceholder for the first word in braces that letters do not know."""
    for found in _BRACES.finditer(text):
        if found.group(1) not in PLACEHOLDERS and not column_key(found.group(1)):
            raise UnknownPlaceholder(name=found.group(1))


def list_placeholders(text: str) -> list[str]:
    """The known placeholders of a text, in order; columns of a list as `column_key` names them."""
    found = (name if name in PLACEHOLDERS else column_key(name) for name in _BRACES.findall(text))
    return [name for name in found if name]


def list_columns(text: str) -> list[str]:
    """The words in braces of a text that name a column of a list, as typed."""
    return [name for name in _BRACES.findall(text) if column_key(name)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced, once; unknown ones stay as typed, a column nobody has is empty."""

    def put_in(found: re.Match[str]) -> str:
        column = column_key(found.group(1))
        return values.get(column, "") if column else values.get(found.group(1), found.group(0))

    return _BRACES.sub(put_in, text)


def values_for(event: Event, recipient: Recipient, language: str) -> dict[str, str]:
    """What each placeholder stands for in a letter to `recipient` written in `language`."""
    return {**event_values(event, language), **personal_values(recipient, language)}


def event_values(event: Event, language: str) -> dict[str, str]:
    """What is the same for everyone who reads `language`."""
    with in_language(language):
        return {
            "event": here(event.title),
            "edition": edition_words(event),
            "when": event_when(event),
            "venue": event.venue.name if event.venue else "",
            "address": event.venue.address if event.venue else "",
            "deadline": deadline_sentence(event),
            "mailbox": event.mailbox,
            "identity": identity_sentence(event),
            "announcement": ", ".join(announcement_lines(event)),
        }


def personal_values(recipient: Recipient, language: str, sender: str = "") -> dict[str, str]:
    """What depends on who reads; a deadline only where the recipient has one of their own.

    `sender`: civility of who signs, on which the form of address of an officer depends.
    """
    quality = recipient.qualities[0] if recipient.qualities else ""
    address = address_for(recipient.civility, quality, language, sender=sender)
    values = {
        "salutation": recipient.appel or address.appel,
        "consideration": recipient.consideration or address.consideration,
        "name": recipient.name,
        "qualities": ", ".join(recipient.qualities),
        "organisation": recipient.organisation,
        "link": recipient.link,
        **{f"list:{fold(title)}": str(value).strip() for title, value in recipient.extra.items()},
    }
    if recipient.deadline:
        values["deadline"] = recipient.deadline
    return values


def edition_words(event: Event) -> str:
    """As in "3rd edition"; empty when editions are not numbered."""
    number = edition(event)
    return _("%(number)s edition", number=number) if number else ""


def identity_sentence(event: Event) -> str:
    """The reminder that an identity document is looked at, empty when none is (domain R0.9)."""
    if not event.id_check:
        return ""
    return _("Please bring an identity document: it will be asked for at the entrance.")


def announcement_lines(event: Event) -> list[str]:
    """The event set apart: edition if they are numbered, title, when, where."""
    place = event.venue.address if event.venue else ""
    return [line for line in (edition_words(event), here(event.title), event_when(event), place) if line]
