"""The rows of a passage: that of the ledger and that of the document that was seen.

PostgreSQL writes both with one statement: it asks one journey less of a line to another machine. SQLite knows no
such statement; there is no line to it either.
"""

from typing import Any

from sqlalchemy import Connection, String, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.checkin.models import IdentityCheck, Scan
from app.prepared import Prepared

COLUMNS = tuple(column.name for column in Scan.__table__.columns if not column.primary_key)
_VALUES: dict[str, Any] = {name: bindparam(name) for name in COLUMNS}
# ON CONFLICT is in the words of each database.
_ADD = {
    name: words.insert(Scan.__table__).values(_VALUES).on_conflict_do_nothing().returning(Scan.id)
    for name, words in {"sqlite": sqlite, "postgresql": postgresql}.items()
}
_ADD_SCAN = Prepared(_ADD)
_SEEN = {"document": bindparam("document", type_=String), "result": bindparam("identity", type_=String)}
_ADD_CHECK = Prepared(insert(IdentityCheck.__table__).values({"scan_id": bindparam("scan_id"), **_SEEN}))
_added = _ADD["postgresql"].cte("added")
_checked = insert(IdentityCheck.__table__).from_select(["scan_id", *_SEEN], select(_added.c.id, *_SEEN.values()))
_ADD_BOTH = Prepared(select(_added.c.id).add_cte(_checked.cte("checked")))


def add(connection: Connection, row: dict[str, Any], document: str, identity: str) -> int | None:
    """Write the row, with its identity check unless `identity` is ""; its number, or None when it cannot be added.

    It cannot when a row with its nonce or its entry key is there already (architecture promise 2).
    row: a value for each of COLUMNS; document: the kind that was shown, "" for none; identity: how it compared
    """
    if not identity:
        return _number(_ADD_SCAN.rows(connection, row))
    check = {"document": document, "identity": identity}
    if connection.dialect.name == "postgresql":
        return _number(_ADD_BOTH.rows(connection, {**row, **check}))
    number = _number(_ADD_SCAN.rows(connection, row))
    if number is not None:
        _ADD_CHECK.rows(connection, {"scan_id": number, **check})
    return number


def _number(rows: list[list[Any]]) -> int | None:
    return rows[0][0] if rows else None
