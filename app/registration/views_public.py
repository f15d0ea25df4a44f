"""The pages behind a personal link: the answer, what came of it, the calendar entry."""

from datetime import datetime

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.audit.service import Actor
from app.clock import now
from app.columns import LANGUAGES
from app.database import db
from app.directory.protocol import courtesy_title
from app.errors import NotFound, Refusal
from app.extensions import settings
from app.forms import Form
from app.i18n import in_language
from app.invitations.deadlines import deadline_sentence_for, is_answering_open_for
from app.invitations.models import UNANSWERED, Invitation
from app.invitations.queries import find_invitation_by_token, get_invitation_in_session
from app.registration import guessing, service
from app.registration.calendar_entry import calendar_of
from app.registration.forms import ChoiceForm, DeclineForm, RepresentativeForm
from app.registration.queries import find_standing
from app.text import file_name

bp = Blueprint("answers", __name__)
bp.add_app_template_global(courtesy_title)
MOST_HELD = 20
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
    _hold(invitation)
    return redirect(url_for("answers.answer", public_id=invitation.public_id))


@bp.route("/invitation/<public_id>/", methods=["GET", "POST"])
@access.invitee()
def answer(public_id: str) -> Answer:
    """The question and its three answers; what was answered, until it may no longer change."""
    at = now()  # the instant of receipt decides, not the one the lock was obtained
    invitation = _held(public_id)
    with in_language(_spoken(invitation)):
        if request.method != "POST":
            return _ask(invitation, _form_for(request.args.get("answer"), invitation), at)
        form = _form_for(request.form.get("answer"), invitation)
        if _is_first_step(form):
            return redirect(_address(invitation, request.form["answer"]), 303)
        if not form.validate_on_submit():
            return _ask(invitation, form, at), 422
        return _take(invitation, form, at)


@bp.get("/invitation/<public_id>/answered")
@access.invitee()
def answered(public_id: str) -> Answer:
    """What came of the answer, and what to do next."""
    invitation = _held(public_id)
    standing = find_standing(invitation)
    if invitation.state in UNANSWERED:
        return redirect(_address(invitation))
    with in_language(_spoken(invitation)):
        return render_template(
            "answers/answered.html",
            event=invitation.event,
            invitation=invitation,
            standing=standing,
            is_open=is_answering_open_for(invitation, now()),
        )


@bp.get("/invitation/<public_id>/calendar.ics")
@access.invitee()
def calendar(public_id: str) -> Response:
    """The event for the guest's own calendar, once the place is confirmed."""
    invitation = _held(public_id)
    standing = find_standing(invitation)
    if standing.registration is None or standing.state != "confirmed":
        raise NotFound
    base_url, sender = settings().base_url, settings().mail_from
    with in_language(_spoken(invitation)):
        data = calendar_of(standing.registration, base_url=base_url, sender=sender, stamp=now(), method="PUBLISH")
    name = file_name(invitation.event.slug, "ics")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype="text/calendar", headers=headers)


@bp.get("/invitation/<public_id>/someone-else")
@access.invitee()
def someone_else(public_id: str) -> str:
    """For whoever received a link that is not theirs."""
    invitation = _held(public_id)
    with in_language(_spoken(invitation)):
        return render_template("answers/someone_else.html", event=invitation.event, invitation=invitation)


def _held(public_id: str) -> Invitation:
    is_deciding = request.method == "POST"
    return get_invitation_in_session(public_id, session.get("invitations", {}), is_deciding=is_deciding)


def _hold(invitation: Invitation) -> None:
    held = dict(session.get("invitations", {}))
    held.pop(invitation.public_id, None)
    others = list(held.items())[: MOST_HELD - 1]  # cookies keep no order: which ones go is chance
    session["invitations"] = {invitation.public_id: invitation.token_hash, **dict(others)}


def _spoken(invitation: Invitation) -> str:
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else invitation.language


def _address(invitation: Invitation, chosen: str | None = None) -> str:
    return url_for("answers.answer", public_id=invitation.public_id, answer=chosen)


def _form_for(chosen: str | None, invitation: Invitation) -> Form:
    """The form of the step; a GET shows it as first asked, a POST with what was typed."""
    if chosen == "represented":
        return RepresentativeForm(**_named(invitation) if request.method != "POST" else {})
    if chosen == "decline":
        return DeclineForm(reason=invitation.decline_reason)
    known = {"accepted": "attend", "represented": "represented", "declined": "decline"}
    return ChoiceForm(answer=known.get(invitation.state))


def _named(invitation: Invitation) -> dict[str, str]:
    """The representative named before, to be corrected rather than typed again."""
    registration = find_standing(invitation).registration
    if invitation.state != "represented" or registration is None:
        return {}
    person = registration.person
    return {
        "civility": person.civility,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "quality": ", ".join(registration.qualities),
        "email": registration.email,
    }


def _is_first_step(form: Form) -> bool:
    """Whether a choice was made that needs a second page, not yet seen."""
    seen = "reason" if isinstance(form, DeclineForm) else "family_name"
    return not isinstance(form, ChoiceForm) and seen not in request.form


def _take(invitation: Invitation, form: Form, at: datetime) -> Answer:
    """Write the answer down; a refusal comes back on the page with everything typed."""
    done = url_for("answers.answered", public_id=invitation.public_id)
    try:
        service.check_open(invitation, at, deadline_sentence_for)
        _write(invitation, form, at)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        return _ask(invitation, form, at, refusal), 422
    return redirect(done, 303)


def _write(invitation: Invitation, form: Form, at: datetime) -> None:
    actor = Actor("invitee", invitation.public_id, invitation.person.full_name)
    if isinstance(form, RepresentativeForm):
        who = form.representative()
        service.be_represented_by(invitation, who, by="link", actor=actor, at=at)
    elif isinstance(form, DeclineForm):
        reason = form.reason.data or ""
        service.decline(invitation, by="link", actor=actor, at=at, reason=reason)
    else:
        service.accept(invitation, by="link", actor=actor, at=at)


def _ask(invitation: Invitation, form: Form, at: datetime, refusal: Refusal | None = None) -> str:
    template = {RepresentativeForm: "represented", DeclineForm: "decline"}.get(type(form), "answer")
    return render_template(
        f"answers/{template}.html",
        event=invitation.event,
        invitation=invitation,
        standing=find_standing(invitation),
        form=form,
        refusal=refusal,
        is_open=is_answering_open_for(invitation, at),
    )
