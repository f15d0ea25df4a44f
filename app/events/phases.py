"""Where an event stands, in one sentence for everyone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.events.models import Event
from app.events.service import closing_instant
from app.events.words import deadline_sentence
from app.i18n import _, here


@dataclass(frozen=True)
class Phase:
    """`state` colours the note (app/static/css: info, attention, refused, neutral)."""

    state: str
    title: str
    sentence: str


def is_over(event: Event, at: datetime) -> bool:
    """Whether the event lies behind us at `at`; without an end, the evening counts whole."""
    return at >= (event.ends_at or event.starts_at + timedelta(hours=12))


def phase(event: Event, at: datetime) -> Phase:
    """What the public page says of `event` at `at`."""
    if event.status == "cancelled":
        return Phase("refused", _("This event is cancelled"), f"{here(event.notice)} {_questions(event)}".strip())
    if event.status == "archived" or is_over(event, at):
        return Phase("neutral", _("This event has taken place"), _("What was published about it stays on this page."))
    if event.status == "closed":
        return Phase(
            "info",
            _("By personal invitation"),
            _("Answers are not being taken at present. Any news will be given on this page."),
        )
    return _open_phase(event, at)


def _open_phase(event: Event, at: datetime) -> Phase:
    closing = closing_instant(event)
    if closing is not None and at >= closing:
        return Phase("attention", _("Answers are closed"), _questions(event))
    title = _("By personal invitation")
    if closing is None:
        return Phase("info", title, _("Guests answer through the personal link of their invitation."))
    sentence = _(
        "Guests answer through the personal link of their invitation, %(deadline)s.", deadline=deadline_sentence(event)
    )
    return Phase("info", title, sentence)


def _questions(event: Event) -> str:
    if not event.mailbox:
        return ""
    return _("For any question, please write to %(mailbox)s.", mailbox=event.mailbox)
