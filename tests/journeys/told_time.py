"""A Parvis whose clock a journey sets: scenarios that name an hour have that hour, to the second."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from playwright.sync_api import Page

import app.clock
from tests.journeys.conftest import Live, serving

# What the server runs instead of `parvis serve`: the same, told the time by a file.
SERVE = "from tests.journeys.told_time import obey; obey({path!r}); from app.cli import main; main()"


def obey(path: str) -> None:
    """From now on the program's clock says what stands in this file. For the process of a server only."""

    class Instant(datetime):
        """What `app.clock` takes for the class of instants."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Instant":
            return cls.fromisoformat(Path(path).read_text(encoding="ascii")).astimezone(tz)

    vars(app.clock)["datetime"] = Instant


@dataclass(frozen=True)
class Told:
    """A running Parvis that stands still until it is told another hour."""

    live: Live
    path: Path

    def tell(self, instant: datetime, *pages: Page) -> None:
        """It is this instant, for the server and in these pages.

        An answer on its way meanwhile makes a desk take its clock for wrong until it next hears of the server: tell the
        hour before it is enrolled, or while it is cut off, where the desk's own clock matters.
        """
        write_instant(self.path, instant)
        for page in pages:
            page.clock.set_fixed_time(instant)


def write_instant(path: Path, instant: datetime) -> None:
    """Replaced whole, so that no request reads half an hour."""
    written = path.with_suffix(".new")
    written.write_text(instant.astimezone(UTC).isoformat(), encoding="ascii")
    written.replace(path)


@contextmanager
def serving_at(instance: Path, instant: datetime) -> Iterator[Told]:
    """A server, as `conftest.serving`, that begins at this instant."""
    path = instance / "clock"
    write_instant(path, instant)
    with serving(instance, SERVE.format(path=str(path))) as live:
        yield Told(live, path)
