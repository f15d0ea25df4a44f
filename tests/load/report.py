"""The table of `make bench` and instance/bench.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One row; what does not apply is None. Rates per second, times as named, memory in MB."""

    name: str
    database: str | None = None
    processes: int | None = None
    clients: int | None = None
    n: int | None = None
    per_s: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    seconds: float | None = None
    peak_mb: float | None = None
    floor_per_s: float | None = None
    ratio: float | None = None
    confirmed: int | None = None
    waiting: int | None = None
    errors: int | None = None
    # What the row is about when the name does not say it: a page, a step.
    about: str | None = None


COLUMNS = (
    "name",
    "about",
    "database",
    "clients",
    "n",
    "per_s",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "seconds",
    "peak_mb",
    "floor_per_s",
    "ratio",
    "confirmed",
    "waiting",
    "errors",
)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return str(value)


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(_cell(getattr(figure, c)) for c in COLUMNS) + " |" for figure in figures]
    return "\n".join(lines)


def save(figures: list[Figure], path: Path) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(f) for f in figures], indent=1), encoding="utf-8")
