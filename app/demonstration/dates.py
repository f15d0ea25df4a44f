"""The live edition's other dates: foreign guests and the press have deadlines of their own, and minutes of grace."""

from dataclasses import replace
from datetime import datetime, time

from app.audit.service import Actor
from app.events.deadlines import set_category_deadline
from app.events.limits import Limit
from app.events.models import Event
from app.events.queries import find_category
from app.events.settings import change_settings, settings_of

# By key of the category; distances follow the event when its day moves.
OWN = {"delegations": Limit(days_before=6, is_inclusive=True), "presse": Limit(days_before=2, at=time(12))}
GRACE = 5  # minutes


def set_dates(event: Event, *, actor: Actor, at: datetime) -> None:
    """Give those categories their deadlines, and whoever opened the form in time five minutes to end it."""
    change_settings(event, replace(settings_of(event), grace_minutes=GRACE), actor=actor, at=at)
    for key, limit in OWN.items():
        category = find_category(event, key)
        if category is not None:
            set_category_deadline(category, limit, actor=actor, at=at)
