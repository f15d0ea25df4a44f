"""The code that shows who reads the mailbox of an invitation, and what only that person may do."""

from datetime import datetime

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.errors import NotFound, Refusal
from app.i18n import _, in_language
from app.invitations.deadlines import deadline_sentence_for
from app.invitations.models import Invitation
from app.registration import companions, mailbox_proof, representation_requests, service
from app.registration.form_keys import sent_key, tell_sent_before
from app.registration.forms_guest import CodeForm, companions_form
from app.registration.holding import get_held, is_proven, prove, spoken
from app.registration.models import RepresentationRequest
from app.registration.opening import opened_at
from app.registration.queries import find_request, list_companions
from app.registration.sending_once import is_first

bp = Blueprint("mailbox", __name__, url_prefix="/invitation/<public_id>")
Page = str | Response | tuple[str, int]


@bp.route("/code", methods=["GET", "POST"])
@access.invitee()
def code(public_id: str) -> Page:
    """Where the digits are typed; a POST mails new ones to the address of the invitation."""
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        if request.method != "POST":
            return _page(invitation, CodeForm())
        try:
            mailbox_proof.ask(invitation, secret=current_app.config["SECRET_KEY"], at=now())
            db.session.commit()
        except Refusal as refusal:
            db.session.rollback()
            return _page(invitation, CodeForm(formdata=None), refusal), refusal.status
        return redirect(url_for(".code", public_id=public_id), 303)


@bp.post("/code/check")
@access.invitee()
def check(public_id: str) -> Page:
    """Hold the digits against those mailed; a mistake is counted."""
    invitation, form, at = get_held(public_id), CodeForm(), now()
    with in_language(spoken(invitation)):
        if not form.validate_on_submit():
            return _page(invitation, form), 422
        secret = current_app.config["SECRET_KEY"]
        is_right = mailbox_proof.is_right(invitation, form.digits.data, secret=secret, at=at)
        db.session.commit()
        if not is_right:
            form.digits.errors = [_("These are not the digits of the latest mail.")]
            return _page(invitation, form), 422
        prove(invitation, at)
        return redirect(url_for("answers.answered", public_id=public_id), 303)


@bp.route("/companions", methods=["GET", "POST"])
@access.invitee()
def along(public_id: str) -> Page:
    """Who comes along, to be named anew."""
    invitation, at = get_held(public_id), now()
    with in_language(spoken(invitation)):
        if not is_proven(invitation, at):
            return redirect(url_for(".code", public_id=public_id), 303)
        if request.method != "POST":
            return _along(invitation)
        return _name(invitation, at)


@bp.post("/requests/<request_id>/<decision>")
@access.invitee()
def decide(public_id: str, request_id: str, decision: str) -> Page:
    """Let whoever asked come instead, or not."""
    invitation, at = get_held(public_id), now()
    with in_language(spoken(invitation)):
        if not is_proven(invitation, at):
            return redirect(url_for(".code", public_id=public_id), 303)
        asked = find_request(request_id)
        if asked is None or asked.invitation_id != invitation.id or decision not in {"grant", "refuse"}:
            raise NotFound
        _decide(invitation, asked, decision, at)
        return redirect(url_for("answers.answer", public_id=public_id), 303)


def _decide(invitation: Invitation, asked: RepresentationRequest, decision: str, at: datetime) -> None:
    actor, name = _actor(invitation), asked.full_name
    try:
        if not is_first(invitation, sent_key()):
            tell_sent_before()
            return
        if decision == "grant":
            service.check_open(invitation, at, deadline_sentence_for, opened_at(invitation))
            representation_requests.grant(asked, by="link", actor=actor, at=at)
        else:
            representation_requests.refuse(asked, actor=actor, at=at)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
        return
    told = _("%(name)s comes instead.", name=name) if decision == "grant" else _("%(name)s is told.", name=name)
    flash(told, "good")


def _name(invitation: Invitation, at: datetime) -> Page:
    form = companions_form(invitation)
    if not form.validate_on_submit():
        return _along(invitation), 422
    try:
        if is_first(invitation, sent_key()):
            service.check_open(invitation, at, deadline_sentence_for, opened_at(invitation))
            companions.name_companions(invitation, form.names(), actor=_actor(invitation), at=at)
            db.session.commit()
            flash(_("The names are noted. The letters for them reach the mailbox of the invitation."), "good")
        else:
            tell_sent_before()
    except Refusal as refusal:
        db.session.rollback()
        return _along(invitation, refusal), 422
    return redirect(url_for("answers.answered", public_id=invitation.public_id), 303)


def _along(invitation: Invitation, refusal: Refusal | None = None) -> str:
    present = list_companions(invitation.id) if request.method != "POST" else ()
    return render_template(
        "answers/companions.html", event=invitation.event, invitation=invitation, is_open=True, is_proven=True,
        form=companions_form(invitation, present), refusal=refusal, is_change=True,
    )  # fmt: skip


def _page(invitation: Invitation, form: CodeForm, refusal: Refusal | None = None) -> str:
    last, at = mailbox_proof.find_last(invitation.id), now()
    return render_template(
        "answers/code.html", event=invitation.event, invitation=invitation, form=form, refusal=refusal,
        code=last if mailbox_proof.is_live(last, at) else None,
    )  # fmt: skip


def _actor(invitation: Invitation) -> Actor:
    return Actor("invitee", invitation.public_id, invitation.person.full_name)
