"""Reading the journal of an event: narrowed, in either direction, a page at a time."""

from sqlalchemy import Select, func, or_, select

from app.audit.models import AuditEntry
from app.database import db
from app.events.models import Event
from app.listing import SIZE, Asked, Page, page_of


def page_of_entries(event: Event, wanted: Asked, kind: str = "") -> Page[AuditEntry]:
    """Entries of the event whose actor or object bears the words asked; `kind`: "organisers" or "guests".

    Raises NotFound past the last page.
    """
    narrowed = _narrowed(event, wanted.words, kind)
    order = (AuditEntry.at, AuditEntry.id)
    ordered = narrowed.order_by(*[column.desc() if wanted.is_descending else column.asc() for column in order])
    rows = db.session.scalars(ordered.limit(SIZE).offset((wanted.page - 1) * SIZE)).all()
    total = db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0
    return page_of(rows, wanted.page, total)


def _narrowed(event: Event, words: str, kind: str) -> Select[AuditEntry]:
    found = select(AuditEntry).where(AuditEntry.topic == event.public_id)
    for word in words.split():
        found = found.where(
            or_(
                AuditEntry.object_name.icontains(word, autoescape=True),
                AuditEntry.actor_name.icontains(word, autoescape=True),
            )
        )
    if kind == "guests":
        return found.where(AuditEntry.actor_kind == "invitee")
    return found.where(AuditEntry.actor_kind != "invitee") if kind == "organisers" else found
