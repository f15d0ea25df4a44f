"""Taking people out of the directory again when the list that brought them in is undone."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, delete, func, insert, select

from app.database import db
from app.directory.models import Mandate, NameWord, Organisation, Person
from app.directory.queries import in_batches
from app.errors import Refusal
from app.i18n import lazy


class StillUsed(Refusal):
    """Somebody entered with a list takes part in something else by now."""

    message = lazy("Somebody who came with this list is used elsewhere by now: the list can no longer be undone.")


def list_mandate_columns(person: Person) -> list[dict[str, Any]]:
    """A person's mandates as they are, column by column, as JSON values; see `restore_mandates`."""
    return [
        {column.name: _storable(getattr(mandate, column.name)) for column in Mandate.__table__.columns}
        for mandate in person.mandates
    ]


def _storable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def restore_mandates(person: Person, stored: Collection[dict[str, Any]]) -> None:
    """Give a person the mandates `list_mandate_columns` told, under the keys they had."""
    days = {column.name for column in Mandate.__table__.columns if isinstance(column.type, Date)}
    rows = [
        {name: date.fromisoformat(value) if name in days and value else value for name, value in row.items()}
        for row in stored
    ]
    db.session.flush()
    kept = {row["id"]: row for row in rows}
    for mandate in list(person.mandates):
        row = kept.pop(mandate.id, None)
        if row is None:
            person.mandates.remove(mandate)
            continue
        for name, value in row.items():
            setattr(mandate, name, value)
    db.session.flush()
    if kept:
        db.session.execute(insert(Mandate), list(kept.values()))
    db.session.expire(person, ["mandates"])


def remove_people(ids: Collection[int]) -> None:
    """Take people out of the directory with the mandates the list gave them.

    Raises StillUsed when any row of any room points at one of them.
    """
    for some in in_batches(sorted(ids)):
        pointing = _pointing_at(Person, besides={Mandate.__tablename__, NameWord.__tablename__})
        if any(db.session.scalar(select(column).where(column.in_(some)).limit(1)) for column in pointing):
            raise StillUsed
        db.session.execute(delete(Person).where(Person.id.in_(some)), execution_options=_PLAIN)


_PLAIN = {"synchronize_session": False}


def _pointing_at(model: type[Any], besides: Collection[str] = ()) -> list[ColumnElement[int]]:
    """Every column of every table that points at a row of `model`, read from the tables themselves."""
    return [
        key.parent
        for table in db.metadata.sorted_tables
        if table.name not in besides
        for key in sorted(table.foreign_keys, key=str)
        if key.column.table is model.__table__
    ]


def find_last_organisation_id() -> int:
    """The key of the organisation entered last; 0 without any."""
    return db.session.scalar(select(func.max(Organisation.id))) or 0


def list_organisation_ids_after(last: int) -> list[int]:
    """Keys of the organisations entered since."""
    return list(db.session.scalars(select(Organisation.id).where(Organisation.id > last)))


def remove_unused_organisations(ids: Collection[int]) -> None:
    """Take out those of these organisations that no row of any room points at."""
    pointing = _pointing_at(Organisation)
    for some in in_batches(sorted(ids)):
        used = {used for column in pointing for used in db.session.scalars(select(column).where(column.in_(some)))}
        unused = [one for one in some if one not in used]
        db.session.execute(delete(Organisation).where(Organisation.id.in_(unused)), execution_options=_PLAIN)
