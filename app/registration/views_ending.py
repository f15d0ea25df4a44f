"""Cancel or postpone an event: one act that asks twice, since letters, calendars and the door follow."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events import endings
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _
from app.registration.announcement_queries import list_calls, list_concerned
from app.registration.forms_ending import CancelForm, PostponeForm, postpone_form
from app.views import done

bp = Blueprint("endings", __name__, url_prefix="/organise/<slug>/ending")
Page = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def ending(slug: str) -> str:
    """What can be done: cancel, postpone, or take a cancellation back."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, CancelForm(formdata=None), postpone_form(event))


@bp.post("/cancel")
@access.staff("organiser")
def cancel(slug: str) -> Page:
    """Ask whether it is meant, then do it."""
    event, form = get_event_for(current_user, slug, "organiser"), CancelForm()
    actor, at = current_actor(), now()
    if answer := _decide(event, form, lambda: endings.cancel_event(event, form.notice(), actor=actor, at=at)):
        return answer
    return _page(event, form, postpone_form(event)), 422


@bp.post("/postpone")
@access.staff("organiser")
def postpone(slug: str) -> Page:
    """Ask whether it is meant, then do it."""
    event, form = get_event_for(current_user, slug, "organiser"), PostponeForm()
    if answer := _decide(event, form, lambda: _postpone(event, form)):
        return answer
    return _page(event, CancelForm(formdata=None), form), 422


@bp.post("/take-back")
@access.staff("organiser")
def take_back(slug: str) -> Response:
    """The event takes place after all, while no letter has left."""
    event = get_event_for(current_user, slug, "organiser")
    try:
        endings.take_back(event, actor=current_actor(), at=now())
        db.session.commit()
        flash(_("The event takes place: the cancellation is taken back, nobody was written to."), "good")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    return redirect(url_for(".ending", slug=slug), 303)


def _decide(event: Event, form: CancelForm, act: Callable[[], None]) -> Page | None:
    """The second page, where what is asked can be done; the deed, once it was meant; None when it was refused."""
    if form.is_sure.data:
        if not done(form, act):
            return None
        flash(_("It is done. The letters leave in a moment."), "good")
        return redirect(url_for("announcements.announcements", slug=event.slug), 303)
    if not _could(form, act):
        return None
    if is_second := "is_second" in request.form:
        form.is_sure.errors = [_("Please tick the box, or go back.")]
    page = render_template(
        "registration/ending_sure.html", event=event, form=form, concerned=len(list_concerned(event)),
        calls=len(list_calls(event)), is_postponing=isinstance(form, PostponeForm),
    )  # fmt: skip
    return page, 422 if is_second else 200


def _could(form: CancelForm, act: Callable[[], None]) -> bool:
    """Whether nothing would refuse the act; nothing of it is kept."""
    if not form.validate():
        return False
    try:
        act()
    except Refusal as refusal:
        form.tell(refusal)
        return False
    finally:
        db.session.rollback()
    return True


def _postpone(event: Event, form: PostponeForm) -> None:
    endings.postpone_event(
        event, form.dates(event), form.notice(), moves_deadlines=form.moves_deadlines.data,
        actor=current_actor(), at=now(),
    )  # fmt: skip


def _page(event: Event, cancelling: CancelForm, postponing: PostponeForm) -> str:
    can_end = event.status == "cancelled" or _is_endable(event)
    return render_template(
        "registration/ending.html", event=event, cancelling=cancelling, postponing=postponing, can_end=can_end
    )


def _is_endable(event: Event) -> bool:
    try:
        endings.check_endable(event, now())
    except endings.NothingToEnd:
        return False
    return True
