"""Taking in a list of guests: send it, look at what it would do, decide, perhaps undo."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access, jobqueue
from app.accounts.actor import current_actor
from app.clock import now
from app.database import begin_writing, db
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.guest_list import NoHeaderFound
from app.i18n import _, ngettext
from app.invitations import examining, list_work, lists, undoing
from app.invitations.forms_lists import ListForm
from app.invitations.list_models import GuestListImport
from app.invitations.list_queries import count_rows, get_import, is_overtaken, list_imports, list_senders, page_of_rows
from app.invitations.list_words import (
    LIST_STATES,
    left_out_sentence,
    moment,
    problem_sentence,
    progress_words,
    row_sentence,
)
from app.invitations.planning import OTHER, OUTCOMES
from app.invitations.words import COLUMN_WORDS

bp = Blueprint("guest_lists", __name__, url_prefix="/organise/<slug>/guests/import")
PAGE = 50
# What a preview shows first: what somebody must look at.
TABS = ("possible_duplicates", "rejected", "created", "updated", "unchanged")
Page = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def upload(slug: str) -> str:
    """Ask for a list; show those that came before."""
    return _upload_page(get_event_for(current_user, slug, "organiser"))


def _upload_page(event: Event, form: ListForm | None = None) -> str:
    return render_template(
        "invitations/upload.html", event=event, form=form or ListForm().offer(event), states=LIST_STATES,
        imports=list_imports(event), senders=list_senders(), moment=moment,
    )  # fmt: skip


@bp.post("")
@access.staff("organiser", reads_first=True)
def upload_post(slug: str) -> Page:
    """Read a short list at once and leave a long one to the worker; then its page says what it holds."""
    event = get_event_for(current_user, slug, "organiser")
    form = ListForm().offer(event)
    if not form.validate_on_submit():
        return _upload_page(event, form), 422
    sent = _sent(event, form)
    found = examining.examine(sent) if sent.is_small else None
    if found and found.problem and not isinstance(found.problem, NoHeaderFound):
        form.file.errors = [found.problem.sentence]
        return _upload_page(event, form), 422
    begin_writing()
    kept = _keep(sent, found)
    return redirect(url_for(".preview", slug=slug, public_id=kept), 303)


def _sent(event: Event, form: ListForm) -> examining.Sent:
    file = form.file.data
    return examining.Sent(
        event, file.read(), file.filename or "", get_category(event, form.category.data),
        form.language.data, form.sender.data or "",
    )  # fmt: skip


def _keep(sent: examining.Sent, found: examining.Examined | None) -> str:
    kept = lists.keep(sent, actor=current_actor(), at=now())
    if found:
        lists.settle(kept, found, actor=current_actor(), at=now())
    else:
        jobqueue.start_work(db.session(), list_work.READ, kept.public_id)
    db.session.commit()
    return kept.public_id


@bp.get("/<public_id>")
@access.staff("organiser")
def preview(slug: str, public_id: str) -> Page:
    """What the list would do, row by row, with nothing written; or how far the work on it is, or what it did."""
    event = get_event_for(current_user, slug, "organiser")
    kept = get_import(event, public_id)
    if kept.state in {"reading", "applying"}:
        return render_template("invitations/list_work.html", event=event, kept=kept, words=progress_words(kept))
    if kept.state == "refused":
        return render_template("invitations/refused.html", event=event, kept=kept, sentence=problem_sentence(kept),
                               is_mapped=kept.problem["code"] == NoHeaderFound.__name__)  # fmt: skip
    if kept.state != "previewed":
        return _closed_page(event, kept)
    return _preview_page(event, kept)


def _closed_page(event: Event, kept: GuestListImport) -> str:
    return render_template(
        "invitations/taken_in.html", event=event, kept=kept, obstacle=undoing.find_obstacle(kept),
        states=LIST_STATES, moment=moment, why=left_out_sentence,
    )  # fmt: skip


def _preview_page(event: Event, kept: GuestListImport) -> str:
    counts = {name: kept.summary.get(name, 0) for name in TABS}
    tab = _tab(counts)
    page = max(request.args.get("page", 1, type=int), 1)
    rows, total = page_of_rows(kept, tab, page, PAGE)
    categories = {category.key: category for category in event.categories}
    return render_template(
        "invitations/preview.html", event=event, kept=kept, counts=counts, tab=tab, tabs_order=TABS,
        column_words=COLUMN_WORDS, categories=categories, sentence=row_sentence, rows=rows, page=page, total=total,
        number=count_rows(kept), pages=max(1, -(-total // PAGE)), other=OTHER, problem=problem_sentence(kept),
        is_stale=is_overtaken(kept),
    )  # fmt: skip


@bp.get("/<public_id>/progress")
@access.staff("organiser")
def progress(slug: str, public_id: str) -> Response:
    """How far the work on a list is; js/poll.js reads the page anew once it has ended."""
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    answer = make_response(render_template("invitations/_list_progress.html", kept=kept, words=progress_words(kept)))
    if kept.state not in {"reading", "applying"}:
        answer.headers["X-Poll-Reload"] = "1"
    return answer


@bp.post("/<public_id>/rows/<int:number>")
@access.staff("organiser")
def decide(slug: str, public_id: str, number: int) -> Response:
    """Say whom a doubtful row means."""
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    lists.decide(kept, number, request.form.get("who", ""))
    db.session.commit()
    back = url_for(
        ".preview", slug=slug, public_id=public_id, show="possible_duplicates", page=request.args.get("page")
    )
    return redirect(f"{back}#row-{number}", 303)


@bp.post("/<public_id>/compare")
@access.staff("organiser")
def compare(slug: str, public_id: str) -> Response:
    """Compare the list again with everyone we know by now."""
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    lists.compare_again(kept)
    db.session.commit()
    flash(_("The list was compared again. What you decided is kept."), "good")
    return redirect(url_for(".preview", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/apply")
@access.staff("organiser")
def apply(slug: str, public_id: str) -> Response:
    """Make guests of the list, all of it or none of it."""
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    if count_rows(kept) > lists.SMALL_ROWS:
        lists.start_taking_in(kept, actor=current_actor())
        jobqueue.start_work(db.session(), list_work.TAKE_IN, kept.public_id, turn=list_work.turn(now()))
    else:
        secret = current_app.config["SECRET_KEY"]
        counts = lists.take_in(kept, secret=secret, actor=current_actor(), at=now())
        flash(_told(counts), "good")
    db.session.commit()
    return redirect(url_for(".preview", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/drop")
@access.staff("organiser")
def drop(slug: str, public_id: str) -> Response:
    """Forget the list."""
    event = get_event_for(current_user, slug, "organiser")
    lists.drop(get_import(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The list was dropped. The guest list is as it was."), "info")
    return redirect(url_for(".upload", slug=slug), 303)


@bp.post("/<public_id>/undo")
@access.staff("organiser")
def undo(slug: str, public_id: str) -> Response:
    """Take the whole list back."""
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    try:
        undoing.undo(kept, actor=current_actor(), at=now())
        db.session.commit()
        flash(_("The list was undone: the guests are as they were before it."), "good")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    return redirect(url_for(".preview", slug=slug, public_id=public_id), 303)


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
