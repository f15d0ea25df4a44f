"""Commands that keep Parvis running: serve, worker, demo, user, doctor, migrate."""

import secrets
import signal
import sys
import threading

import click
from flask import Flask

from app import create_app
from app.cli import UNUSABLE, Progress, cli, fail, program, terminal_language
from app.clock import now
from app.database import db
from app.i18n import _, in_language
from config import Config


@cli.command(help=_("Answer requests and post letters until Ctrl-C; loads the demonstration when empty."))
def serve() -> None:
    """Start server and worker in one process; ends them together."""
    from app.jobs import start_worker, stop_worker
    from app.server import Server

    with program() as app:
        config: Config = app.extensions["parvis"]
        server = Server(app)
        _fill_when_empty(app, config)
        _greet(config)
    start_worker(app)
    try:
        server.run()
    finally:
        stop_worker()


def _fill_when_empty(app: Flask, config: Config) -> None:
    from app.accounts.queries import count_users
    from app.events.queries import list_events

    if config.demonstration and not count_users() and not list_events():
        from app.demonstration.loader import load

        click.echo(_("Preparing the demonstration, once: half a minute at most…"), err=True)
        load(app, at=now(), report=Progress())
        db.session.commit()


def _greet(config: Config) -> None:
    from app.accounts.queries import find_user_by_email
    from app.demonstration.signins import SIGNINS

    lines = [f"Parvis  {config.base_url}/", ""]
    for role, email, password in SIGNINS:
        if find_user_by_email(email):
            lines.append(f"  {role:<14} {email:<28} {password}")
    if len(lines) > 2:
        lines.insert(2, _("Demonstration sign-ins (%(url)s):", url=f"{config.base_url}/sign-in"))
    lines += ["", _("Ctrl-C stops.")]
    click.echo("\n".join(lines), err=True)


@cli.command(help=_("Post letters without answering requests, beside a server."))
@click.option("--name", default="worker", help=_("Stable name; never the same for two workers."))
def worker(name: str) -> None:
    """Start a worker alone."""
    from app.jobs import start_worker, stop_worker

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with program() as app:
        start_worker(app, name)
        click.echo(_("Posting letters. Ctrl-C stops."), err=True)
    while not stopping.wait(0.5):
        continue
    stop_worker()


@cli.command(help=_("Load the demonstration into an empty database and print its sign-ins."))
def demo() -> None:
    """Load and commit the demonstration."""
    from app.demonstration.loader import load

    with program() as app:
        signins = load(app, at=now(), report=Progress())
        db.session.commit()
        for role, email, password in signins:
            click.echo(f"{role:<14} {email:<28} {password}")


@cli.group(help=_("Accounts of organisers, reception and administrators."))
def user() -> None:
    """The group of commands on accounts."""


@user.command("add", help=_("Open an account; prints a password made for it unless one is given."))
@click.argument("email")
@click.option("--role", type=click.Choice(["organiser", "reception", "admin"]), required=True)
@click.option("--name", default="", help=_("As shown to colleagues; the address when empty."))
@click.option("--password-stdin", is_flag=True, help=_("Read the password from standard input."))
def add_user(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Check the address, add the account, print what was made."""
    from email_validator import EmailNotValidError, validate_email

    from app.accounts.service import add_user as add
    from app.audit.service import COMMAND_LINE

    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    with program():
        try:
            validate_email(email, check_deliverability=False)
        except EmailNotValidError:
            fail(_("“%(email)s” is not an e-mail address.", email=email))
        add(email, name, password, role, actor=COMMAND_LINE, at=now())
        db.session.commit()
        click.echo(f"{email} {'' if password_stdin else password}".rstrip())


@cli.command(help=_("Bring the database to the shape this version expects."))
def migrate() -> None:
    """Migrate by opening the program."""
    with program():
        click.echo(_("The database is up to date."))


@cli.command(help=_("Say what of the configuration is wrong and how to mend it."))
@click.option("--settings", is_flag=True, help=_("List every setting with its meaning."))
def doctor(settings: bool) -> None:
    """Exit status 2 when something is wrong."""
    from app.commands.diagnosis import diagnose, list_settings

    with in_language(terminal_language()):
        if settings:
            click.echo("\n".join(list_settings()))
            return
        findings = diagnose(create_app)
        for finding in findings:
            click.echo(f"{'✓' if finding.is_good else '✗'} {finding.sentence}")
        if not all(finding.is_good for finding in findings):
            sys.exit(UNUSABLE)
