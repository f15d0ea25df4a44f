"""`parvis`: the program from a terminal, for the one who keeps it running and for scripts.

Exit status 0 on success, 2 on unusable input with one clear line on standard error.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from app import create_app
from app.commands.usage import speak_of_usage
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event, list_events
from app.i18n import _, in_language, lazy
from config import VERSION, Config, UnsafeConfiguration

UNUSABLE = 2


class UnknownEvent(Refusal):
    """The event named on the command line does not exist."""

    message = lazy("There is no event “%(slug)s”. Events: %(known)s.")


def named_event(slug: str) -> Event:
    """The event of that slug. Raises UnknownEvent with the slugs there are."""
    try:
        return get_event(slug)
    except NotFound:
        known = ", ".join(event.slug for event in list_events()) or "–"
        raise UnknownEvent(slug=slug, known=known) from None


def terminal_language() -> str:
    """French or English, as the terminal's locale says."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "fr" if spoken.lower().startswith("fr") else "en"


def fail(sentence: str) -> None:
    """Say one line on standard error and stop with status 2."""
    click.echo(sentence, err=True)
    sys.exit(UNUSABLE)


@contextmanager
def program() -> Iterator[Flask]:
    """The program with its database in shape, speaking the terminal's language."""
    from app.schema import upgrade

    with in_language(terminal_language()):
        try:
            app = create_app()
            config: Config = app.extensions["parvis"]
            upgrade(app)
            with app.test_request_context(base_url=config.base_url):
                from app.database import set_writing

                set_writing(True)
                yield app
        except UnsafeConfiguration as problem:
            fail(str(problem))
        except Refusal as refusal:
            fail(refusal.sentence)
        except OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            fail(_("The database does not answer (%(reason)s). Check PARVIS_DATABASE_URL.", reason=reason))


class Progress:
    """A line on a terminal that says how far long work has come; silent elsewhere."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int, text: str) -> None:
        """Show that `done` of `total` steps are made."""
        if self.is_shown:
            width = 24
            full = width * done // max(total, 1)
            bar = "█" * full + "·" * (width - full)
            click.echo(f"\r{bar} {text:<60}", err=True, nl=done >= total)


@click.group()
@click.version_option(VERSION, prog_name="parvis")
def cli() -> None:
    """The group of all commands."""
    logging.basicConfig(
        level=os.environ.get("PARVIS_LOG_LEVEL", "INFO"), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for noisy in ("alembic", "dbos", "waitress", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def write_file(path: str, data: bytes) -> None:
    """Write a result; "-" is standard output."""
    if path == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        fail(_("%(path)s cannot be written: %(reason)s", path=path, reason=error.strerror))
    click.echo(_("%(path)s: %(size)s bytes", path=path, size=len(data)), err=True)


def show_json(value: Any) -> None:
    """Print a value as JSON, accents kept."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def main() -> None:
    """Entry point of the `parvis` script."""
    speak_of_usage()
    # What a command says of itself is said as its file is read, in the terminal's language.
    with in_language(terminal_language()):
        import app.commands.badges
        import app.commands.files
        import app.commands.guests
        import app.commands.letters
        import app.commands.running  # noqa: F401 - each file adds its commands to the group

        cli.help = _("Parvis: official events by invitation, from the guest list to the minutes.")
    cli()
