"""The command that writes badges: every one, or only those new and changed, on the sheets at hand."""

from typing import Any

import click

import badges as drawn
from app.audit.service import COMMAND_LINE
from app.cli import cli, named_event, program, write_file
from app.clock import now
from app.commands.files import OUTPUT
from app.database import db
from app.i18n import _, language

FURTHEST = 10


@cli.command(help=_("Write one PDF with the badge of everyone confirmed."))
@click.argument("event")
@click.option("--design", type=click.Choice(list(drawn.list_designs())), default="a6", show_default=True)
@click.option(
    "--only", "scope", type=click.Choice(["all", "changed"]), default="all",
    help=_("changed: only those new or changed since the last run of this design."),
)  # fmt: skip
@click.option("--category", default="", help=_("Key of a category; everyone without it."))
@click.option("--sheet", "paper", type=click.Choice([*drawn.PAPERS, drawn.SINGLE]), help=_("Paper to print on."))
@click.option("--start", type=click.IntRange(1), default=1, help=_("First free place on the sheet, row by row."))
@click.option(
    "--shift", "shift", type=(click.FloatRange(-FURTHEST, FURTHEST), click.FloatRange(-FURTHEST, FURTHEST)),
    default=(0.0, 0.0), help=_("Millimetres to the right and downwards that set the printer right."),
)  # fmt: skip
@click.option("--sides", "duplex", type=click.Choice(["one", "long", "short"]), default="one", help=_("Both sides."))
@click.option("--sort", type=click.Choice(drawn.SORTINGS), default="name", show_default=True)
@click.option("--separators", is_flag=True, help=_("A card before each letter or group."))
@click.option("--reason", default="", help=_("Why, for the log."))
@OUTPUT
def badges(event: str, output: str, scope: str, category: str, reason: str, **layout: Any) -> None:
    """The file of app.badging.runs; the run is noted like one asked for on the page."""
    from app.badging.layout import Layout
    from app.badging.runs import Order, print_at_once

    shift_x, shift_y = (round(one, 1) for one in layout.pop("shift"))
    layout |= {"paper": layout["paper"] or "", "duplex": "" if layout["duplex"] == "one" else layout["duplex"]}
    with program():
        asked = Layout(shift_x=shift_x, shift_y=shift_y, language=language(), **layout)
        order = Order(asked, scope=scope, reason=reason, category=category)
        _run, data = print_at_once(named_event(event), order, actor=COMMAND_LINE, at=now())
        db.session.commit()
        write_file(output, data)
