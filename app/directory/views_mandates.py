"""A person's mandates and orders of printing, ways to be reached, and decisions of protocol."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.directory import mandates
from app.directory.contacts import add_contact_point, get_contact_point, make_main, remove_contact_point
from app.directory.forms import ContactForm, DecisionForm, mandate_form, presentation_form
from app.directory.lists import list_lists_of
from app.directory.models import Mandate, Office, Person
from app.directory.offices import list_offices_of
from app.directory.overrides import decide, get_decision, withdraw_decision
from app.directory.queries import get_person
from app.directory.views import Page, require_everywhere, to_person
from app.errors import NotFound
from app.forms import Form
from app.i18n import _
from app.views import done

bp = Blueprint("mandates", __name__, url_prefix="/directory/people/<public_id>")


@bp.before_request
def _for_organisers_of_everything() -> None:
    require_everywhere()


def _asked(
    form: Form, person: Person, title: str, act: Callable[[Actor, Any], object], sentence: str, **shown: Any
) -> Page:
    """Show a form on a page of its own, or do what it asks and go back to the person."""
    if form.is_submitted() and done(form, lambda: act(current_actor(), now())):
        return to_person(person, sentence)
    shown = {"form": form, "person": person, "title": title, **shown}
    return render_template(shown.pop("page", "directory/form.html"), **shown), 422 if form.errors else 200


def _did(person: Person, sentence: str = "") -> Response:
    db.session.commit()
    return to_person(person, sentence)


def _mandate(public_id: str, position: int) -> tuple[Person, Mandate]:
    person = get_person(public_id)
    found = next((one for one in person.mandates if one.position == position), None)
    if found is None:
        raise NotFound
    return person, found


def _offices(person: Person) -> dict[str, Office]:
    """Offices of the organisations somebody has to do with, by address."""
    bodies = {one.organisation.id: one.organisation for one in person.mandates if one.organisation}
    return {office.public_id: office for body in bodies.values() for office in list_offices_of(body)}


@bp.route("/mandates/add", methods=["GET", "POST"])
@access.staff("organiser")
def add(public_id: str) -> Page:
    """Give somebody a mandate, printed last."""
    person = get_person(public_id)
    offices = _offices(person)
    form = mandate_form(None, offices)
    return _asked(
        form, person, _("Add a mandate"),
        lambda actor, at: mandates.add_mandate(person, form.term(offices), actor=actor, at=at), _("Mandate added."),
    )  # fmt: skip


@bp.route("/mandates/<int:position>", methods=["GET", "POST"])
@access.staff("organiser")
def change(public_id: str, position: int) -> Page:
    """Correct a mandate, or say until when it was held."""
    person, one = _mandate(public_id, position)
    offices = _offices(person)
    form = mandate_form(one, offices)
    return _asked(
        form, person, _("Correct a mandate"),
        lambda actor, at: mandates.change_mandate(one, form.term(offices), actor=actor, at=at), _("Saved."),
        remove_url=url_for(".remove", public_id=public_id, position=position),
    )  # fmt: skip


@bp.post("/mandates/<int:position>/move")
@access.staff("organiser")
def move(public_id: str, position: int) -> Response:
    """Print a mandate before or after its neighbour."""
    person, one = _mandate(public_id, position)
    step = -1 if request.form.get("direction") == "up" else 1
    mandates.move_mandate(one, step, actor=current_actor(), at=now())
    return _did(person)


@bp.post("/mandates/<int:position>/remove")
@access.staff("organiser")
def remove(public_id: str, position: int) -> Response:
    """Take away a mandate entered by mistake."""
    person, one = _mandate(public_id, position)
    mandates.remove_mandate(one, actor=current_actor(), at=now())
    return _did(person, _("The mandate was taken away."))


@bp.route("/presentations/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_presentation(public_id: str) -> Page:
    """Keep another order of printing."""
    person = get_person(public_id)
    form = presentation_form(person, None)
    return _asked(
        form, person, _("Another order of printing"),
        lambda actor, at: mandates.save_presentation(
            person, None, form.name.data, form.lines(person), actor=actor, at=at
        ),
        _("This order is kept."), page="directory/presentation.html",
    )  # fmt: skip


@bp.route("/presentations/<order>", methods=["GET", "POST"])
@access.staff("organiser")
def change_presentation(public_id: str, order: str) -> Page:
    """Change an order of printing."""
    person = get_person(public_id)
    one = mandates.get_presentation(person, order)
    form = presentation_form(person, one)
    return _asked(
        form, person, one.name,
        lambda actor, at: mandates.save_presentation(
            person, one, form.name.data, form.lines(person), actor=actor, at=at
        ),
        _("Saved."), page="directory/presentation.html",
        remove_url=url_for(".remove_presentation", public_id=public_id, order=order),
    )  # fmt: skip


@bp.post("/presentations/<order>/remove")
@access.staff("organiser")
def remove_presentation(public_id: str, order: str) -> Response:
    """Drop an order of printing."""
    person = get_person(public_id)
    mandates.remove_presentation(mandates.get_presentation(person, order), actor=current_actor(), at=now())
    return _did(person, _("This order is no longer kept."))


@bp.route("/contacts/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_contact(public_id: str) -> Page:
    """One more way to reach somebody."""
    person, form = get_person(public_id), ContactForm()
    return _asked(
        form, person, _("Another way to be reached"),
        lambda actor, at: add_contact_point(
            person, form.kind.data, form.value.data, form.label.data, actor=actor, at=at
        ),
        _("Saved."),
    )  # fmt: skip


@bp.post("/contacts/<point>/main")
@access.staff("organiser")
def main_contact(public_id: str, point: str) -> Response:
    """Write there from now on."""
    person = get_person(public_id)
    make_main(person, get_contact_point(person, point), actor=current_actor(), at=now())
    return _did(person, _("Letters go there from now on; invitations already made keep their address."))


@bp.post("/contacts/<point>/remove")
@access.staff("organiser")
def remove_contact(public_id: str, point: str) -> Response:
    """Forget a way to reach somebody."""
    person = get_person(public_id)
    remove_contact_point(person, get_contact_point(person, point), actor=current_actor(), at=now())
    return _did(person, _("Removed."))


@bp.route("/decisions/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_decision(public_id: str) -> Page:
    """Write something else than the rule, with the reason."""
    person = get_person(public_id)
    form = DecisionForm().offer(list_lists_of(person))
    return _asked(
        form, person, _("Decide otherwise"),
        lambda actor, at: decide(
            person, form.kind.data, form.value.data, reason=form.reason.data, language=form.language.data,
            scope=form.scope.data, actor=actor, at=at,
        ),
        _("Kept with your name and your reason."),
    )  # fmt: skip


@bp.post("/decisions/<decision>/withdraw")
@access.staff("organiser")
def withdraw(public_id: str, decision: str) -> Response:
    """Follow the rule again."""
    person = get_person(public_id)
    withdraw_decision(get_decision(person, decision), actor=current_actor(), at=now())
    return _did(person, _("The rule holds again."))
