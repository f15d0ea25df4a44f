"""Rules of seats an organiser sets: over the capacity and why, how places that come free are given."""

from dataclasses import asdict, dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy


class OverNeedsReason(Refusal):
    """More people than places is a decision somebody answers for."""

    message = lazy("Please say why more people may be seated than there are places: the reason stays in the journal.")


@dataclass(frozen=True)
class SeatRules:
    """Of an event: per cent over the capacity and why, who promotes ("automatic" or "by_hand"), hours of an offer."""

    over_percent: int = 0
    over_reason: str = ""
    promotion: str = "automatic"
    offer_hours: int = 24
    has_waiting_list: bool = True
    shows_remaining: bool = False


@dataclass(frozen=True)
class CategoryRules:
    """Of a category: per cent over its quota and why, whether the organiser decides on each acceptance."""

    over_percent: int = 0
    over_reason: str = ""
    needs_approval: bool = False


def seat_rules_of(event: Event) -> SeatRules:
    """The rules as they stand."""
    return SeatRules(**{name: getattr(event, name) for name in SeatRules.__dataclass_fields__})


def category_rules_of(category: Category) -> CategoryRules:
    """The rules of one category as they stand."""
    return CategoryRules(**{name: getattr(category, name) for name in CategoryRules.__dataclass_fields__})


def set_seat_rules(event: Event, wanted: SeatRules, *, actor: Actor, at: datetime) -> bool:
    """Change the rules of an event; whether anything changed. Raises OverNeedsReason."""
    before = seat_rules_of(event)
    _check(wanted)
    if before == wanted:
        return False
    for name, value in asdict(wanted).items():
        setattr(event, name, value)
    record(
        actor, "event.seat_rules", kind="event", id=event.public_id, name=event.title.get("fr"),
        topic=event.public_id, at=at, before=asdict(before), after=asdict(wanted),
    )  # fmt: skip
    return True


def set_category_rules(category: Category, wanted: CategoryRules, *, actor: Actor, at: datetime) -> bool:
    """Change the rules of a category; whether anything changed. Raises OverNeedsReason."""
    before = category_rules_of(category)
    _check(wanted)
    if before == wanted:
        return False
    for name, value in asdict(wanted).items():
        setattr(category, name, value)
    record(
        actor, "category.seat_rules", kind="category", id=category.public_id, name=category.name.get("fr"),
        topic=category.event.public_id, at=at, before=asdict(before), after=asdict(wanted),
    )  # fmt: skip
    return True


def _check(wanted: SeatRules | CategoryRules) -> None:
    if wanted.over_percent and not wanted.over_reason.strip():
        raise OverNeedsReason
