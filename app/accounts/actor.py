"""Who acts in this request, for the journal."""

from flask_login import current_user

from app.audit.service import Actor


def current_actor() -> Actor:
    """The signed-in account as the journal writes it."""
    return Actor("user", current_user.public_id, current_user.name)
