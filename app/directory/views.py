"""The directory: everyone known across editions, one person, their names and where letters go."""

from importlib import import_module
from typing import cast

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.audit.queries import list_entries_of
from app.clock import now
from app.directory import queries
from app.directory.contacts import list_people_behind
from app.directory.duplicates import REASONS, list_doubles_of, list_merges_of
from app.directory.entries import correct_person, enter_person
from app.directory.forms import PersonForm, Search, person_form
from app.directory.lists import list_lists_of
from app.directory.models import Person
from app.directory.overrides import address_of, list_decisions, list_decisions_of
from app.directory.words import install
from app.errors import NotAllowed, NotFound
from app.i18n import _, language
from app.views import done

bp = Blueprint("directory", __name__, url_prefix="/directory")
Page = str | Response | tuple[str, int]


@bp.record
def _with_the_other_pages(state: BlueprintSetupState) -> None:
    """One line of the table of rooms brings every page of the directory."""
    app = cast("Flask", state.app)
    install(app)
    for name in ("mandates", "doubles", "organisations"):
        app.register_blueprint(import_module(f"app.directory.views_{name}").bp)


def require_everywhere() -> None:
    """The directory crosses editions: it is open to organisers of all of them. Raises NotAllowed."""
    if current_user.is_authenticated and not current_user.has_role_everywhere("organiser"):
        raise NotAllowed


@bp.before_request
def _for_organisers_of_everything() -> None:
    require_everywhere()


def number_of_pages(total: int, page: int) -> int:
    """How many pages `total` rows fill. Raises NotFound for a page beyond them."""
    pages = max(1, -(-total // queries.PAGE))
    if not 1 <= page <= pages:
        raise NotFound
    return pages


def to_person(person: Person, sentence: str = "") -> Response:
    """Back to the person's page, saying what was done."""
    if sentence:
        flash(sentence, "good")
    return redirect(url_for("directory.person", public_id=person.public_id), 303)


@bp.get("/")
@access.staff("organiser")
def people() -> str:
    """Everyone, or those whose name is typed in any spelling."""
    form, page = Search(request.args), request.args.get("page", 1, type=int)
    words = form.q.data or ""
    total = queries.count_people(words)
    pages = number_of_pages(total, page)
    offset = (page - 1) * queries.PAGE
    found = queries.search_people(words, queries.PAGE, offset=offset) if words else queries.list_people(page)
    return render_template(
        "directory/people.html", form=form, people=found, page=page, pages=pages, total=total, on=now().date()
    )


@bp.route("/people/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_person() -> Page:
    """Enter somebody."""
    form = PersonForm(data={"language": "fr", "country": "FR"})
    if form.is_submitted():
        who = done(
            form,
            lambda: enter_person(
                form.names(), form.contact(), form.spellings(), spoken=form.spoken.data, actor=current_actor(), at=now()
            ),
        )
        if who:
            return to_person(who.value, _("Entered in the directory."))
    return render_template("directory/person_form.html", form=form, person=None), 422 if form.errors else 200


@bp.get("/people/<public_id>")
@access.staff("organiser")
def person(public_id: str) -> Page:
    """One person: mandates, ways to be reached, protocol, doubles, history."""
    one = queries.get_person(public_id)
    if one.public_id != public_id:
        return redirect(url_for(".person", public_id=one.public_id))
    return render_template("directory/person.html", person=one, on=now().date(), reasons=REASONS, **_known_of(one))


def _known_of(one: Person) -> dict[str, object]:
    """What the page of a person shows beside the entry itself."""
    decided = list_decisions([one.id]).get(one.id, {})
    return {
        "decisions": list_decisions_of(one),
        "lists": {found.scope: found for found in list_lists_of(one)},
        "doubles": list_doubles_of(one),
        "merges": list_merges_of(one),
        "sharing": [other for other in list_people_behind(one.email) if other is not one],
        "entries": list_entries_of(one.public_id),
        "address_in": lambda quality: address_of(one, quality, language(), decided),
    }


@bp.route("/people/<public_id>/edit", methods=["GET", "POST"])
@access.staff("organiser")
def edit_person(public_id: str) -> Page:
    """Correct names, spellings, where letters go."""
    one = queries.get_person(public_id)
    form = person_form(one)
    if form.is_submitted() and done(form, lambda: _correct(one, form)):
        return to_person(one, _("Saved."))
    return render_template("directory/person_form.html", form=form, person=one), 422 if form.errors else 200


def _correct(one: Person, form: PersonForm) -> None:
    actor, spoken = current_actor(), form.spoken.data
    correct_person(one, form.names(), form.contact(), form.spellings(), spoken=spoken, actor=actor, at=now())
