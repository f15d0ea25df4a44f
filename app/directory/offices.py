"""Reading offices: who is invited when "the mayor of Sceaux, whoever it is" is invited (scenario 5.14)."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.directory.models import Mandate, Office, Organisation, Person
from app.errors import NotFound
from app.text import fold


def get_office(public_id: str) -> Office:
    """The office at this address. Raises NotFound."""
    office = db.session.scalar(select(Office).where(Office.public_id == public_id))
    if office is None:
        raise NotFound
    return office


def find_office(organisation: Organisation, title: str) -> Office | None:
    """The office of that title at an organisation, accents and case aside."""
    wanted = select(Office).where(Office.organisation_id == organisation.id, Office.key == fold(title)[:300])
    return db.session.scalar(wanted)


def list_offices_of(organisation: Organisation) -> list[Office]:
    """The offices of an organisation, by title."""
    return list(
        db.session.scalars(select(Office).where(Office.organisation_id == organisation.id).order_by(Office.key))
    )


def search_offices(words: str, limit: int = 20) -> list[Office]:
    """Offices whose title or organisation holds every word typed, accents and case aside."""
    typed = fold(words).split()[:8]
    if not typed:
        return []
    wanted = select(Office).join(Office.organisation).options(joinedload(Office.organisation))
    for word in typed:
        at = Organisation.search_key.contains(word, autoescape=True)
        wanted = wanted.where(or_(at, Office.key.contains(word, autoescape=True)))
    return list(db.session.scalars(wanted.order_by(Office.key, Office.id).limit(limit)))


def find_mandate_of(office: Office, on: date) -> Mandate | None:
    """The mandate by which the office is held on that day; the one that began last if several were entered."""
    wanted = (
        select(Mandate)
        .join(Mandate.person)
        .options(joinedload(Mandate.person))
        .where(
            Mandate.office_id == office.id,
            Person.merged_into_id.is_(None),
            or_(Mandate.valid_from.is_(None), Mandate.valid_from <= on),
            or_(Mandate.valid_to.is_(None), Mandate.valid_to >= on),
        )
        .order_by(Mandate.valid_from.desc().nulls_last(), Mandate.id.desc())
    )
    return db.session.scalar(wanted.limit(1))


def find_holder(office: Office, on: date) -> Person | None:
    """Who holds the office on that day; None while nobody does."""
    mandate = find_mandate_of(office, on)
    return mandate.person if mandate else None


def list_holders(office: Office) -> list[Mandate]:
    """Everyone who held, holds or will hold the office, the latest first."""
    wanted = (
        select(Mandate)
        .join(Mandate.person)
        .options(joinedload(Mandate.person))
        .where(Mandate.office_id == office.id, Person.merged_into_id.is_(None))
    )
    return list(db.session.scalars(wanted.order_by(Mandate.valid_from.desc().nulls_last(), Mandate.id.desc())))
