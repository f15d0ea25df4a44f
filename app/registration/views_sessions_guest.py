"""The programme of one guest: what everyone attends, the sessions chosen, and those still to choose."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.errors import NotFound, Refusal
from app.i18n import _, here, in_language
from app.invitations.models import Invitation
from app.programme.models import Session
from app.programme.queries import get_session, list_sessions
from app.programme.words import by_day
from app.registration import session_places
from app.registration.form_keys import sent_key, tell_sent_before
from app.registration.holding import get_held, is_proven, spoken
from app.registration.models import Registration
from app.registration.queries import find_standing, list_companions
from app.registration.sending_once import is_first
from app.registration.session_choice import choices_of
from app.registration.session_models import SessionPlace
from app.registration.session_queries import find_held, find_place, list_places_of, place_in_session_queue

bp = Blueprint("my_programme", __name__, url_prefix="/invitation/<public_id>/programme")
Page = str | Response | tuple[str, int]


@bp.app_template_global()
def session_places_of(registration: Registration) -> list[SessionPlace]:
    """For a page: the sessions somebody chose."""
    return list_places_of(registration.id)


@bp.app_template_global()
def my_programme_url(event_id: int) -> str:
    """For a public page: where the guest whose link this browser opened chooses sessions; empty for others."""
    invitation = find_held(event_id, session.get("invitations", {}))
    return url_for("my_programme.programme", public_id=invitation.public_id) if invitation else ""


@bp.get("")
@access.invitee()
def programme(public_id: str) -> Page:
    """Day by day: what is for everyone, what is theirs, what they may choose."""
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        people = _people_of(invitation)
        if not people or invitation.event.status == "cancelled":
            return redirect(url_for("answers.answer", public_id=public_id), 303)
        return _page(invitation, people, _chosen_of(people, request.args.get("who", "")), now())


@bp.post("/<session_id>/<any(choose, leave):act>")
@access.invitee()
def decide(public_id: str, session_id: str, act: str) -> Response:
    """Choose a session, exchange one for it, or give it up; what is taken back asks who reads the mailbox."""
    invitation, at, who = get_held(public_id), now(), request.form.get("who", "")
    with in_language(spoken(invitation)):
        wanted = get_session(invitation.event, session_id)
        registration = _chosen_of(_people_of(invitation), who)
        if (act == "leave" or "instead" in request.form) and not is_proven(invitation, at):
            flash(_("Before a place is given up, please show that you read the mailbox of the invitation."), "info")
            return redirect(url_for("mailbox.code", public_id=public_id), 303)
        _carry_out(invitation, registration, wanted, act, at)
        anchor = f"session-{wanted.public_id}"
        return redirect(url_for(".programme", public_id=public_id, who=who or None, _anchor=anchor), 303)


def _carry_out(invitation: Invitation, registration: Registration, wanted: Session, act: str, at: datetime) -> None:
    """Do it and say what came of it; a refusal is said instead."""
    actor = Actor("invitee", invitation.public_id, invitation.person.full_name)
    try:
        if not is_first(invitation, sent_key()):
            tell_sent_before()
            return
        told = _leave(registration, wanted, actor, at) if act == "leave" else _choose(registration, wanted, actor, at)
        db.session.commit()
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    else:
        flash(told, "good")


def _choose(registration: Registration, wanted: Session, actor: Actor, at: datetime) -> str:
    given_up = _exchanged(registration, request.form.get("instead", ""))
    place = session_places.choose(registration, wanted, actor=actor, at=at, instead_of=given_up)
    if place.state == "confirmed":
        return _("You have a place in “%(title)s”.", title=here(wanted.title))
    rank = place_in_session_queue(place)
    return _("“%(title)s” is full: you are on its waiting list, rank %(rank)s.", title=here(wanted.title), rank=rank)


def _exchanged(registration: Registration, public_id: str) -> SessionPlace | None:
    if not public_id:
        return None
    found = next((one for one in list_places_of(registration.id) if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def _leave(registration: Registration, wanted: Session, actor: Actor, at: datetime) -> str:
    place = find_place(wanted.id, registration.id)
    if place is None or (wanted.starts_at is not None and wanted.starts_at <= at):
        raise NotFound
    session_places.give_up(place, actor=actor, at=at)
    return _("You have given up “%(title)s”.", title=here(wanted.title))


def _people_of(invitation: Invitation) -> list[Registration]:
    """Whose sessions are chosen behind this link: the guest's (or who comes instead), then who comes along."""
    standing = find_standing(invitation).registration
    along = [one.registration for one in list_companions(invitation.id)]
    return [one for one in (standing, *along) if one is not None and one.state == "confirmed"]


def _chosen_of(people: list[Registration], public_id: str) -> Registration:
    """The one the page is about: the first unless said. Raises NotFound."""
    found = [one for one in people if public_id in ("", one.public_id)]
    if not found:
        raise NotFound
    return found[0]


def _page(invitation: Invitation, people: list[Registration], who: Registration, at: datetime) -> str:
    event = invitation.event
    sessions = list_sessions(event)
    return render_template(
        "answers/programme.html", event=event, invitation=invitation, people=people, who_comes=who,
        days=by_day(sessions, event), choices=choices_of(who, sessions, event, at),
        is_proven=is_proven(invitation, at), is_own=len(people) == 1,
    )  # fmt: skip
