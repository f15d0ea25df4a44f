"""Entries that may be one person: side by side, one by a click, two again by another."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.duplicates import REASONS, get_merge, list_doubles, list_doubles_of
from app.directory.forms import MergeForm
from app.directory.merging import merge_people, tell_apart, undo_merge
from app.directory.models import Merge, Person
from app.directory.queries import get_person
from app.directory.views import Page, require_everywhere, to_person
from app.errors import Refusal
from app.forms import options
from app.i18n import _
from app.views import done

bp = Blueprint("doubles", __name__, url_prefix="/directory")
MOST = 50


@bp.before_request
def _for_organisers_of_everything() -> None:
    require_everywhere()


@bp.get("/doubles")
@access.staff("organiser")
def doubles() -> str:
    """Every pair that may be one person, with its reason."""
    pairs = list_doubles(MOST)
    return render_template("directory/doubles.html", pairs=pairs, reasons=REASONS, most=MOST, on=now().date())


@bp.route("/people/<public_id>/same-as/<other>", methods=["GET", "POST"])
@access.staff("organiser")
def compare(public_id: str, other: str) -> Page:
    """Two entries side by side; merging asks which one stays."""
    one, double = get_person(public_id), get_person(other)
    form = _merge_form(one, double)
    if form.is_submitted() and (made := done(form, lambda: _merge(form, one, double))):
        _say_left_behind(made.value)
        return to_person(made.value.kept, _("Two entries are one now. You can undo this below."))
    reason = next((pair.reason for pair in list_doubles_of(one) if pair.other is double), None)
    shown = {"one": one, "other": double, "form": form, "reason": REASONS.get(reason or ""), "on": now().date()}
    return render_template("directory/compare.html", **shown), 422 if form.errors else 200


def _merge_form(one: Person, other: Person) -> MergeForm:
    form = MergeForm(data={"keep": one.public_id})
    form.keep.choices = options([(one.public_id, _("The first entry")), (other.public_id, _("The second entry"))])
    return form


def _say_left_behind(made: Merge) -> None:
    titles = made.moved.get("left_behind")
    if titles:
        words = _(
            "Both had a role in: %(titles)s. The role of the entry that stays is the one printed.",
            titles=", ".join(titles),
        )
        flash(words, "attention")


def _merge(form: MergeForm, one: Person, other: Person) -> Merge:
    kept, absorbed = (other, one) if form.keep.data == other.public_id else (one, other)
    return merge_people(kept, absorbed, reason=form.reason.data or "", actor=current_actor(), at=now())


@bp.post("/people/<public_id>/other-than/<other>")
@access.staff("organiser")
def apart(public_id: str, other: str) -> Response:
    """They are two people: not to be proposed again."""
    tell_apart(get_person(public_id), get_person(other), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("Noted: two people. They are not proposed again."), "good")
    return redirect(url_for(".doubles"), 303)


@bp.post("/merges/<merge>/undo")
@access.staff("organiser")
def undo(merge: str) -> Response:
    """Two entries again; what followed goes back."""
    made = get_merge(merge)
    try:
        undo_merge(made, actor=current_actor(), at=now())
        db.session.commit()
        flash(_("They are two entries again."), "good")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    return to_person(get_merge(merge).kept)
