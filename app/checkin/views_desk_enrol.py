"""The desk of an account becomes a device of its own, which goes on when the network is gone."""

from flask import Blueprint, flash, make_response, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.checkin import enrolling
from app.checkin.views_credentials import keep_token
from app.clock import now
from app.database import db
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _

bp = Blueprint("desk_enrol", __name__, url_prefix="/desk/<slug>/enrol")


@bp.post("")
@access.staff("organiser")
def enrol_here(slug: str) -> Response:
    """Make this very browser a device of the lead: whoever leads needs no code from somebody else."""
    event = get_event_for(current_user, slug, "organiser")
    device, token = enrolling.enrol_at_once(
        event, enrolling.Wanted(current_user.name[:80], "lead"), secret=settings().secret_key, actor=current_actor(),
        at=now(),
    )  # fmt: skip
    address = url_for("desk.desk", slug=slug, device=device.public_id)
    db.session.commit()
    flash(_("This browser is a desk of its own now: it goes on without a network."), "good")
    response = make_response(redirect(address, 303))
    keep_token(response, token)
    return response
