"""Letters of an event: which left, what each said, how they are worded."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _, ngettext
from app.letters import posting, preview
from app.letters.forms import LetterFilter
from app.letters.forms_posting import AgainForm
from app.letters.history import history_of
from app.letters.words import kind_words, message_words, shown_states
from app.outbox import queries
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.outbox.service import can_send_again, is_stuck
from app.typeset import TypesettingFailed

bp = Blueprint("letters", __name__, url_prefix="/organise/<slug>")
bp.add_app_template_global(kind_words, "kind_words")
bp.add_app_template_global(message_words, "message_words")
PAGE = 50
Page = str | Response | tuple[str, int]


@bp.get("/letters")
@access.staff("organiser")
def messages(slug: str) -> str:
    """Every letter of the event, the newest first."""
    event = get_event_for(current_user, slug, "organiser")
    form = LetterFilter(request.args).offer(event)
    page = max(request.args.get("page", 1, type=int), 1)
    total = queries.count_narrowed(event.public_id, **form.narrowing())
    return render_template(
        "letters/messages.html", event=event, form=form, page=page, total=total,
        pages=max(1, -(-total // PAGE)), counts=queries.count_messages(event.public_id),
        messages=queries.list_messages(event.public_id, page=page, size=PAGE, **form.narrowing()),
        settings=settings(), states=shown_states(), stopped=queries.count_stopped_by_hand(event.public_id),
    )  # fmt: skip


@bp.get("/letters/<public_id>")
@access.staff("organiser")
def message(slug: str, public_id: str) -> str:
    """One letter as its addressee sees it, and what happened to it."""
    return _message_page(*_fetch(slug, public_id))


def _message_page(event: Event, found: Message, form: AgainForm | None = None) -> str:
    letter = _find_letter(found)
    return render_template(
        "letters/message.html", event=event, message=found, letter=letter, form=form or AgainForm(obj=found),
        parts=preview.list_parts(letter) if letter else [], settings=settings(), history=history_of(found, now()),
        others=_others(found), is_stuck=is_stuck(found, now()), can_go=can_send_again(found, now()),
        has_changed=letter is not None and found.sent_at is not None and _differs(found, letter),
    )  # fmt: skip


@bp.get("/letters/<public_id>/html")
@access.staff("organiser")
def message_html(slug: str, public_id: str) -> Response:
    """The letter itself, for the frame of its page."""
    _event, found = _fetch(slug, public_id)

    def address(picture: str) -> str:
        return url_for(".message_part", slug=slug, public_id=public_id, name=picture)

    return preview.html_page(preview.compose_as_posted(found), address)


@bp.get("/letters/<public_id>/part/<name>")
@access.staff("organiser")
def message_part(slug: str, public_id: str, name: str) -> Response:
    """A file that goes with the letter."""
    _event, found = _fetch(slug, public_id)
    part = preview.find_part(preview.compose_as_posted(found), name)
    if part is None:
        raise NotFound
    return preview.download(part)


@bp.post("/letters/<public_id>/again")
@access.staff("organiser")
def send_again(slug: str, public_id: str) -> Page:
    """Try a letter that did not arrive again, at the address it needs."""
    event, found = _fetch(slug, public_id)
    form = AgainForm()
    if not form.validate_on_submit():
        return _message_page(event, found, form), 422
    try:
        posting.send_again(event, found, actor=current_actor(), at=now(), recipient=form.recipient.data)
    except posting.NoAddress as refusal:
        form.tell(refusal)
        return _message_page(event, found, form), refusal.status
    db.session.commit()
    flash(_("The letter to %(name)s is on its way again.", name=found.recipient_name), "good")
    return redirect(url_for(".message", slug=slug, public_id=public_id), 303)


@bp.post("/letters/again")
@access.staff("organiser")
def send_failed_again(slug: str) -> Response:
    """Try every failed letter again."""
    event = get_event_for(current_user, slug, "organiser")
    number = posting.send_failed_again(event, actor=current_actor(), at=now())
    db.session.commit()
    told = ngettext("%(num)s letter is on its way again.", "%(num)s letters are on their way again.", number)
    nothing = _("No letter had failed: nothing was sent again.")
    flash(told if number else nothing, "good" if number else "info")
    return redirect(url_for(".messages", slug=slug), 303)


@bp.post("/letters/stop")
@access.staff("organiser")
def stop_waiting(slug: str) -> Response:
    """Stop every letter that waits to leave."""
    event = get_event_for(current_user, slug, "organiser")
    number = posting.stop_waiting(event, actor=current_actor(), at=now())
    db.session.commit()
    told = ngettext("%(num)s letter is stopped.", "%(num)s letters are stopped.", number)
    flash(told if number else _("No letter waited to leave any more."), "good" if number else "info")
    return redirect(url_for(".messages", slug=slug), 303)


@bp.post("/letters/resume")
@access.staff("organiser")
def resume_stopped(slug: str) -> Response:
    """Let every letter leave that somebody had stopped."""
    event = get_event_for(current_user, slug, "organiser")
    number = posting.resume_stopped(event, actor=current_actor(), at=now())
    db.session.commit()
    told = ngettext("%(num)s letter is on its way again.", "%(num)s letters are on their way again.", number)
    flash(told if number else _("No letter was stopped."), "good" if number else "info")
    return redirect(url_for(".messages", slug=slug), 303)


@bp.post("/letters/<public_id>/stop")
@access.staff("organiser")
def stop(slug: str, public_id: str) -> Response:
    """Stop a letter that has not left."""
    event, found = _fetch(slug, public_id)
    posting.stop(event, found, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The letter to %(name)s is stopped.", name=found.recipient_name), "good")
    return redirect(url_for(".message", slug=slug, public_id=public_id), 303)


def _fetch(slug: str, public_id: str) -> tuple[Event, Message]:
    event = get_event_for(current_user, slug, "organiser")
    return event, queries.get_message(public_id, event.public_id)


def _others(found: Message) -> list[Message]:
    """Other letters about the same invitation or registration."""
    about = queries.list_messages_about(found.subject_id) if found.subject_id else []
    return [one for one in about if one.id != found.id]


def _find_letter(found: Message) -> Letter | None:
    """The letter, or None when what it speaks of is no more: then only what was posted can be shown."""
    try:
        return preview.compose_as_posted(found)
    except (Refusal, TypesettingFailed, KeyError):
        return None


def _differs(found: Message, letter: Letter) -> bool:
    return bool(found.body_text) and preview.masked_text(found.body_text) != preview.masked_text(letter.text)
