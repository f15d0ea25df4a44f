"""Triage: choose people, see the letters that will leave, decide, and read what really changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import find_category, get_event_for
from app.letters.words import kind_words
from app.outbox.composing import compose
from app.outbox.models import Message
from app.outbox.queries import list_written_at
from app.outbox.service import posting_oneself
from app.registration import triage as rules
from app.registration.forms_seats import ACTION_WORDS, DecisionForm
from app.registration.models import Registration
from app.registration.seat_queries import count_to_decide, list_chosen, list_to_decide
from app.registration.triage import Outcome
from app.registration.words import STATE_WORDS

bp = Blueprint("triage", __name__, url_prefix="/organise/<slug>/triage")
Page = str | tuple[str, int]
STATES = ("pending", "waiting", "offered", "refused")


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


@bp.get("")
@access.staff("organiser")
def triage(slug: str) -> str:
    """Who is to be decided about, by state and category."""
    return _page(_event(slug), DecisionForm(), ())


@bp.post("/preview")
@access.staff("organiser")
def preview(slug: str) -> Page:
    """What a decision would change, and the letters it would send; nothing is kept."""
    event = _event(slug)
    form, chosen = DecisionForm().offer(event), list_chosen(event, request.form.getlist("chosen"))
    if not form.validate() or not chosen or (form.action.data == "move" and not form.category.data):
        return _page(event, form, chosen, is_refused=True), 422
    rehearsed = _rehearse(event, chosen, form)
    return render_template("registration/triage_preview.html", event=event, form=form, **rehearsed, **_words(form))


@bp.post("/decide")
@access.staff("organiser")
def decide(slug: str) -> Page:
    """Do it; the page says of each person what changed. Sent again, it says that nothing did."""
    event = _event(slug)
    form, chosen = DecisionForm().offer(event), list_chosen(event, request.form.getlist("chosen"))
    if not form.validate() or not chosen:
        return _page(event, form, chosen, is_refused=True), 422
    outcomes, others = rules.decide(event, chosen, form.wish(event), actor=current_actor(), at=now())
    db.session.commit()
    return render_template("registration/triage_done.html", event=event, **_told(outcomes, others), **_words(form))


@dataclass(frozen=True)
class _Letter:
    """A letter that would leave, in plain values."""

    recipient: str
    name: str
    kind: str
    subject: str
    text: str


def _rehearse(event: Event, chosen: Sequence[Registration], form: DecisionForm) -> dict[str, Any]:
    """Decide, write the letters, look at all of it, and take it back."""
    at = now()
    with posting_oneself():
        outcomes, others = rules.decide(event, chosen, form.wish(event), actor=current_actor(), at=at)
        db.session.flush()
        messages = list_written_at(event.public_id, at)
        letters = [_letter(one, is_read=_is_first(one, messages)) for one in messages]
    db.session.rollback()
    return {**_told(outcomes, others), "letters": letters}


def _is_first(message: Message, messages: Sequence[Message]) -> bool:
    """One letter of each kind and language is shown whole."""
    alike = (one for one in messages if (one.kind, one.language) == (message.kind, message.language))
    return next(alike) is message


def _letter(message: Message, *, is_read: bool) -> _Letter:
    written = compose(message) if is_read else None
    subject, text = (written.subject, written.text) if written else ("", "")
    return _Letter(message.recipient, message.recipient_name, kind_words(message.kind), subject, text)


def _told(outcomes: Sequence[Outcome], others: Sequence[Outcome]) -> dict[str, Any]:
    return {"outcomes": outcomes, "others": others, "changed": sum(one.is_changed for one in outcomes)}


def _words(form: DecisionForm) -> dict[str, Any]:
    return {
        "words": STATE_WORDS,
        "action": ACTION_WORDS[form.action.data],
        "chosen_ids": request.form.getlist("chosen"),
    }


def _page(event: Event, form: DecisionForm, chosen: Sequence[Registration], *, is_refused: bool = False) -> str:
    state = request.values.get("state", "")
    state = state if state in STATES else "pending"
    category = find_category(event, request.args.get("category", ""))
    return render_template(
        "registration/triage.html", event=event, form=form.offer(event), state=state, states=STATES, category=category,
        found=list_to_decide(event, state, category), counts=count_to_decide(event), words=STATE_WORDS,
        chosen={one.public_id for one in chosen}, is_refused=is_refused,
    )  # fmt: skip
