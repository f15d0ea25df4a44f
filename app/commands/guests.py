"""Commands on guests: import a list, send invitations, list events."""

from pathlib import Path
from typing import Any

import click
from flask import current_app

from app.audit.service import COMMAND_LINE
from app.cli import cli, fail, named_event, program, show_json
from app.clock import now
from app.database import db
from app.events.queries import list_events
from app.i18n import _, here


@cli.command("import-invitees", help=_("Take a list of guests (CSV, TSV, XLSX, ODS) into an event."))
@click.argument("event")
@click.argument("file", type=click.Path())
@click.option("--category", help=_("Key of the category of rows that name none."))
@click.option("--dry-run", is_flag=True, help=_("Say what would happen and change nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the result as JSON."))
def import_invitees(event: str, file: str, category: str, dry_run: bool, as_json: bool) -> None:
    """Read, plan and apply a list; a dry run rolls back."""
    from app.invitations.importing import import_file

    with program():
        found = named_event(event)
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            fail(_("%(path)s cannot be read: %(reason)s", path=file, reason=error.strerror))
        result = import_file(
            found,
            data,
            file,
            category,
            secret=current_app.config["SECRET_KEY"],
            actor=COMMAND_LINE,
            at=now(),
            dry_run=dry_run,
        )
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        show_json(result) if as_json else _show_import(result)


def _show_import(result: dict[str, Any]) -> None:
    click.echo(
        _(
            "%(created)s new, %(updated)s updated, %(unchanged)s unchanged",
            **{key: result[key] for key in ("created", "updated", "unchanged")},
        )
    )
    for row in result["possible_duplicates"]:
        click.echo(_("row %(row)s: possible duplicate of %(with)s (%(reason)s)", **row))
    for row in result["rejected"]:
        click.echo(_("row %(row)s: left out (%(reason)s)", **row))


@cli.command("send-invitations", help=_("Queue the letters of every invitation still in draft; the worker posts them."))
@click.argument("event")
def send_invitations(event: str) -> None:
    """Queue letters and commit; people without an address go to standard error."""
    from app.invitations.mailing import send_drafts

    with program():
        sending = send_drafts(named_event(event), actor=COMMAND_LINE, at=now())
        db.session.commit()
        click.echo(_("%(n)s letters queued; the running server or `parvis worker` posts them.", n=sending.queued))
        for name in sending.without_mailbox:
            click.echo(_("no address: %(name)s", name=name), err=True)


@cli.command(help=_("List events with their dates and counts."))
@click.option("--json", "as_json", is_flag=True, help=_("Print as JSON."))
def events(as_json: bool) -> None:
    """One line, or one JSON object, an event."""
    from app.overview.queries import event_counts

    with program():
        rows: list[dict[str, Any]] = [
            {
                "slug": event.slug,
                "title": here(event.title),
                "starts_at": event.starts_at.isoformat(),
                "ends_at": event.ends_at.isoformat() if event.ends_at else None,
                "timezone": event.timezone,
                "counts": event_counts(event),
            }
            for event in list_events()
        ]
        if as_json:
            show_json(rows)
            return
        for row in rows:
            counts = " ".join(f"{name} {n}" for name, n in row["counts"].items())
            click.echo(f"{row['slug']:<28} {row['starts_at'][:16]}  {counts}\n    {row['title']}")
