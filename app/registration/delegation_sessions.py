"""The sessions of one member of a delegation, chosen by its contact: one page, one submit, one letter."""

from datetime import datetime

from flask import flash, render_template, request

from app.audit.service import Actor
from app.errors import NotFound
from app.forms import Form
from app.i18n import _
from app.invitations.delegation import DelegationMember
from app.programme.queries import get_session, list_sessions
from app.programme.words import by_day
from app.registration import session_several
from app.registration.form_keys import sent_key, tell_sent_before
from app.registration.models import Registration
from app.registration.queries import find_registration_of
from app.registration.sending_once import is_first
from app.registration.session_choice import choices_of
from app.views import done

TEMPLATE = "delegations/sessions.html"
# What a box may be ticked for, or the tick taken off.
OPEN = frozenset({"yours", "waiting", "free", "full", "same_hours"})


class SessionsForm(Form):
    """Boxes are read by name: which there are depends on the programme."""


def get_registered(member: DelegationMember) -> Registration:
    """The place of a member who comes, at an event whose sessions are chosen. Raises NotFound."""
    event = member.delegation.event
    found = find_registration_of(event.id, member.person_id) if member.person_id else None
    if found is None or found.state != "confirmed" or not event.has_session_choices or event.status == "cancelled":
        raise NotFound
    return found


def choose(member: DelegationMember, form: SessionsForm, actor: Actor, at: datetime) -> bool:
    """Make the sessions of a member those that are ticked; false when the form holds a refusal."""
    registration = get_registered(member)
    wanted = [get_session(registration.event, public_id) for public_id in request.form.getlist("chosen")]

    def act() -> bool:
        if not is_first(member.delegation, sent_key()):
            return False
        session_several.choose_these(registration, wanted, actor=actor, at=at)
        return True

    is_done = done(form, act)
    if is_done and is_done.value:
        flash(_("The sessions of %(name)s are noted.", name=member.full_name), "good")
    elif is_done:
        tell_sent_before()
    return is_done is not None


def page(member: DelegationMember, form: SessionsForm, at: datetime) -> str:
    """Every session with places, ticked as they stand, or as they were ticked when something was refused."""
    registration = get_registered(member)
    event = registration.event
    sessions = [one for one in list_sessions(event) if one.enrolment != "none"]
    choices = choices_of(registration, sessions, event, at)
    ticked = set(request.form.getlist("chosen"))
    if request.method != "POST":
        ticked = {one.public_id for one in sessions if choices[one.id].state in {"yours", "waiting"}}
    return render_template(
        TEMPLATE, event=event, delegation=member.delegation, member=member, form=form, choices=choices, ticked=ticked,
        days=by_day(sessions, event), may_tick=OPEN,
    )  # fmt: skip
