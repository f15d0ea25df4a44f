"""The accessibility statement, at the address the law's own model gives it."""

from flask import Blueprint, render_template

from app import access
from app.extensions import settings
from app.overview.accessibility import DEFENDER_BY_POST, REFERENCE, TESTED_ON, conformity, mention

bp = Blueprint("statement", __name__)


@bp.app_template_global()
def accessibility_mention() -> str:
    """Where this service stands, for the foot of every page."""
    return mention(settings().accessibility_rate)


@bp.get("/accessibilite")
@access.public()
def accessibility() -> str:
    """What the law asks to be said: where we stand, what was tested, how to complain."""
    config = settings()
    return render_template(
        "public/accessibility.html",
        config=config,
        conformity=conformity(config.accessibility_rate),
        contact=config.accessibility_contact or config.mail_from,
        tested_on=TESTED_ON,
        reference=REFERENCE,
        defender_by_post=DEFENDER_BY_POST,
    )
