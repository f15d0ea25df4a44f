"""The logo of an event: its file for everyone who may see a page of it, and the page where it is set."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.events.forms_logo import LogoForm
from app.events.logo import find_logo, remove_logo, set_logo
from app.events.models import Event
from app.events.queries import get_event, get_event_for
from app.i18n import _
from app.pages import A_YEAR
from app.views import done

bp = Blueprint("logos", __name__)


@bp.get("/e/<slug>/logo.png")
@access.public()
def picture(slug: str) -> Response:
    """The picture whose digest is `v`: whoever knows it has seen a page that shows it. A draft's: its organisers."""
    event = get_event(slug)
    is_known = event.logo_digest and request.args.get("v") == event.logo_digest
    found = find_logo(event) if is_known and _may_see(event) else None
    if found is None:
        raise NotFound
    answer = Response(found, mimetype="image/png")
    answer.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return answer


def _may_see(event: Event) -> bool:
    if event.status != "draft":
        return True
    return current_user.is_authenticated and current_user.has_role("organiser", event.id)


@bp.get("/organise/<slug>/settings/logo")
@access.staff("organiser")
def logo(slug: str) -> str:
    """The picture as it stands on the pages, and a form for another."""
    return _page(slug, LogoForm())


@bp.post("/organise/<slug>/settings/logo")
@access.staff("organiser")
def change(slug: str) -> str | Redirect | tuple[str, int]:
    """Take another picture; what cannot be taken is told beside the field."""
    event, form = get_event_for(current_user, slug, "organiser"), LogoForm()
    if done(form, lambda: set_logo(event, form.file.data.read(), actor=current_actor(), at=now())):
        flash(_("The logo is on the event’s pages."), "good")
        return redirect(url_for(".logo", slug=slug), 303)
    return _page(slug, form), 422


@bp.post("/organise/<slug>/settings/logo/remove")
@access.staff("organiser")
def remove(slug: str) -> Redirect:
    """Pages without a picture."""
    remove_logo(get_event_for(current_user, slug, "organiser"), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The logo is removed."), "good")
    return redirect(url_for(".logo", slug=slug), 303)


def _page(slug: str, form: LogoForm) -> str:
    return render_template("events/logo.html", event=get_event_for(current_user, slug, "organiser"), form=form)
