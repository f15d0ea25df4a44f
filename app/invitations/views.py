"""The guest list, one guest, and the mailing."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.extensions import settings
from app.i18n import _
from app.invitations import adding, board, campaign_queries, composing, endings, mailing, offices, queries, service
from app.invitations.deadlines import deadline_sentence_for
from app.invitations.forms import GuestFilter, GuestForm
from app.invitations.models import Invitation
from app.invitations.recipients import decided_for
from app.invitations.telling import told
from app.invitations.words import BOARD_COLUMNS, CAMPAIGN_WORDS, CHANNELS, ROADS, STATE_WORDS, action_words
from app.letters import preview
from app.outbox.models import Message
from app.outbox.queries import count_messages, list_messages_about

bp = Blueprint("invitations", __name__, url_prefix="/organise/<slug>")
bp.add_app_template_global(deadline_sentence_for)
# Letters queued in one transaction: others write in between.
BATCH = 200
Page = str | Response | tuple[str, int]


@bp.get("/guests")
@access.staff("organiser")
def guests(slug: str) -> str:
    """The guest list, narrowed and in pages."""
    event = get_event_for(current_user, slug, "organiser")
    form = GuestFilter(request.args).offer(event)
    page = max(request.args.get("page", 1, type=int), 1)
    found, total = queries.page_of_invitations(event, page, form.narrowing())
    return render_template(
        "invitations/guests.html", event=event, form=form, invitations=found, total=total, page=page,
        pages=max(1, -(-total // queries.PAGE)), counts=queries.count_by_state(event), words=STATE_WORDS,
        is_narrowed=any(form.narrowing().values()),
    )  # fmt: skip


@bp.get("/guests/add")
@access.staff("organiser")
def add_guest(slug: str) -> str:
    """Ask who is to be invited."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("invitations/add.html", event=event, form=GuestForm().offer(event))


@bp.post("/guests/add")
@access.staff("organiser")
def add_guest_post(slug: str) -> Page:
    """Draft one invitation."""
    event = get_event_for(current_user, slug, "organiser")
    form = GuestForm().offer(event)
    if not form.validate_on_submit():
        return render_template("invitations/add.html", event=event, form=form), 422
    try:
        invitation = _add(event, form)
    except Refusal as refusal:
        return _refused("invitations/add.html", refusal, event=event, form=form)
    db.session.commit()
    flash(_("%(name)s is on the guest list.", name=invitation.person.full_name), "good")
    return redirect(url_for(".guest", slug=slug, public_id=invitation.public_id), 303)


def _add(event: Event, form: GuestForm) -> Invitation:
    return adding.add_guest(
        event,
        form.row(),
        get_category(event, form.category.data),
        secret=current_app.config["SECRET_KEY"],
        actor=current_actor(),
        at=now(),
        is_sure=form.is_sure.data,
    )


@bp.get("/guests/<public_id>")
@access.staff("organiser")
def guest(slug: str, public_id: str) -> str:
    """One guest: who, in which quality, what was sent, what they said."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = queries.get_invitation(event, public_id)
    return render_template(
        "invitations/guest.html", event=event, invitation=invitation, words=STATE_WORDS, roads=ROADS,
        entries=list_entries_of(public_id), action_words=action_words,
        messages=_letters_about(invitation), address=composing.sheet_salutation(invitation),
        decided=decided_for(invitation), channels=CHANNELS, has_passed_on=offices.has_passed_on(invitation, now()),
        ending=endings.find_ending(invitation),
    )  # fmt: skip


@bp.get("/guests/<public_id>/edit")
@access.staff("organiser")
def edit_guest(slug: str, public_id: str) -> str:
    """Ask what is to be corrected."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = queries.get_invitation(event, public_id)
    form = GuestForm().offer(event).show(invitation)
    return render_template("invitations/edit.html", event=event, form=form, invitation=invitation)


@bp.post("/guests/<public_id>/edit")
@access.staff("organiser")
def edit_guest_post(slug: str, public_id: str) -> Page:
    """Correct a guest."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = queries.get_invitation(event, public_id)
    form = GuestForm().offer(event)
    if not form.validate_on_submit():
        return render_template("invitations/edit.html", event=event, form=form, invitation=invitation), 422
    category = get_category(event, form.category.data)
    try:
        is_changed = adding.correct_guest(invitation, form.row(), category, actor=current_actor(), at=now())
    except Refusal as refusal:
        return _refused("invitations/edit.html", refusal, event=event, form=form, invitation=invitation)
    db.session.commit()
    flash(_("The corrections are kept.") if is_changed else _("Nothing was changed."), "good")
    return redirect(url_for(".guest", slug=slug, public_id=public_id), 303)


@bp.post("/guests/<public_id>/send")
@access.staff("organiser")
def send(slug: str, public_id: str) -> Response:
    """Send one invitation."""
    invitation = queries.get_invitation(get_event_for(current_user, slug, "organiser"), public_id)
    was_draft = invitation.state == "draft"
    service.send(invitation, actor=current_actor(), at=now())
    db.session.commit()
    told = _("The invitation is on its way to %(email)s.", email=invitation.email)
    flash(told if was_draft else _("This invitation had been sent before: nothing was sent again."), "good")
    return redirect(url_for(".guest", slug=slug, public_id=public_id), 303)


@bp.post("/guests/<public_id>/new-link")
@access.staff("organiser")
def new_link(slug: str, public_id: str) -> Response:
    """Write again with another link; the old one opens nothing any more."""
    invitation = queries.get_invitation(get_event_for(current_user, slug, "organiser"), public_id)
    secret = current_app.config["SECRET_KEY"]
    service.send_new_link(invitation, secret=secret, actor=current_actor(), at=now())
    db.session.commit()
    told = _("A new link is on its way to %(email)s. The old one no longer opens.", email=invitation.email)
    flash(told, "good")
    return redirect(url_for(".guest", slug=slug, public_id=public_id), 303)


@bp.post("/guests/<public_id>/withdraw")
@access.staff("organiser")
def withdraw(slug: str, public_id: str) -> Response:
    """Take an invitation back."""
    invitation = queries.get_invitation(get_event_for(current_user, slug, "organiser"), public_id)
    service.withdraw(invitation, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The invitation of %(name)s is withdrawn.", name=invitation.person.full_name), "good")
    return redirect(url_for(".guest", slug=slug, public_id=public_id), 303)


@bp.get("/invitations", endpoint="mailing")
@access.staff("organiser")
def status_board(slug: str) -> str:
    """The board of states, the letter as it will be read, and how many would leave."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template(
        "invitations/mailing.html", event=event, columns=BOARD_COLUMNS, at=now(),
        board=board.board_of(event, now()), counts=queries.count_by_state(event),
        sendable=campaign_queries.count_sendable(event, has_mailbox=True),
        unreachable=campaign_queries.count_sendable(event, has_mailbox=False),
        without_mailbox=campaign_queries.list_unreachable(event), last=queries.find_last_sending(event),
        sample=_sample(event), letters=count_messages(event.public_id), wave_words=CAMPAIGN_WORDS,
    )  # fmt: skip


@bp.post("/invitations/send")
@access.staff("organiser")
def send_all(slug: str) -> Response:
    """Send every invitation still to be sent; says how many really left."""
    queued, missing = 0, 0
    while True:
        event = get_event_for(current_user, slug, "organiser")
        done = mailing.send_drafts(event, actor=current_actor(), at=now(), limit=BATCH)
        db.session.commit()
        queued, missing = queued + done.queued, len(done.without_mailbox)
        if done.queued < BATCH:
            break
    flash(told(queued, missing), "good" if queued else "attention")
    return redirect(url_for(".mailing", slug=slug), 303)


@bp.get("/invitations/sample/<public_id>")
@access.staff("organiser")
def sample_mail(slug: str, public_id: str) -> Response:
    """The mail one guest would get, for a frame of the mailing page."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = queries.get_invitation(event, public_id)
    with current_app.test_request_context(base_url=settings().base_url):
        letter = composing.compose_for(invitation, _today(event), invitation.language, with_pdf=False)

    def address(picture: str) -> str:
        return url_for("wording.scan", slug=slug, public_id=preview.scan_key(letter, picture))

    is_secret = settings().sends_by_smtp
    return preview.html_page(preview.masked(letter) if is_secret else letter, address)


@bp.get("/invitations/sample/<public_id>/letter.pdf")
@access.staff("organiser")
def sample_letter(slug: str, public_id: str) -> Response:
    """The letter one guest would get, as PDF."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = queries.get_invitation(event, public_id)
    return preview.download(composing.pdf_of(invitation, _today(event), invitation.language))


def _letters_about(invitation: Invitation) -> list[Message]:
    """The letters of one guest, the newest first, those shared with others of the mailbox among them."""
    shared = campaign_queries.find_letter(invitation.digest_id) if invitation.digest_id else None
    found = [*list_messages_about(invitation.public_id), *campaign_queries.list_reminders_of(invitation)]
    found += [shared] if shared else []
    return sorted({one.id: one for one in found}.values(), key=lambda one: one.id, reverse=True)


def _sample(event: Event) -> Invitation | None:
    who = request.args.get("who", "")
    return queries.get_invitation(event, who) if who else queries.find_sample(event)


def _today(event: Event) -> date:
    return now().astimezone(ZoneInfo(event.timezone)).date()


def _refused(template: str, refusal: Refusal, **context: object) -> tuple[str, int]:
    """The form again, with what was typed and why it was refused."""
    db.session.rollback()
    is_known = isinstance(refusal, adding.MayBeKnown)
    return render_template(template, refusal=refusal, asks_if_sure=is_known, **context), 422
