"""Reading wordings."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.errors import NotFound
from app.events.models import Category, Event
from app.letters.models import LetterTemplate, MergeRun, Signatory, SignaturePicture


def find_template(event: Event, kind: str, category: Category | None) -> LetterTemplate | None:
    """The wording for a category: its own, else the event's; None when nobody wrote one."""
    wanted = (
        select(LetterTemplate)
        .where(LetterTemplate.event_id == event.id, LetterTemplate.kind == kind)
        .options(selectinload(LetterTemplate.signatories).selectinload(Signatory.picture))
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


def get_scan(event: Event, public_id: str) -> SignaturePicture:
    """A scanned signature of the event's letters. Raises NotFound."""
    wanted = select(SignaturePicture).where(
        SignaturePicture.event_id == event.id, SignaturePicture.public_id == public_id
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def find_run(public_id: str) -> MergeRun | None:
    """A file for the printer asked for, whoever asks."""
    return db.session.scalar(select(MergeRun).where(MergeRun.public_id == public_id))


def get_run(event: Event, public_id: str) -> MergeRun:
    """A file for the printer of the event. Raises NotFound."""
    run = find_run(public_id)
    if run is None or run.event_id != event.id:
        raise NotFound
    return run


def list_runs(event: Event) -> list[MergeRun]:
    """Files for the printer, the newest first, without their content."""
    wanted = select(MergeRun).where(MergeRun.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(MergeRun.id.desc())))
