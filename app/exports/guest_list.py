"""The guest list to correct in a spreadsheet and to send back: nothing is lost on the way.

`app.guest_list` reads it again; its first column says which guest a row speaks of, whatever else is
changed in it. The columns are a contract.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app import tables
from app.events.models import Event
from app.exports.lists import UnknownFormat
from app.i18n import _, in_language
from app.invitations.models import Invitation
from app.invitations.queries import list_invitations
from app.spoken import shown_spoken

FORMATS = ("xlsx", "csv")


def guest_list(event: Event, language: str) -> tuple[list[str], list[list[Any]]]:
    """Titles and rows, by name: everyone ever invited, then a column for each that senders added."""
    invitations = list_invitations(event)
    added = list(dict.fromkeys(title for one in invitations for title in one.extra))
    with in_language(language):
        titles = [
            _("Parvis reference"),
            _("Civility"),
            _("First name"),
            _("Surname"),
            _("Native name"),
            _("Functions"),
            _("Organisation"),
            _("E-mail"),
            _("Telephone"),
            _("Category"),
            _("Language"),
            _("Country"),
            _("Languages spoken"),
            _("Table or zone"),
        ]
        return [*titles, *added], [_row(one, language, added) for one in invitations]


def _row(one: Invitation, language: str, added: Sequence[str]) -> list[Any]:
    person = one.person
    return [
        one.public_id,
        person.civility,
        person.given_name,
        person.family_name,
        person.native_name,
        # One a line: a function may hold any other sign.
        "\n".join(one.qualities),
        one.organisation,
        one.email,
        person.phone,
        one.category.name.get(language),
        one.language,
        person.country,
        shown_spoken(person.spoken),
        one.zone,
        *(one.extra.get(title, "") for title in added),
    ]


def guest_list_file(event: Event, format: str, language: str, made_by: str, at: datetime) -> bytes:
    """The list as a file. Raises UnknownFormat for anything but csv and xlsx."""
    columns, rows = guest_list(event, language)
    if format == "csv":
        return tables.csv_bytes(columns, rows, language)
    if format != "xlsx":
        raise UnknownFormat(format=format)
    title = event.title.get(language)
    return tables.xlsx_bytes(columns, rows, title=title, made_by=made_by, made_at=at.astimezone(UTC), language=language)
