"""Reading wordings."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.events.models import Category, Event
from app.letters.models import LetterTemplate


def find_template(event: Event, kind: str, category: Category | None) -> LetterTemplate | None:
    """The wording for a category: its own, else the event's; None when nobody wrote one."""
    wanted = (
        select(LetterTemplate)
        .where(LetterTemplate.event_id == event.id, LetterTemplate.kind == kind)
        .options(selectinload(LetterTemplate.signatories))
    )
    found = {template.category_id: template for template in db.session.scalars(wanted)}
    return (found.get(category.id) if category else None) or found.get(None)


def find_own_template(event: Event, kind: str, category: Category | None) -> LetterTemplate | None:
    """The wording written for exactly this category, or for all of them when None."""
    template = find_template(event, kind, category)
    wanted = category.id if category else None
    return template if template is not None and template.category_id == wanted else None


def list_templates(event: Event) -> list[LetterTemplate]:
    """Every wording of the event."""
    wanted = select(LetterTemplate).where(LetterTemplate.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(LetterTemplate.kind, LetterTemplate.id)))
