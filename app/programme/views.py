"""The organiser's programme: sessions, their order, their people. Works without JavaScript."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.mandates import get_presentation, snapshot_qualities
from app.directory.models import Person
from app.directory.queries import get_person, search_people
from app.directory.service import Contact, Names, add_person
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form
from app.i18n import _
from app.programme import queries, service
from app.programme.forms import NewPersonForm, RoleForm, SessionForm, role_form, session_form
from app.programme.models import Session
from app.programme.words import by_day
from app.views import done as carried_out

bp = Blueprint("programme", __name__, url_prefix="/organise/<slug>/programme")
Page = str | Response | tuple[str, int]


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _done(event: Event, sentence: str = "", session: str = "") -> Response:
    """Keep the change and show the programme, at the session concerned."""
    db.session.commit()
    if sentence:
        flash(sentence, "good")
    anchor = f"session-{session}" if session else None
    return redirect(url_for("programme.edit", slug=event.slug, _anchor=anchor), 303)


def _fill(
    template: str, form: Form, event: Event, save: Callable[[], Session], done: str = "", **shown: object
) -> Page:
    """Show a form, or save it and show the session; a refusal keeps what was typed."""
    if not form.is_submitted():
        return render_template(f"programme/{template}.html", form=form, event=event, **shown)
    if saved := carried_out(form, save):
        return _done(event, done or _("Saved."), saved.value.public_id)
    return render_template(f"programme/{template}.html", form=form, event=event, **shown), 422


@bp.get("")
@access.staff("organiser")
def edit(slug: str) -> str:
    """The programme, each session with its buttons."""
    event = _event(slug)
    sessions = queries.list_sessions(event)
    return render_template("programme/edit.html", event=event, sessions=sessions, days=by_day(sessions, event))


@bp.route("/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_session(slug: str) -> Page:
    """Add a session."""
    event, form = _event(slug), SessionForm(data={"kind": "round_table"})
    return _fill(
        "session",
        form,
        event,
        lambda: service.add_session(event, form.details(event), actor=current_actor(), at=now()),
        _("The session is in the programme."),
    )


@bp.route("/<session>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_session(slug: str, session: str) -> Page:
    """Change a session."""
    event = _event(slug)
    one = queries.get_session(event, session)
    form = session_form(one, event)

    def save() -> Session:
        service.edit_session(one, form.details(event), event=event, actor=current_actor(), at=now())
        return one

    return _fill("session", form, event, save, _("The session was changed."), item=one)


@bp.post("/<session>/move")
@access.staff("organiser")
def move_session(slug: str, session: str) -> Response:
    """Move a session up or down."""
    event = _event(slug)
    one = queries.get_session(event, session)
    service.move_session(one, _step(), event=event, actor=current_actor(), at=now())
    return _done(event, session=one.public_id)


@bp.post("/<session>/remove")
@access.staff("organiser")
def remove_session(slug: str, session: str) -> Response:
    """Take a session out of the programme."""
    event = _event(slug)
    one = queries.get_session(event, session)
    service.remove_session(one, event=event, actor=current_actor(), at=now())
    return _done(event, _("The session is no longer in the programme."))


@bp.route("/<session>/people", methods=["GET", "POST"])
@access.staff("organiser")
def people(slug: str, session: str) -> Page:
    """Look for someone to add to a session, or enter someone new."""
    event = _event(slug)
    one = queries.get_session(event, session)
    words = request.args.get("q", "").strip()
    form = NewPersonForm()
    shown = {"item": one, "words": words, "found": search_people(words) if words else []}
    done = _("Added to the programme.")
    return _fill("people", form, event, lambda: _add_new_person(event, one, form), done, **shown)


def _add_new_person(event: Event, session: Session, form: NewPersonForm) -> Session:
    names = Names(form.given.data, form.family.data, civility=form.civility.data)
    person = add_person(names, Contact(), qualities=form.lines(), at=now())
    db.session.flush()
    return _give_role(event, session, person, form)


def _give_role(event: Event, session: Session, person: Person, form: RoleForm) -> Session:
    service.add_role(
        session, person, form.role.data, qualities=form.lines(), event=event, actor=current_actor(), at=now()
    )
    return session


def _lines_printed(person: Person, event: Event) -> tuple[str, ...]:
    """The mandates held on the day of the event, in the person's order or in one of their others (`?order=`)."""
    day = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
    asked = request.args.get("order", "")
    return snapshot_qualities(person, day, get_presentation(person, asked) if asked else None)


@bp.route("/<session>/people/<person>", methods=["GET", "POST"])
@access.staff("organiser")
def add_role(slug: str, session: str, person: str) -> Page:
    """Give someone of the directory a role."""
    event, guest = _event(slug), get_person(person)
    one = queries.get_session(event, session)
    form = RoleForm(data={"qualities": "\n".join(_lines_printed(guest, event))})
    return _fill(
        "role",
        form,
        event,
        lambda: _give_role(event, one, guest, form),
        _("Added to the programme."),
        item=one,
        person=guest,
    )


@bp.route("/roles/<role>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_role(slug: str, role: str) -> Page:
    """Change a role or the qualities printed with it."""
    event = _event(slug)
    one = queries.get_role(event, role)
    form = role_form(one)

    def save() -> Session:
        service.edit_role(one, form.role.data, form.lines(), event=event, actor=current_actor(), at=now())
        return one.session

    return _fill("role", form, event, save, item=one.session, person=one.person, role=one)


@bp.post("/roles/<role>/move")
@access.staff("organiser")
def move_role(slug: str, role: str) -> Response:
    """Move a person up or down in a session."""
    event = _event(slug)
    one = queries.get_role(event, role)
    service.move_role(one, _step(), event=event, actor=current_actor(), at=now())
    return _done(event, session=one.session.public_id)


@bp.post("/roles/<role>/remove")
@access.staff("organiser")
def remove_role(slug: str, role: str) -> Response:
    """Take a person out of a session."""
    event = _event(slug)
    one = queries.get_role(event, role)
    session = one.session.public_id
    service.remove_role(one, event=event, actor=current_actor(), at=now())
    return _done(event, _("Taken off the session."), session=session)


def _step() -> int:
    return -1 if request.form.get("direction") == "up" else 1
