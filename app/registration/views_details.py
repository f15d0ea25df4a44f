"""What an invitee tells and takes back after the answer, and what is asked for after the deadline."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.i18n import _, in_language
from app.invitations.deadlines import is_answering_open_for
from app.invitations.models import ANSWERED, Invitation
from app.registration import consents, late_requests, particulars
from app.registration.form_keys import sent_key
from app.registration.forms_details import DetailsForm, details_form
from app.registration.forms_late import LateForm
from app.registration.holding import get_held, is_proven, spoken
from app.registration.life import CONSENT_KINDS
from app.registration.life_queries import list_questions_for
from app.registration.models import Registration
from app.registration.opening import opened_at
from app.registration.printing import wished
from app.registration.queries import find_standing
from app.registration.sending_once import is_first
from app.registration.words import late_words
from app.views import done

bp = Blueprint("details", __name__, url_prefix="/invitation/<public_id>")
bp.add_app_template_global(late_words)
Page = str | Response | tuple[str, int]


@bp.route("/details", methods=["GET", "POST"])
@access.invitee()
def details(public_id: str) -> Page:
    """How one is printed, needs, wishes and questions, for whoever reads the mailbox of the invitation."""
    invitation, at = get_held(public_id), now()
    with in_language(spoken(invitation)):
        registration = find_standing(invitation).registration
        if not is_proven(invitation, at):
            return redirect(url_for("mailbox.code", public_id=public_id), 303)
        if not _may_tell(invitation, registration) or registration is None:
            return redirect(url_for("answers.answered", public_id=public_id), 303)
        form = _form(invitation, registration, at)
        if request.method == "POST" and (kept := done(form, lambda: _keep(invitation, registration, form, at))):
            flash(kept.value, "good")
            return redirect(url_for("answers.answered", public_id=public_id), 303)
        return _page(invitation, form, at), 422 if request.method == "POST" else 200


def _may_tell(invitation: Invitation, registration: Registration | None) -> bool:
    is_own = invitation.state == "accepted" and registration is not None and registration.state != "cancelled"
    return is_own and particulars.asks_anything(invitation.event)


def _form(invitation: Invitation, registration: Registration, at: datetime) -> DetailsForm:
    """After the deadline: wishes, which are taken back at any time, and what the organiser may be asked for."""
    event, is_open = invitation.event, is_answering_open_for(invitation, at, opened_at(invitation))
    known = particulars.known_of(registration)
    if is_open:
        questions = list_questions_for(event, registration.category.key, "registration")
        return details_form(invitation, questions, registration=registration, known=known)
    asks = CONSENT_KINDS + (("title", "document_name") if late_requests.can_ask(invitation, at) else ())
    return details_form(invitation, (), registration=registration, known=known, asks=asks)


def _keep(invitation: Invitation, registration: Registration, form: DetailsForm, at: datetime) -> str:
    """Keep what was told; answers the sentence that says what came of it."""
    if not is_first(invitation, sent_key(), is_scarce=False):
        return _("What you told is noted.")
    told, actor = form.told(), Actor("invitee", invitation.public_id, invitation.person.full_name)
    if is_answering_open_for(invitation, at, opened_at(invitation)):
        if particulars.tell(registration, told, actor=actor, at=at) == "kept_aside":
            return _("Noted. Badges are being printed: the reception will know of the change.")
        return _("What you told is noted.")
    held = wished(registration, particulars.known_of(registration).detail)
    if told.wishes:
        consents.say(registration, told.wishes, has_agreed=told.has_agreed, actor=actor, at=at)
    if told.printed is None or told.printed.cleaned() == held.cleaned():
        return _("What you told is noted.")
    late_requests.ask(invitation, "change", content=late_requests.content_of(told.printed), at=at)
    return _("The change became a request: the organiser decides, and you are told by mail.")


def _page(invitation: Invitation, form: DetailsForm, at: datetime) -> str:
    return render_template(
        "answers/details.html", event=invitation.event, invitation=invitation, form=form, refusal=None, is_change=True,
        is_proven=True, is_open=is_answering_open_for(invitation, at, opened_at(invitation)),
    )  # fmt: skip


@bp.route("/late", methods=["GET", "POST"])
@access.invitee()
def late(public_id: str) -> Page:
    """After the deadline: ask the organiser, who decides."""
    invitation, at = get_held(public_id), now()
    with in_language(spoken(invitation)):
        if invitation.state in ANSWERED and not is_proven(invitation, at):
            return redirect(url_for("mailbox.code", public_id=public_id), 303)
        form = LateForm().offer(invitation)
        if request.method != "POST" or "step" not in request.form or request.form["step"] != "asked":
            return _late(invitation, form, at)
        if done(form, lambda: _ask(invitation, form, at)):
            flash(_("Your request is noted. The organiser decides, and you are told by mail."), "good")
            return redirect(url_for("answers.answer", public_id=public_id), 303)
        return _late(invitation, form, at), 422


def _ask(invitation: Invitation, form: LateForm, at: datetime) -> object:
    if not is_first(invitation, sent_key(), is_scarce=False):
        return None
    message = form.message.data or ""
    return late_requests.ask(invitation, form.answer.data, content=form.content(), message=message, at=at)


def _late(invitation: Invitation, form: LateForm, at: datetime) -> str:
    return render_template(
        "answers/late.html", event=invitation.event, invitation=invitation, form=form,
        is_proven=is_proven(invitation, at), is_open=is_answering_open_for(invitation, at),
        can_ask=late_requests.can_ask(invitation, at),
    )  # fmt: skip
