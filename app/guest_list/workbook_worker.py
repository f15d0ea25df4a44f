"""Run as a program of its own: a workbook on standard input, its visible sheets as JSON on output.

A damaged or hostile workbook can make the spreadsheet library ask for a terabyte and abort the
whole process. Here that process is this one, with bounded memory and time, and not the server.
Exit status: 0 read, 2 not readable, 3 behind a password, 4 too many rows.
"""

import contextlib
import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MOST_MEMORY = 1_500 * 1024 * 1024  # bytes of address space
MOST_SECONDS = 60  # of processor
MOST_SHEETS = 30


def main() -> int:
    """Read, write, and tell by the exit status what happened."""
    most_rows = int(sys.argv[1])
    _bound()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        for name in shown[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > most_rows:
                return 4
            json.dump(_as_json(sheet), sys.stdout)
            sys.stdout.write("\n")
    except PasswordError:
        return 3
    except (CalamineError, ValueError, OSError, MemoryError):
        return 2
    return 0


def _bound() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _as_json(sheet: CalamineSheet) -> dict[str, Any]:
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"name": sheet.name, "rows": rows, "merged": sheet.merged_cell_ranges or []}


def _plain(cell: Any) -> str | int | float | bool:
    """What JSON can carry; days as ISO 8601, and without an hour that nobody typed."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    sys.exit(main())
