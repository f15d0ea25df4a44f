"""The queue of the door: how many desks it takes, and what that assumes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.checkin.board import board_of
from app.checkin.forms_queue import QueueForm, queue_form
from app.checkin.manifest_queries import find_settings
from app.checkin.pacing import choose_pace
from app.checkin.queries import count_expected
from app.checkin.service import day_of
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _
from app.views import done

bp = Blueprint("queue", __name__, url_prefix="/organise/<slug>/door/queue")


@bp.get("")
@access.staff("organiser")
def queue(slug: str) -> str:
    """The desks to plan, and on the day the queue."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, queue_form(find_settings(event)))


@bp.post("")
@access.staff("organiser")
def choose(slug: str) -> Response | tuple[str, int]:
    """Assume something else."""
    event = get_event_for(current_user, slug, "organiser")
    form = QueueForm()
    if done(form, lambda: choose_pace(event, form.pace(), actor=current_actor(), at=now())):
        flash(_("The forecast of the queue is made from this now."), "good")
        return redirect(url_for(".queue", slug=slug), 303)
    return _page(event, form), 422


def _page(event: Event, form: QueueForm) -> str:
    at = now()
    board = board_of(event, day_of(event, at), at, confirmed=count_expected(event))
    return render_template("checkin/queue.html", event=event, form=form, outlook=board.outlook)
