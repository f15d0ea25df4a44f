"""Organisations, their offices and who holds them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.directory import bodies
from app.directory.contacts import add_contact_point, get_contact_point, remove_contact_point
from app.directory.forms import ContactForm, HandOverForm, OfficeForm, Search, organisation_form
from app.directory.mandates import hand_over
from app.directory.models import Organisation
from app.directory.offices import find_mandate_of, get_office, list_holders, list_offices_of
from app.directory.queries import get_person, search_people
from app.directory.views import Page, number_of_pages, require_everywhere
from app.i18n import _
from app.views import done

bp = Blueprint("organisations", __name__, url_prefix="/directory")


@bp.before_request
def _for_organisers_of_everything() -> None:
    require_everywhere()


def _to(body: Organisation, sentence: str) -> Response:
    flash(sentence, "good")
    return redirect(url_for(".organisation", public_id=body.public_id), 303)


@bp.get("/organisations")
@access.staff("organiser")
def organisations() -> str:
    """Every organisation, or those of a name or a kind."""
    form, page = Search(request.args), request.args.get("page", 1, type=int)
    words, kind = form.q.data or "", form.kind.data or ""
    total = bodies.count_bodies(words, kind)
    pages = number_of_pages(total, page)
    found = bodies.list_bodies(words, kind, page)
    return render_template(
        "directory/organisations.html", form=form, organisations=found, page=page, pages=pages, total=total
    )


@bp.get("/organisations/<public_id>")
@access.staff("organiser")
def organisation(public_id: str) -> str:
    """One organisation: what it is, its offices, its people, its parts."""
    body, day = bodies.get_organisation(public_id), now().date()
    held = {office: find_mandate_of(office, day) for office in list_offices_of(body)}
    return render_template(
        "directory/organisation.html", body=body, held=held, on=day, mandates=bodies.list_mandates_at(body),
        parts=bodies.list_parts(body), entries=list_entries_of(body.public_id),
    )  # fmt: skip


@bp.route("/organisations/add", methods=["GET", "POST"])
@access.staff("organiser")
def add() -> Page:
    """Enter an organisation."""
    return _fill(None)


@bp.route("/organisations/<public_id>/edit", methods=["GET", "POST"])
@access.staff("organiser")
def edit(public_id: str) -> Page:
    """Correct an organisation."""
    return _fill(bodies.get_organisation(public_id))


def _fill(body: Organisation | None) -> Page:
    form = organisation_form(body)
    if form.is_submitted():
        saved = done(form, lambda: bodies.save_organisation(body, form.body(), actor=current_actor(), at=now()))
        if saved:
            return _to(saved.value, _("Saved."))
    title = body.name if body else _("Add an organisation")
    return render_template("directory/form.html", form=form, body=body, title=title), 422 if form.errors else 200


@bp.route("/organisations/<public_id>/offices/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_office(public_id: str) -> Page:
    """Enter an office: whoever holds it can then be invited."""
    body, form = bodies.get_organisation(public_id), OfficeForm()
    if form.is_submitted() and done(
        form,
        lambda: bodies.add_office(
            body, form.masculine.data or "", form.feminine.data or "", actor=current_actor(), at=now()
        ),
    ):
        return _to(body, _("The office is in the directory: say who holds it."))
    shown = {"form": form, "body": body, "title": _("Add an office")}
    return render_template("directory/form.html", **shown), 422 if form.errors else 200


@bp.route("/organisations/<public_id>/contacts/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_contact(public_id: str) -> Page:
    """One more way to reach an organisation."""
    body, form = bodies.get_organisation(public_id), ContactForm()
    if form.is_submitted() and done(
        form,
        lambda: add_contact_point(
            body, form.kind.data, form.value.data, form.label.data, actor=current_actor(), at=now()
        ),
    ):
        return _to(body, _("Saved."))
    shown = {"form": form, "body": body, "title": _("Another way to be reached")}
    return render_template("directory/form.html", **shown), 422 if form.errors else 200


@bp.post("/organisations/<public_id>/contacts/<point>/remove")
@access.staff("organiser")
def remove_contact(public_id: str, point: str) -> Response:
    """Forget a way to reach an organisation."""
    body = bodies.get_organisation(public_id)
    remove_contact_point(body, get_contact_point(body, point), actor=current_actor(), at=now())
    db.session.commit()
    return _to(body, _("Removed."))


@bp.get("/offices/<public_id>")
@access.staff("organiser")
def office(public_id: str) -> str:
    """Who holds an office, held it, and who takes it up: searched in the directory."""
    one, words = get_office(public_id), request.args.get("q", "").strip()
    return render_template(
        "directory/office.html", office=one, holders=list_holders(one), on=now().date(), words=words,
        found=search_people(words) if words else [],
    )  # fmt: skip


@bp.route("/offices/<public_id>/to/<person>", methods=["GET", "POST"])
@access.staff("organiser")
def pass_on(public_id: str, person: str) -> Page:
    """The office passes to somebody on a day; the mandate before ends the day before."""
    one, successor = get_office(public_id), get_person(person)
    form = HandOverForm(data={"on": now().date()})
    if form.is_submitted() and done(
        form, lambda: hand_over(one, successor, form.on.data, actor=current_actor(), at=now())
    ):
        return _to(one.organisation, _("%(name)s holds the office.", name=successor.full_name))
    title = _("%(name)s takes up an office", name=successor.full_name)
    shown = {"form": form, "body": one.organisation, "title": title, "office": one}
    return render_template("directory/form.html", **shown), 422 if form.errors else 200
