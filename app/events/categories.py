"""Rules of categories: added, corrected, removed while nobody is in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.text import slug as to_slug


class CategoryNameMissing(Refusal):
    """A category is told by its word, not by its colour alone."""

    message = lazy("Please give the category a name, in French or in English.")


class CategoryInUse(Refusal):
    """Guests belong to exactly one category."""

    message = lazy("There are guests in “%(name)s”. Please move them to another category first.")


class LastCategory(Refusal):
    """Without a category nobody can be invited."""

    message = lazy("An event keeps at least one category. Please rename this one instead.")


@dataclass(frozen=True)
class Sort:
    """What a category is: `palette` counts from 1 in app.palette.CATEGORY_COLOURS."""

    name: Bilingual
    quota: int | None = None
    palette: int = 1
    shape: str = "disc"


def add_category(event: Event, wanted: Sort, *, actor: Actor, at: datetime) -> Category:
    """Put a category after those the event has. Raises CategoryNameMissing."""
    if not wanted.name:
        raise CategoryNameMissing
    position = max((one.position for one in event.categories), default=0) + 1
    category = Category(key=_free_key(event, wanted.name), position=position, **vars(wanted))
    event.categories.append(category)
    db.session.flush()
    _record(actor, "category.added", category, at)
    return category


def change_category(category: Category, wanted: Sort, *, actor: Actor, at: datetime) -> bool:
    """Correct a category; whether anything changed. Its key stays: lists name it. Raises CategoryNameMissing."""
    if not wanted.name:
        raise CategoryNameMissing
    held = Sort(category.name, category.quota, category.palette, category.shape)
    if held == wanted:
        return False
    for name, value in vars(wanted).items():
        setattr(category, name, value)
    db.session.flush()
    _record(actor, "category.changed", category, at)
    return True


def remove_category(category: Category, *, actor: Actor, at: datetime) -> None:
    """Take a category away. Raises CategoryInUse, LastCategory."""
    event = category.event
    if len(event.categories) == 1:
        raise LastCategory
    _record(actor, "category.removed", category, at)
    try:
        with db.session.begin_nested():
            event.categories.remove(category)
            db.session.flush()
    except IntegrityError as error:
        raise CategoryInUse(name=category.name.get("fr")) from error


def _free_key(event: Event, name: Bilingual) -> str:
    """A short name no other category of the event has."""
    base = to_slug(name.fr or name.en)[:36].strip("-") or "category"
    known = {one.key for one in event.categories}
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in known)


def _record(actor: Actor, action: str, category: Category, at: datetime) -> None:
    event = category.event
    record(
        actor, action, kind="category", id=category.public_id, name=category.name.get("fr"),
        topic=event.public_id, at=at,
        after={"quota": category.quota, "colour": category.palette, "shape": category.shape},
    )  # fmt: skip
