"""The organiser's programme: sessions, their order, their people. Works without JavaScript."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.queries import get_person, search_people
from app.directory.service import Contact, Names, add_person
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form
from app.i18n import _
from app.programme import queries, service
from app.programme.forms import NewPersonForm, RoleForm, SessionForm, role_form, session_form
from app.programme.words import by_day

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


def _again(template: str, form: Form, refusal: Refusal | None = None, **values: object) -> Page:
    """The form once more, with what was typed."""
    db.session.rollback()
    if refusal:
        form.form_errors.append(refusal.sentence)
    return render_template(template, form=form, **values), 422


@bp.get("")
@access.staff("organiser")
def edit(slug: str) -> str:
    """The programme, each session with its buttons."""
    event = _event(slug)
    sessions = queries.list_sessions(event)
    return render_template(
        "programme/edit.html", event=event, sessions=sessions, days=by_day(sessions, event)
    )


@bp.route("/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_session(slug: str) -> Page:
    """Add a session."""
    event, form = _event(slug), SessionForm(data={"kind": "round_table"})
    if not form.is_submitted():
        return render_template("programme/session.html", event=event, form=form)
    if not form.validate():
        return _again("programme/session.html", form, event=event)
    try:
        session = service.add_session(event, form.details(event), actor=current_actor(), at=now())
    except Refusal as refusal:
        return _again("programme/session.html", form, refusal, event=event)
    return _done(event, _("The session is in the programme."), session.public_id)


@bp.route("/<session>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_session(slug: str, session: str) -> Page:
    """Change a session."""
    event = _event(slug)
    one = queries.get_session(event, session)
    form = session_form(one, event)
    shown = {"event": event, "item": one}
    if not form.is_submitted():
        return render_template("programme/session.html", form=form, **shown)
    if not form.validate():
        return _again("programme/session.html", form, **shown)
    try:
        service.edit_session(one, form.details(event), event=event, actor=current_actor(), at=now())
    except Refusal as refusal:
        return _again("programme/session.html", form, refusal, **shown)
    return _done(event, _("The session was changed."), one.public_id)


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
    shown = {"event": event, "item": one, "words": words}
    if not form.is_submitted():
        found = search_people(words) if words else []
        return render_template("programme/people.html", form=form, found=found, **shown)
    if not form.validate():
        return _again("programme/people.html", form, found=[], **shown)
    return _add_new_person(event, session, form)


def _add_new_person(event: Event, session: str, form: NewPersonForm) -> Response:
    one = queries.get_session(event, session)
    names = Names(form.given.data, form.family.data, civility=form.civility.data)
    person = add_person(names, Contact(), qualities=form.lines(), at=now())
    db.session.flush()
    service.add_role(one, person, form.role.data, qualities=form.lines(), event=event,
                     actor=current_actor(), at=now())
    return _done(event, _("%(name)s is in the programme.", name=person.full_name), session)


@bp.route("/<session>/people/<person>", methods=["GET", "POST"])
@access.staff("organiser")
def add_role(slug: str, session: str, person: str) -> Page:
    """Give someone of the directory a role."""
    event, guest = _event(slug), get_person(person)
    one = queries.get_session(event, session)
    form = RoleForm(data={"qualities": "\n".join(m.title for m in guest.mandates)})
    shown = {"event": event, "item": one, "person": guest}
    if not form.is_submitted():
        return render_template("programme/role.html", form=form, **shown)
    if not form.validate():
        return _again("programme/role.html", form, **shown)
    try:
        service.add_role(one, guest, form.role.data, qualities=form.lines(), event=event,
                         actor=current_actor(), at=now())
    except Refusal as refusal:
        return _again("programme/role.html", form, refusal, **shown)
    return _done(event, _("%(name)s is in the programme.", name=guest.full_name), session)


@bp.route("/roles/<role>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_role(slug: str, role: str) -> Page:
    """Change a role or the qualities printed with it."""
    event = _event(slug)
    one = queries.get_role(event, role)
    form = role_form(one)
    shown = {"event": event, "item": one.session, "person": one.person, "role": one}
    if not form.is_submitted():
        return render_template("programme/role.html", form=form, **shown)
    if not form.validate():
        return _again("programme/role.html", form, **shown)
    service.edit_role(one, form.role.data, form.lines(), event=event, actor=current_actor(), at=now())
    return _done(event, _("The role was changed."), one.session.public_id)


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
    return _done(event, session=session)


def _step() -> int:
    return -1 if request.form.get("direction") == "up" else 1
