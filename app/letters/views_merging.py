"""All letters in one file for the printer: asked for, watched, fetched."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, language
from app.letters import merging, preview, queries
from app.letters.drawing import Binding
from app.letters.forms import MergeForm
from app.letters.models import MergeRun
from app.letters.wording import KINDS
from app.outbox.composing import Attachment
from app.text import file_name
from app.views import done

bp = Blueprint("merging", __name__, url_prefix="/organise/<slug>/printing")
ENDED = frozenset({"ready", "failed"})


@bp.get("")
@access.staff("organiser")
def runs(slug: str) -> str:
    """Which letters are to be printed, and the files made so far."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, MergeForm(formdata=None, channel="paper", is_unsent=True).offer(event, KINDS))


@bp.post("")
@access.staff("organiser")
def ask(slug: str) -> BaseResponse | tuple[str, int]:
    """Have the file made in the background."""
    event = get_event_for(current_user, slug, "organiser")
    form = MergeForm().offer(event, KINDS)
    if not done(form, lambda: _ask(event, form)):
        return _page(get_event_for(current_user, slug, "organiser"), form), 422
    flash(_("The letters are being written; this page says how far it is."), "good")
    return redirect(url_for(".runs", slug=slug), 303)


@bp.get("/<public_id>/progress")
@access.staff("organiser")
def progress(slug: str, public_id: str) -> Response:
    """How far a file is, for the page that shows it."""
    run = queries.get_run(get_event_for(current_user, slug, "organiser"), public_id)
    answer = make_response(render_template("letters/_progress.html", run=run))
    if run.state in ENDED:
        answer.headers["X-Poll-Reload"] = "1"
    return answer


@bp.get("/<public_id>.pdf")
@access.staff("organiser")
def merged_pdf(slug: str, public_id: str) -> Response:
    """The file for the printer."""
    run = queries.get_run(get_event_for(current_user, slug, "organiser"), public_id)
    if run.pdf is None:
        raise NotFound
    name = file_name(" ".join((_("letters"), slug, run.narrowing.get("category", ""))), "pdf")
    return preview.download(Attachment(name, "application/pdf", run.pdf))


@bp.post("/<public_id>/remove")
@access.staff("organiser")
def remove(slug: str, public_id: str) -> BaseResponse:
    """Erase a file for the printer."""
    event = get_event_for(current_user, slug, "organiser")
    merging.remove(event, queries.get_run(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The file is erased."), "info")
    return redirect(url_for(".runs", slug=slug), 303)


def _ask(event: Event, form: MergeForm) -> MergeRun:
    binding = Binding("", language(), event.accent, is_two_sided=form.is_two_sided.data)
    return merging.ask(event, form.kind.data, form.narrowing(), binding=binding, actor=current_actor(), at=now())


def _page(event: Event, form: MergeForm) -> str:
    return render_template("letters/printing.html", event=event, form=form, runs=queries.list_runs(event))
