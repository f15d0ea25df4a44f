"""Commands that write a file: attendees, badges, calendar, programme, minutes."""

import click

from app.cli import cli, named_event, program, write_file
from app.clock import now
from app.errors import Refusal
from app.i18n import _, language, lazy


class NotPublished(Refusal):
    """Minutes leave the program once they are published."""

    message = lazy("The minutes of “%(slug)s” are not published yet.")


OUTPUT = click.option("-o", "--output", required=True, help=_("File to write; - is standard output."))
MADE_BY = "parvis"


@cli.command(help=_("Write the list of guests with their state and badge code."))
@click.argument("event")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv")
@OUTPUT
def attendees(event: str, kind: str, output: str) -> None:
    """The file of app.exports.lists."""
    from app.exports.lists import attendees_file

    with program():
        write_file(output, attendees_file(named_event(event), kind, language(), MADE_BY, now()))


@cli.command(help=_("Write the calendar of the event (.ics)."))
@click.argument("event")
@OUTPUT
def calendar(event: str, output: str) -> None:
    """The file of app.exports.calendars."""
    from app.exports.calendars import event_calendar

    with program() as app:
        base_url = app.extensions["parvis"].base_url
        write_file(output, event_calendar(named_event(event), base_url, language()))


@cli.command(help=_("Write the programme as PDF."))
@click.argument("event")
@OUTPUT
def programme(event: str, output: str) -> None:
    """The file of app.programme.drawing."""
    from app.programme.drawing import programme_pdf

    with program():
        write_file(output, programme_pdf(named_event(event), language()))


@cli.command(help=_("Write the published minutes."))
@click.argument("event")
@click.option("--format", "kind", type=click.Choice(["pdf", "html", "docx"]), default="pdf")
@OUTPUT
def minutes(event: str, kind: str, output: str) -> None:
    """The file of app.minutes, in one of three formats. Raises NotPublished."""
    from app.minutes.drawing import minutes_html, minutes_pdf
    from app.minutes.queries import find_published
    from app.minutes.word import minutes_docx

    makers = {"pdf": minutes_pdf, "html": minutes_html, "docx": minutes_docx}
    with program():
        record = find_published(named_event(event))
        if record is None:
            raise NotPublished(slug=event)
        write_file(output, makers[kind](record, language()))
