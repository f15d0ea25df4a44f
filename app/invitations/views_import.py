"""Taking in a list of guests: send it, look at what it would do, then decide."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import begin_writing, db
from app.errors import Refusal
from app.events.queries import get_category, get_event_for
from app.guest_list import read_guest_list
from app.i18n import _, ngettext
from app.invitations import lists
from app.invitations.forms import ListForm
from app.invitations.importing import OUTCOMES
from app.invitations.list_queries import get_import
from app.invitations.words import COLUMN_WORDS

bp = Blueprint("guest_lists", __name__, url_prefix="/organise/<slug>/guests/import")
PAGE = 50
# What a preview shows first: what somebody must look at.
TABS = ("possible_duplicates", "rejected", "created", "updated", "unchanged")
Page = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def upload(slug: str) -> str:
    """Ask for a list."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("invitations/upload.html", event=event, form=ListForm().offer(event))


@bp.post("")
@access.staff("organiser", reads_first=True)
def upload_post(slug: str) -> Page:
    """Read the list and keep it to be looked at. Reading a large one takes a second or two."""
    event = get_event_for(current_user, slug, "organiser")
    form = ListForm().offer(event)
    if not form.validate_on_submit():
        return render_template("invitations/upload.html", event=event, form=form), 422
    try:
        read = read_guest_list(form.file.data.read(), form.file.data.filename or "")
    except Refusal as refusal:
        form.file.errors = [refusal.sentence]
        return render_template("invitations/upload.html", event=event, form=form), 422
    begin_writing()
    kept = _keep(slug, form, read)
    return redirect(url_for(".preview", slug=slug, public_id=kept), 303)


def _keep(slug: str, form: ListForm, read: lists.GuestList) -> str:
    event = get_event_for(current_user, slug, "organiser")
    kept = lists.keep_for_preview(
        event,
        read,
        get_category(event, form.category.data),
        file_name=form.file.data.filename or "",
        language=form.language.data,
        actor=current_actor(),
        at=now(),
    )
    db.session.commit()
    return kept.public_id


@bp.get("/<public_id>")
@access.staff("organiser")
def preview(slug: str, public_id: str) -> str:
    """What the list would do, row by row; nothing is written."""
    event = get_event_for(current_user, slug, "organiser")
    kept = get_import(event, public_id)
    plan = lists.plan_of(kept)
    counts = plan.counts()
    tab = _tab(counts)
    rows = [row for row in plan.rows if row.outcome == tab or (row.is_doubtful and tab == TABS[0])]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "invitations/preview.html", event=event, kept=kept, plan=plan, counts=counts, tab=tab,
        tabs_order=TABS, column_words=COLUMN_WORDS,
        rows=rows[(page - 1) * PAGE : page * PAGE], page=page, pages=pages, total=len(rows),
    )  # fmt: skip


@bp.post("/<public_id>/apply")
@access.staff("organiser")
def apply(slug: str, public_id: str) -> Response:
    """Make guests of the list, all of it or none of it."""
    event = get_event_for(current_user, slug, "organiser")
    kept = get_import(event, public_id)
    secret = current_app.config["SECRET_KEY"]
    counts = lists.take_in(kept, secret=secret, actor=current_actor(), at=now())
    db.session.commit()
    flash(_told(counts), "good")
    return redirect(url_for("invitations.guests", slug=slug), 303)


@bp.post("/<public_id>/drop")
@access.staff("organiser")
def drop(slug: str, public_id: str) -> Response:
    """Forget the list."""
    event = get_event_for(current_user, slug, "organiser")
    lists.drop(get_import(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The list was dropped. The guest list is as it was."), "info")
    return redirect(url_for(".upload", slug=slug), 303)


def _tab(counts: dict[str, int]) -> str:
    asked = request.args.get("show", "")
    return asked if asked in TABS else next((one for one in TABS if counts[one]), "created")


def _told(counts: dict[str, int]) -> str:
    """What really happened, in words."""
    if not counts["created"] and not counts["updated"]:
        return _("The list held nothing new: the guest list is as it was.")
    parts = [
        ngettext("%(num)s guest added", "%(num)s guests added", counts["created"]),
        ngettext("%(num)s updated", "%(num)s updated", counts["updated"]),
        ngettext("%(num)s unchanged", "%(num)s unchanged", counts["unchanged"]),
        ngettext("%(num)s row not taken in", "%(num)s rows not taken in", counts["rejected"]),
    ]
    wanted = [part for part, name in zip(parts, OUTCOMES, strict=True) if counts[name]]
    return ", ".join(wanted) + "."
