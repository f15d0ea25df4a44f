"""Places in sessions as the organiser sees them: how full each is, who comes, who waits, lists to take away."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, here, ngettext
from app.programme import changing
from app.programme.models import Session
from app.programme.queries import get_session, list_chosen, list_headlines
from app.programme.words import by_day
from app.registration import session_lists, session_places, session_queries
from app.registration.queries import get_registration
from app.text import file_name

bp = Blueprint("sessions", __name__, url_prefix="/organise/<slug>/sessions")
log = logging.getLogger("parvis.exports")


@bp.app_template_global()
def session_figures(event: Event) -> dict[int, session_queries.Figures]:
    """For a page: figures of every session with places to choose, by id."""
    return session_queries.count_places(list_chosen(event)) if event.has_session_choices else {}


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _act(slug: str, session: str, act: Callable[[Event, Session], str]) -> BaseResponse:
    """Carry out `act`, say what came of it, and show the session again."""
    event = _event(slug)
    one = get_session(event, session)
    try:
        told = act(event, one)
        db.session.commit()
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    else:
        flash(told, "good")
    return redirect(url_for(".session", slug=slug, session=session), 303)


@bp.get("")
@access.staff("organiser")
def sessions(slug: str) -> str:
    """Every session with places: how full, how many wait, and who is in two at once."""
    event = _event(slug)
    chosen = list_chosen(event)
    return render_template(
        "registration/sessions.html", event=event, days=by_day(chosen, event), chosen=chosen,
        figures=session_queries.count_places(chosen), clashes=session_queries.list_clashes(event, chosen),
    )  # fmt: skip


@bp.get("/<session>")
@access.staff("organiser")
def session(slug: str, session: str) -> str:
    """One session: who has a place, who waits and why, and what can be done."""
    event = _event(slug)
    one = get_session(event, session)
    words = request.args.get("q", "").strip()
    return render_template(
        "registration/session.html", event=event, item=one, words=words,
        figures=session_queries.count_places([one])[one.id], holders=session_queries.list_holders(one),
        waiting=session_queries.list_queue(one), fitting=session_places.list_fitting(one, event),
        found=session_queries.list_comers(event, words) if words else [],
        others=[other for other in list_headlines(event) if other.id != one.id],
    )  # fmt: skip


@bp.post("/<session>/add")
@access.staff("organiser")
def add(slug: str, session: str) -> BaseResponse:
    """Give somebody who comes a place, or a rank when the session is full."""

    def act(event: Event, one: Session) -> str:
        comer = get_registration(event, request.form.get("registration", ""))
        place = session_places.choose(comer, one, actor=current_actor(), at=now(), by_staff=True)
        if place.state == "confirmed":
            return _("%(name)s has a place.", name=comer.person.full_name)
        return _("The session is full: %(name)s waits.", name=comer.person.full_name)

    return _act(slug, session, act)


@bp.post("/<session>/places/<place>/<any(seat, remove):what>")
@access.staff("organiser")
def place(slug: str, session: str, place: str, what: str) -> BaseResponse:
    """Give a place to one who waits, or take a place or a rank back."""
    acts = {"seat": _seat, "remove": _remove}
    return _act(slug, session, lambda event, one: acts[what](event, session_queries.get_place(one, place)))


def _seat(_event: Event, place: session_queries.SessionPlace) -> str:
    session_places.seat(place, actor=current_actor(), at=now())
    return _("%(name)s has a place.", name=place.registration.person.full_name)


def _remove(_event: Event, place: session_queries.SessionPlace) -> str:
    session_places.give_up(place, actor=current_actor(), at=now())
    return _("%(name)s is no longer on the list of this session.", name=place.registration.person.full_name)


@bp.post("/<session>/move")
@access.staff("organiser")
def move(slug: str, session: str) -> BaseResponse:
    """Move somebody to another session in which a place is free."""

    def act(event: Event, one: Session) -> str:
        left = session_queries.get_place(one, request.form.get("place", ""))
        other, who = get_session(event, request.form.get("to", "")), left.registration
        session_places.choose(who, other, actor=current_actor(), at=now(), instead_of=left, by_staff=True)
        return _("%(name)s has a place in “%(title)s” now.", name=who.person.full_name, title=here(other.title))

    return _act(slug, session, act)


@bp.post("/<session>/seat-next")
@access.staff("organiser")
def seat_next(slug: str, session: str) -> BaseResponse:
    """Seat those who wait, in order of rank, as long as there are places."""

    def act(event: Event, one: Session) -> str:
        seated = len(session_places.promote(one, event, now()))
        if not seated:
            return _("Nobody who waits fits at present.")
        return ngettext(
            "%(num)s person has a place now. A letter says so.",
            "%(num)s people have a place now. A letter says so to each.",
            seated,
        )

    return _act(slug, session, act)


@bp.post("/<session>/exchange")
@access.staff("organiser")
def exchange(slug: str, session: str) -> BaseResponse:
    """Exchange the rooms of two sessions; calendars and letters follow."""

    def act(event: Event, one: Session) -> str:
        other = get_session(event, request.form.get("other", ""))
        changing.exchange_rooms(one, other, event=event, actor=current_actor(), at=now())
        return _(
            "“%(title)s” is in %(room)s now. Those who have a place are told.", title=here(one.title), room=one.room
        )

    return _act(slug, session, act)


@bp.post("/<session>/<any(cancel, put_back):what>")
@access.staff("organiser")
def cancel(slug: str, session: str, what: str) -> BaseResponse:
    """The session does not take place, or does after all."""

    def act(event: Event, one: Session) -> str:
        if what == "cancel":
            changing.cancel_session(one, event=event, actor=current_actor(), at=now())
            return _("The session is cancelled; everyone on its list is told.")
        changing.put_back(one, event=event, actor=current_actor(), at=now())
        return _("The session takes place; guests may choose it again.")

    return _act(slug, session, act)


@bp.get("/<session>/door-list.<format>")
@access.staff("organiser")
def door_list(slug: str, session: str, format: str) -> Response:
    """Who comes to a session: pdf to tick at the door, xlsx or csv to work with."""
    event = _event(slug)
    one = get_session(event, session)
    if format == "pdf":
        return _file(session_lists.door_list_pdf(one, event, now()), f"{slug}-{here(one.title)}", "pdf")
    content = session_lists.door_list_file(one, event, format, made_by=current_user.name, at=now())
    log.info("list of session %s (%s) taken by %s", session, format, current_user.public_id)
    return _file(content, f"{slug}-{here(one.title)}", format)


@bp.get("/signage.<format>")
@access.staff("organiser")
def signage(slug: str, format: str) -> Response:
    """Every session with its hours and room, for the screens and signs of the building."""
    event = _event(slug)
    content = session_lists.signage_file(event, list_headlines(event), format, made_by=current_user.name, at=now())
    return _file(content, f"{slug}-signage", format)


def _file(content: bytes, name: str, kind: str) -> Response:
    mimes = {**session_lists.FORMATS, "pdf": "application/pdf"}
    if kind not in mimes:
        raise NotFound
    disposition = "inline" if kind == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{file_name(name, kind)}"'}
    return Response(content, mimetype=mimes[kind], headers=headers)
