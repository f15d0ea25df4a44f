"""What `parvis doctor` looks at."""

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from importlib.metadata import version
from importlib.util import find_spec

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.database import db
from app.i18n import _
from config import Config, UnsafeConfiguration

LOW_DISK = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at: good or not, and what to do when not."""

    is_good: bool
    sentence: str


def list_settings() -> Iterator[str]:
    """Every setting: its variable, default and meaning."""
    for item in fields(Config):
        unit = f" [{item.metadata['unit']}]" if item.metadata["unit"] else ""
        yield f"PARVIS_{item.name.upper()} = {item.default!s}{unit}\n    {item.metadata['meaning']}"


def diagnose(make: Callable[[], Flask]) -> list[Finding]:
    """Look at settings, folder, database, mail and PDF engine; stops where nothing can follow."""
    known = {f"PARVIS_{item.name.upper()}" for item in fields(Config)} | {"PARVIS_TEST_DATABASE_URL"}
    found = [
        Finding(False, _("%(name)s is not a setting of Parvis. Is it misspelt?", name=name))
        for name in sorted(os.environ)
        if name.startswith("PARVIS_") and name.removesuffix("_FILE") not in known
    ]
    try:
        app = make()
    except UnsafeConfiguration as problem:
        return [*found, Finding(False, str(problem))]
    config: Config = app.extensions["parvis"]
    return [
        *found,
        Finding(True, _("The settings can be read.")),
        _folder(config),
        _database(app),
        _address(config),
        _mail(config),
        _pdf(),
    ]


def _folder(config: Config) -> Finding:
    free = shutil.disk_usage(config.instance).free
    if not os.access(config.instance, os.W_OK):
        return Finding(
            False,
            _("The folder %(path)s cannot be written. Change its owner, or set PARVIS_INSTANCE.", path=config.instance),
        )
    if free < LOW_DISK:
        return Finding(False, _("Less than 500 MB are free where %(path)s lies.", path=config.instance))
    return Finding(True, _("The folder %(path)s can be written.", path=config.instance))


def _database(app: Flask) -> Finding:
    from app.schema import is_current

    try:
        with app.app_context():
            db.session.execute(text("SELECT 1"))
            db.session.rollback()
        current = is_current(app)
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        return Finding(False, _("The database does not answer (%(reason)s). Check PARVIS_DATABASE_URL.", reason=reason))
    if not current:
        return Finding(False, _("The database is not in shape. Run: parvis migrate"))
    return Finding(True, _("The database answers and is in shape."))


def _address(config: Config) -> Finding:
    is_local = "127.0.0.1" in config.base_url or "localhost" in config.base_url
    if config.is_https or is_local:
        return Finding(True, _("People reach Parvis at %(url)s.", url=config.base_url))
    return Finding(
        False,
        _(
            "PARVIS_BASE_URL is not https: sign-ins could be read on the way, and"
            " phones refuse the camera. Put Parvis behind a proxy with a certificate."
        ),
    )


def _mail(config: Config) -> Finding:
    if not config.sends_by_smtp:
        return Finding(
            True, _("Letters go to files in %(path)s: nothing leaves this machine.", path=config.instance / "mail")
        )
    try:
        with smtplib.SMTP(config.mail_server, config.mail_port, timeout=5) as server:
            server.noop()
    except OSError as error:
        return Finding(
            False,
            _(
                "The mail server %(server)s does not answer (%(reason)s). Check"
                " PARVIS_MAIL_SERVER and PARVIS_MAIL_PORT.",
                server=config.mail_server,
                reason=error,
            ),
        )
    return Finding(True, _("The mail server %(server)s answers.", server=config.mail_server))


def _pdf() -> Finding:
    if find_spec("typst") is None:
        return Finding(False, _("The PDF engine is missing. Run: make run"))
    return Finding(True, _("The PDF engine is there (typst %(version)s).", version=version("typst")))
