"""Figures of files: badges, spreadsheets, imports, by the command line as a user runs it."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from app import tables
from tests.load import servers
from tests.load.report import Figure
from tests.load.seed import BODY, FAMILY, GIVEN, QUALITY


def measure_files(instance: Path, url: str, number: int) -> list[Figure]:
    """500 and 5,000 badges, a spreadsheet of 5,000 attendees, a list of 5,000 rows."""
    env = servers.environment(instance, url)
    figures = []
    for count, slug, name in ((number // 10, "small", "badges_500"), (number, "bench", "badges_5000")):
        output = instance / f"{name}.pdf"
        command = servers.command_line("badges", slug, "-o", str(output))
        # The first run stores the codes' modules, as issuing does; the second one is measured.
        for _ in range(2):
            seconds, peak, _out = servers.timed(command, env)
        figures.append(_figure(name, count, seconds, peak))
    output = instance / "attendees.xlsx"
    command = servers.command_line("attendees", "bench", "--format", "xlsx", "-o", str(output))
    seconds, peak, _out = servers.timed(command, env)
    figures.append(_figure("xlsx_5000", number, seconds, peak))
    guests = instance / "guests.csv"
    _write_list(guests, number)
    command = servers.command_line("import-invitees", "bench", str(guests), "--json")
    seconds, peak, _out = servers.timed(command, env)
    figures.append(_figure("import_5000", number, seconds, peak))
    return figures


def measure_long_list(instance: Path, url: str, database: str, number: int) -> list[Figure]:
    """A workbook of 50,000 guests nobody knows yet, read, compared and taken in; then the same again, unchanged."""
    env = servers.environment(instance, url)
    guests = instance / "long.xlsx"
    _write_long_list(guests, number)
    figures = []
    for name in ("import_50000", "import_50000_again"):
        command = servers.command_line("import-invitees", "bench", str(guests), "--json")
        seconds, peak, _out = servers.timed(command, env)
        figures.append(_figure(name, number, seconds, peak, database))
    return figures


def _figure(name: str, number: int, seconds: float, peak: float, database: str = "sqlite") -> Figure:
    return Figure(name, database, 1, n=number, seconds=seconds, peak_mb=peak, per_s=number / seconds)


_SYLLABLES = "ba be bi bo ca ce co da de di do fa ga gui la le li lo ma me mi mo na ne no pa pe ra re ri ro sa".split()


def surname(number: int) -> str:
    """A surname of its own for each number, as different from the next as real ones are."""
    mixed, syllables = number * 7919 % 1_048_576, []
    for _ in range(4):
        mixed, rest = divmod(mixed, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
    return "".join(syllables).upper()


def _write_long_list(path: Path, number: int) -> None:
    titles = ["Civilité", "Prénom", "Nom", "Fonction", "Collectivité", "Courriel", "Téléphone", "Table"]
    rows = (
        [
            "Mme" if n % 2 else "M.", GIVEN[n % len(GIVEN)], surname(n), "Maire", f"Ville de {surname(n % 5000)}",
            f"mairie{n}@example.org", f"06 12 {n % 100:02} 34 56", f"Table {n % 40}",
        ]
        for n in range(number)
    )  # fmt: skip
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    path.write_bytes(tables.xlsx_bytes(titles, rows, title="Invités", made_by="bench", made_at=made_at))


def _write_list(path: Path, number: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Civilité", "Prénom", "Nom", "Fonction", "Collectivité", "Courriel"])
        for n in range(number):
            writer.writerow(
                [
                    "Mme" if n % 2 else "M.",
                    GIVEN[n % len(GIVEN)],
                    f"{FAMILY[n % len(FAMILY)]}-{n:05}",
                    QUALITY,
                    BODY,
                    f"liste{n}@example.org",
                ]
            )
