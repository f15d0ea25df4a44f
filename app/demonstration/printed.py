"""A first run of badges, before the delegations named their members: what is new since is there to print."""

from datetime import datetime

from app.audit.service import Actor
from app.badging.layout import Layout
from app.badging.runs import Order, freeze, note
from app.events.models import Event


def print_first(event: Event, *, actor: Actor, at: datetime) -> None:
    """Note that everyone confirmed so far was printed, in A6; the file is not kept."""
    order = Order(Layout(), reason="Première impression, pour les bacs")
    run = note(event, order, freeze(event, order), actor=actor, at=at, state="ready")
    run.done, run.finished_at = run.badges, at
