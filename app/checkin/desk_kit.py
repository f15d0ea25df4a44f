"""What the page of a desk needs to draw and to say everything itself, without the server (templates/desk/_kit.html)."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from app import when
from app.checkin.answers import COMMON_DOCUMENTS, DOCUMENT_WORDS, ECHO, WORDS, Words
from app.checkin.leading import NothingToOverride, ReasonMissing
from app.checkin.models import DOCUMENTS, Device
from app.checkin.service import NothingToUndo, SearchTooShort
from app.errors import NotAllowed
from app.events.models import Event
from app.i18n import _, language, ngettext
from app.palette import CATEGORY_SHAPES

# Icons of what staff and guests noted, by kind (app.registration.desk_notes); any other: "info".
NOTE_ICONS = {
    "staff": "escort",
    "photo": "camera",
    "no_photo": "camera",
    "access": "access",
    "document_name": "id-card",
    "question": "list",
}


@dataclass(frozen=True)
class Kit:
    """Everything the page is given besides the list: who it is, words, drawings, kinds of document."""

    device: str
    role: str
    gate: str
    gate_name: str
    words: dict[str, Any]
    icons: tuple[str, ...]
    shapes: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    common: tuple[str, ...]


def kit_of(event: Event, device: Device) -> Kit:
    """The kit of an enrolled device, in the reader's language. Reads nothing but what is loaded."""
    chosen = tuple(device.settings.documents) if device.settings else ()
    gate = device.gate_row
    return Kit(
        device=device.public_id,
        role=device.role,
        gate=gate.public_id if gate else "",
        gate_name=device.gate,
        words={**_answers(), **_sentences(), "timezone": event.timezone, "hour": _hour(), "notes": NOTE_ICONS},
        icons=tuple(sorted({*(words.icon for words in WORDS.values()), ECHO.icon, *NOTE_ICONS.values(), "info"})),
        shapes=CATEGORY_SHAPES,
        documents=tuple((kind, str(DOCUMENT_WORDS[kind])) for kind in chosen or DOCUMENTS),
        common=chosen[:3] or COMMON_DOCUMENTS,
    )


def _answers() -> dict[str, Any]:
    return {"answers": {result: _told(words) for result, words in WORDS.items()}, "echo": _told(ECHO)}


def _told(words: Words) -> dict[str, str]:
    return {
        "state": words.state,
        "icon": words.icon,
        "headline": str(words.headline),
        "next_step": str(words.next_step),
    }


def _hour() -> str:
    """How an hour is written: "{h} h {m}", "{h}:{m}"."""
    return when.hour_words(time(17, 5), language()).replace("17", "{h}").replace("05", "{m}")


def _sentences() -> dict[str, str]:
    """Sentences with places in braces, which the page fills."""
    return {
        "echo_detail": _("A moment ago, at this desk: the same scan twice."),
        "instead": _("%(name)s comes instead.", name="{name}"),
        "came_in": _("Came in today at %(hour)s, %(gate)s", hour="{hour}", gate="{gate}"),
        "too_short": SearchTooShort().sentence,
        "nobody": _(
            "Nobody of this name is on the list. Try part of the name, or the organisation’s spelling; "
            "otherwise call the person in charge."
        ),
        "one_found": _people_found(1),
        "many_found": _people_found(2).replace("2", "{num}"),
        "too_many": _("The first %(shown)s of %(number)s: type more of the name", shown="{shown}", number="{num}"),
        "copy_alone": _("It is noted here. Without a network, fetch the person in charge before you let in."),
        "document_missing": _("Please choose the document that was shown."),
        "rule_says": _("The rule says: %(answer)s.", answer="{answer}"),
        **{name.__name__: name().sentence for name in (NotAllowed, NothingToOverride, NothingToUndo, ReasonMissing)},
        **_network_sentences(),
        **_end_sentences(),
    }


def _people_found(number: int) -> str:
    return ngettext("%(num)s person found", "%(num)s people found", number)


def _network_sentences() -> dict[str, str]:
    return {
        "online": _("Online"),
        "offline": _("Offline since %(hour)s", hour="{hour}"),
        "list": _("list of %(hour)s, guests: %(number)s", hour="{hour}", number="{num}"),
        "no_list": _("no list yet"),
        "waiting": _("%(number)s to send", number="{num}"),
        "sent": _("The network is back: %(number)s sent", number="{num}"),
        "set_aside": _("%(number)s not taken: tell the person in charge", number="{num}"),
        "clock": _("Clock off by %(number)s min", number="{num}"),
        "local": _("%(present)s in, counted here", present="{num}"),
        "NoNetwork": _("This needs the network. Go on with the next guest, and come back to it."),
        "TooOld": _("This list is more than twelve hours old. Find a network, or call the person in charge."),
        "NoList": _("There is no list on this device yet. It comes by itself as soon as there is a network."),
    }


def _end_sentences() -> dict[str, str]:
    return {
        "DeviceRevoked": _("This device is no longer a desk: its list is erased. Please see the person in charge."),
        "DeviceExpired": _("The time of this desk is over: its list is erased. Please see the person in charge."),
        "NotSignedIn": _("This device is not a desk any more: its list is erased. Please see the person in charge."),
        "Forgotten": _("This device has forgotten everything. It can be given back."),
        "keeps": _("Scans kept sealed here until it is a desk again: %(number)s.", number="{num}"),
        "forget_later": _("Scans still wait to be sent. Find a network first, then press again."),
    }
