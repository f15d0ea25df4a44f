"""The words in braces that a letter's text may hold: a fixed list, put in once, never evaluated.

`{name}` in a person's name or an event's title stays as it is: what was put in is not read again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.directory.protocol import address_for
from app.errors import Refusal
from app.events.models import Event
from app.events.words import deadline_sentence, edition, event_when
from app.i18n import LazyText, _, here, in_language, lazy

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
    "announcement": lazy("alone in a paragraph: the event set apart, centred"),
}
"""Placeholders by name, with what each stands for."""

# A paragraph that speaks of something the event does not have (yet) is left out.
NEEDED = frozenset({"deadline", "venue", "address", "mailbox", "identity", "edition"})
_BRACES = re.compile(r"\{([^{}\n]*)\}")


class UnknownPlaceholder(Refusal):
    """A text names something letters do not know."""

    message = lazy("Letters know no {%(name)s}. Please choose one of the words of the list below.")
    status = 422


@dataclass(frozen=True)
class Recipient:
    """Whom a letter speaks to. `civility` is "", "M" or "Mme"; `qualities` in printed order."""

    name: str
    formal_name: str = ""
    civility: str = ""
    qualities: tuple[str, ...] = ()
    organisation: str = ""


def check_placeholders(text: str) -> None:
    """Raise UnknownPlaceholder for the first word in braces that letters do not know."""
    for found in _BRACES.finditer(text):
        if found.group(1) not in PLACEHOLDERS:
            raise UnknownPlaceholder(name=found.group(1))


def list_placeholders(text: str) -> list[str]:
    """The known placeholders of a text, in order."""
    return [name for name in _BRACES.findall(text) if name in PLACEHOLDERS]


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced, once; unknown ones stay as typed."""
    return _BRACES.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def values_for(event: Event, recipient: Recipient, language: str) -> dict[str, str]:
    """What each placeholder stands for in a letter to `recipient` written in `language`."""
    quality = recipient.qualities[0] if recipient.qualities else ""
    address = address_for(recipient.civility, quality, language)
    with in_language(language):
        return {
            "salutation": address.appel,
            "consideration": address.consideration,
            "name": recipient.name,
            "qualities": ", ".join(recipient.qualities),
            "organisation": recipient.organisation,
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
