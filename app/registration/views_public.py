"""The pages behind a personal link: the answer, what came of it, the calendar entry."""

from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.directory.protocol import courtesy_title
from app.errors import Busy, NotFound, Refusal
from app.extensions import settings
from app.forms import Form
from app.i18n import _, in_language
from app.invitations.deadlines import deadline_sentence_for, is_answering_open_for
from app.invitations.models import ANSWERED, UNANSWERED, Invitation
from app.invitations.queries import find_invitation_by_token
from app.registration import companions, guessing, particulars, representation_requests, service
from app.registration.answer_steps import form_for, is_first_step, template_of
from app.registration.calendar_entry import calendar_of
from app.registration.form_keys import sent_key
from app.registration.forms import DeclineForm, RepresentativeForm
from app.registration.forms_details import DetailsForm
from app.registration.forms_guest import CompanionsForm, RequestForm
from app.registration.holding import get_held, hold, is_proven, masked_address, masked_name, spoken
from app.registration.late_requests import late_state
from app.registration.opening import FIELD, opened_at, opening_mark
from app.registration.queries import find_standing, list_companions, list_requests_about
from app.registration.sending_once import is_first
from app.text import file_name

bp = Blueprint("answers", __name__)
for _word in (courtesy_title, masked_name, masked_address, opening_mark):
    bp.add_app_template_global(_word)
Answer = str | BaseResponse | tuple[str, int]


@bp.get("/i/<token>")
@access.public()
def open_link(token: str) -> Answer:
    """Exchange a personal link for a place in the session; the address loses its secret."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return render_template("answers/unknown_link.html", is_slowed=True), 429
    invitation = find_invitation_by_token(token)
    if invitation is None:
        guessing.note_miss(request.remote_addr or "", now())
        return render_template("answers/unknown_link.html", is_slowed=False), 404
    hold(invitation)
    return redirect(url_for("answers.answer", public_id=invitation.public_id))


@bp.route("/invitation/<public_id>/", methods=["GET", "POST"])
@access.invitee()
def answer(public_id: str) -> Answer:
    """The question and its three answers; what was answered, until it may no longer change."""
    at = now()  # the instant of receipt decides, not the one the lock was obtained
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        if request.method != "POST" and invitation.state in ANSWERED and not is_proven(invitation, at):
            return redirect(url_for("answers.answered", public_id=public_id))
        if request.method != "POST":
            return _ask(invitation, form_for(request.args.get("answer"), invitation, at), at)
        form = form_for(request.form.get("answer"), invitation, at)
        if is_first_step(form):
            return redirect(_address(invitation, request.form["answer"]), 303)
        if not form.validate_on_submit():
            return _ask(invitation, form, at), 422
        return _take(invitation, form, at)


@bp.get("/invitation/<public_id>/answered")
@access.invitee()
def answered(public_id: str) -> Answer:
    """What came of the answer; what is personal in it for whoever reads the mailbox of the invitation."""
    invitation = get_held(public_id)
    if invitation.state in UNANSWERED:
        return redirect(_address(invitation))
    with in_language(spoken(invitation)):
        is_open = is_answering_open_for(invitation, now())
        return render_template(
            "answers/answered.html", event=invitation.event, invitation=invitation, standing=find_standing(invitation),
            is_open=is_open, is_proven=is_proven(invitation, now()), companions=list_companions(invitation.id),
            asks_more=particulars.asks_anything(invitation.event), requests=list_requests_about(invitation.id),
            **late_state(invitation, now(), is_open=is_open),
        )  # fmt: skip


@bp.get("/invitation/<public_id>/calendar.ics")
@access.invitee()
def calendar(public_id: str) -> Response:
    """The event for the guest's own calendar, once the place is confirmed."""
    invitation = get_held(public_id)
    standing = find_standing(invitation)
    if standing.registration is None or standing.state != "confirmed":
        raise NotFound
    base_url, sender = settings().base_url, settings().mail_from
    with in_language(spoken(invitation)):
        data = calendar_of(standing.registration, base_url=base_url, sender=sender, stamp=now(), method="PUBLISH")
    name = file_name(invitation.event.slug, "ics")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype="text/calendar", headers=headers)


@bp.route("/invitation/<public_id>/someone-else", methods=["GET", "POST"])
@access.invitee()
def someone_else(public_id: str) -> Answer:
    """For whoever received a link that is not theirs: a request to come instead, never an answer."""
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        form = RequestForm()
        if request.method != "POST":
            return _someone_else(invitation, form)
        if not form.validate_on_submit():
            return _someone_else(invitation, form), 422
        return _request(invitation, form)


def _request(invitation: Invitation, form: RequestForm) -> Answer:
    at, message = now(), form.message.data or ""
    try:
        if is_first(invitation, sent_key(), is_scarce=False):
            service.check_open(invitation, at, deadline_sentence_for, opened_at(invitation))
            representation_requests.ask(invitation, form.representative(), message=message, at=at)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        return _someone_else(invitation, form, refusal), 422
    flash(_("Your request is noted. The person invited and the organiser decide, and you are told by mail."), "good")
    return redirect(url_for("answers.someone_else", public_id=invitation.public_id), 303)


def _someone_else(invitation: Invitation, form: RequestForm, refusal: Refusal | None = None) -> str:
    return render_template(
        "answers/someone_else.html", event=invitation.event, invitation=invitation, form=form, refusal=refusal,
        is_open=is_answering_open_for(invitation, now(), opened_at(invitation)),
    )  # fmt: skip


def _address(invitation: Invitation, chosen: str | None = None) -> str:
    opened = request.values.get(FIELD)
    return url_for("answers.answer", public_id=invitation.public_id, answer=chosen, opened=opened)


def _take(invitation: Invitation, form: Form, at: datetime) -> Answer:
    """Write the answer down; a refusal comes back on the page with everything typed."""
    done, key = url_for("answers.answered", public_id=invitation.public_id), sent_key()
    if key in invitation.form_keys:
        return redirect(done, 303)
    try:
        service.check_open(invitation, at, deadline_sentence_for, opened_at(invitation))
        _write(invitation, form, at, key)
        db.session.commit()
    except service.SentBefore:
        db.session.rollback()
    except Busy:
        db.session.rollback()
        raise  # the page that sends the same form again
    except service.ListLocked:
        db.session.rollback()
        return _ask_leave(get_held(invitation.public_id), form, at)
    except service.AnsweredBefore as refusal:
        db.session.rollback()
        return _stands(invitation, form, refusal), 409
    except Refusal as refusal:
        db.session.rollback()
        return _ask(invitation, form, at, refusal), 422
    return redirect(done, 303)


def _ask_leave(invitation: Invitation, form: RepresentativeForm, at: datetime) -> Answer:
    """Security has the list: what was typed becomes a request, and the answer stays as it is."""
    try:
        if is_first(invitation, sent_key(), is_scarce=False):
            representation_requests.ask(invitation, form.representative(), message="", at=at)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        return _ask(invitation, form, at, refusal), 422
    flash(_("Your request is noted. Nothing changes until the organiser decides; a letter then says so."), "good")
    return redirect(url_for("answers.answer", public_id=invitation.public_id), 303)


def _stands(invitation: Invitation, form: Form, refusal: Refusal) -> str:
    """The answer that stands, shown to a second person; what they typed may become a request."""
    is_named = isinstance(form, RepresentativeForm)
    return render_template(
        "answers/stands.html", event=invitation.event, invitation=invitation, standing=find_standing(invitation),
        form=RequestForm() if is_named else None, refusal=refusal,
    )  # fmt: skip


def _write(invitation: Invitation, form: Form, at: datetime, key: str) -> None:
    actor = Actor("invitee", invitation.public_id, invitation.person.full_name)
    may_change = is_proven(invitation, at)
    if isinstance(form, RepresentativeForm):
        who = form.representative()
        service.be_represented_by(invitation, who, by="link", actor=actor, at=at, may_change=may_change, form_key=key)
    elif isinstance(form, DeclineForm):
        reason = form.reason.data or ""
        service.decline(invitation, by="link", actor=actor, at=at, reason=reason, may_change=may_change, form_key=key)
    else:
        registration = service.accept(invitation, by="link", actor=actor, at=at, may_change=may_change, form_key=key)
        is_new = invitation.answered_at == at  # known once the lock is held
        if not (is_new or may_change):
            return
        if isinstance(form, CompanionsForm) and invitation.companions_allowed:
            companions.name_companions(invitation, form.names(), actor=actor, at=at)
        if isinstance(form, DetailsForm):
            particulars.tell(registration, form.told(), actor=actor, at=at)


def _ask(invitation: Invitation, form: Form, at: datetime, refusal: Refusal | None = None) -> str:
    template = template_of(form)
    is_open = is_answering_open_for(invitation, at, opened_at(invitation))
    return render_template(
        f"answers/{template}.html",
        event=invitation.event,
        invitation=invitation,
        standing=find_standing(invitation),
        form=form,
        refusal=refusal,
        is_open=is_open,
        is_proven=is_proven(invitation, at),
        requests=list_requests_about(invitation.id) if template == "answer" else (),
        **late_state(invitation, at, is_open=is_open),
    )
