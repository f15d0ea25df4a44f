"""The page of a delegation's contact, behind a link of its own: members are named, registered, replaced."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.columns import LANGUAGES
from app.database import db
from app.errors import Refusal
from app.i18n import _, in_language
from app.invitations.deadlines import deadline_sentence_of_delegation
from app.invitations.delegation import Delegation
from app.invitations.delegation_queries import find_delegation_by_token, get_delegation_in_session, get_member
from app.registration import delegating, delegation_page, delegation_sessions, guessing
from app.registration.form_keys import sent_key, tell_sent_before
from app.registration.forms_delegation import MemberForm, PlacesForm
from app.registration.holding import keep_in_session
from app.registration.opening import opened_at
from app.registration.sending_once import is_first

bp = Blueprint("contact", __name__)
bp.add_app_template_global(deadline_sentence_of_delegation)
Page = str | Response | tuple[str, int]
PAGE = "delegations/contact.html"


@bp.get("/d/<token>")
@access.public()
def open_link(token: str) -> Page:
    """Exchange the contact's link for a place in the session; the address loses its secret."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return render_template("answers/unknown_link.html", is_slowed=True), 429
    found = find_delegation_by_token(token)
    if found is None:
        guessing.note_miss(request.remote_addr or "", now())
        return render_template("answers/unknown_link.html", is_slowed=False), 404
    keep_in_session("delegations", found.public_id, found.token_hash)
    return redirect(url_for(".delegation", public_id=found.public_id))


@bp.get("/delegation/<public_id>/")
@access.invitee()
def delegation(public_id: str) -> Page:
    """Everyone named and their places; one form to name somebody, one to ask for the places."""
    found = _held(public_id)
    with in_language(_spoken(found)):
        return _show(found)


@bp.post("/delegation/<public_id>/members")
@access.invitee()
def add_member(public_id: str) -> Page:
    """Name somebody."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        form = MemberForm()
        if delegation_page.add(found, form, _check(found), _actor(found), at):
            return redirect(_there(public_id), 303)
        return _show(found, form=form), 422


@bp.post("/delegation/<public_id>/places")
@access.invitee()
def places(public_id: str) -> Page:
    """Ask for the places of everyone named."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        form = PlacesForm()
        if delegation_page.ask(found, form, _check(found), _actor(found), at):
            return redirect(_there(public_id), 303)
        return _show(found, places=form), 422


@bp.route("/delegation/<public_id>/members/<member_id>/replace", methods=["GET", "POST"])
@access.invitee()
def replace(public_id: str, member_id: str) -> Page:
    """Somebody else comes instead of a member."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        member = get_member(found, member_id)
        form = MemberForm() if request.method == "POST" else MemberForm().show(member)
        if request.method == "POST" and delegation_page.replace(member, form, _check(found), _actor(found), at):
            return redirect(_there(public_id), 303)
        page = render_template(
            "delegations/replace.html", event=found.event, delegation=found, member=member, form=form
        )
        return page, 422 if request.method == "POST" else 200


@bp.route("/delegation/<public_id>/members/<member_id>/sessions", methods=["GET", "POST"])
@access.invitee()
def sessions(public_id: str, member_id: str) -> Page:
    """The sessions of one member, all in one submit."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        member, form = get_member(found, member_id), delegation_sessions.SessionsForm()
        if request.method != "POST":
            return delegation_sessions.page(member, form, at)
        if delegation_sessions.choose(member, form, _actor(found), at):
            return redirect(_there(public_id), 303)
        return delegation_sessions.page(member, form, at), 422


@bp.post("/delegation/<public_id>/members/<member_id>/remove")
@access.invitee()
def remove(public_id: str, member_id: str) -> Page:
    """A member no longer comes; the place goes to whoever waits first."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        if sent_key() in found.form_keys:  # the member is gone by now
            tell_sent_before()
            return redirect(_there(public_id), 303)
        member = get_member(found, member_id)
        told = _("%(name)s is off the list.", name=member.full_name)
        _do(found, lambda: delegating.remove_member(member, actor=_actor(found), at=at), told)
        return redirect(_there(public_id), 303)


@bp.post("/delegation/<public_id>/decline")
@access.invitee()
def decline(public_id: str) -> Page:
    """Nobody comes; every place is given up."""
    found, at = _held(public_id), now()
    with in_language(_spoken(found)):
        told = _("It is noted that your delegation does not come. Thank you for letting us know.")
        _do(found, lambda: delegating.end(found, "declined", actor=_actor(found), at=at), told)
        return redirect(_there(public_id), 303)


def _do(found: Delegation, act: Callable[[], None], told: str) -> None:
    check = _check(found)
    try:
        if not is_first(found, sent_key()):
            tell_sent_before()
            return
        check()
        act()
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    else:
        flash(told, "good")


def _show(found: Delegation, **more: object) -> str:
    try:
        _check(found)()
    except Refusal as refusal:
        return delegation_page.show(PAGE, found, closed=refusal, **more)
    return delegation_page.show(PAGE, found, closed=None, **more)


def _check(found: Delegation) -> Callable[[], None]:
    at = now()  # the instant of receipt decides
    return lambda: delegating.check_open(found, at, deadline_sentence_of_delegation, opened_at(found))


def _held(public_id: str) -> Delegation:
    return get_delegation_in_session(public_id, session.get("delegations", {}))


def _spoken(found: Delegation) -> str:
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else found.language


def _actor(found: Delegation) -> Actor:
    return Actor("invitee", found.public_id, found.contact_name or found.name)


def _there(public_id: str) -> str:
    return url_for("contact.delegation", public_id=public_id)
