"""Rows read by a few named columns, for the requests that come by the thousand (decision 22).

The ORM lays out anew, at each execution, how a row becomes objects: up to a quarter of a millisecond for a class and
its neighbours. `Reading` makes the same objects of the session from a plain row in a few microseconds.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy.orm.attributes import instance_dict, instance_state, manager_of_class

from app.database import Row, db
from app.prepared import Prepared

M = TypeVar("M", bound=Row)


class Reading(Generic[M]):
    """Some columns of one class, its key before them: `columns` for a SELECT, `of` for what it answers.

    The object belongs to the session like any that was loaded: it is written when it changes, expires at the
    commit, and what was not read is loaded when somebody asks. A change not yet written is never overwritten.
    """

    def __init__(self, model: type[M], *names: str) -> None:
        self.model, self.names = model, ("id", *names)
        self.columns = [model.__table__.c[name] for name in self.names]  # type: ignore[attr-defined] # every model has one

    @cached_property
    def _unread(self) -> frozenset[str]:
        return frozenset(self.model.__mapper__.column_attrs.keys()) - set(self.names)  # type: ignore[attr-defined] # ditto

    def of(self, values: Sequence[Any]) -> M | None:
        """The object of a row, `values` in the order of `columns`; None for the empty side of an outer join."""
        if values[0] is None:
            return None
        session = db.session()
        key = (self.model, (values[0],), None)
        found: M | None = session.identity_map.get(key)
        if found is not None:
            return self._again(found, values)
        made: M = manager_of_class(self.model).new_instance()
        state = instance_state(made)
        state.dict.update(zip(self.names, values, strict=True))
        state.key, state.session_id = key, session.hash_key
        state.expired_attributes.update(self._unread)
        session.identity_map.add(state)
        return made

    def _again(self, found: M, values: Sequence[Any]) -> M:
        state = instance_state(found)
        if not state.modified:
            instance_dict(found).update(zip(self.names, values, strict=True))
            state.expired_attributes.difference_update(self.names)
        return found


def divide(row: Sequence[Any], *readings: Reading[Any]) -> list[Any]:
    """The objects of a row of several readings, in their order."""
    made, start = [], 0
    for reading in readings:
        end = start + len(reading.names)
        made.append(reading.of(row[start:end]))
        start = end
    return made


def rows_of(statement: Prepared, values: dict[str, Any]) -> Sequence[Any]:
    """What a statement of columns answers, past the session's own preparations; what is not yet written is not seen."""
    return statement.rows(db.session.connection(), values)
