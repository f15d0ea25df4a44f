"""Figures of files: badges, spreadsheets, imports, by the command line as a user runs it."""

import csv
from pathlib import Path

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


def _figure(name: str, number: int, seconds: float, peak: float) -> Figure:
    return Figure(name, "sqlite", 1, n=number, seconds=seconds, peak_mb=peak, per_s=number / seconds)


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
