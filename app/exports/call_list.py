"""Whom to telephone, as a file."""

from datetime import datetime

from babel import Locale

from app import tables
from app.events.models import Event
from app.exports.lists import UnknownFormat
from app.i18n import _, in_language
from app.registration.announcement_queries import list_calls


def call_list_file(event: Event, wanted: str, language: str, made_by: str, at: datetime) -> bytes:
    """Everyone from abroad by country: names, delegation, how to reach them, room to write. Raises UnknownFormat."""
    if wanted not in {"csv", "xlsx"}:
        raise UnknownFormat(format=wanted)
    with in_language(language):
        titles = [_("Name"), _("Country"), _("Delegation"), _("Function"), _("Telephone"), _("E-mail"),
                  _("Contact of the delegation"), _("Address of the contact"), _("Called at")]  # fmt: skip
        names = Locale(language).territories
        rows = [
            [
                call.person.full_name, str(names.get(call.country, call.country)),
                call.delegation.name if call.delegation else call.registration.organisation,
                call.registration.qualities, call.phones, call.registration.email,
                call.delegation.contact_name if call.delegation else "",
                call.delegation.contact_email if call.delegation else "", "",
            ]
            for call in list_calls(event)
        ]  # fmt: skip
        if wanted == "csv":
            return tables.csv_bytes(titles, rows, language)
        return tables.xlsx_bytes(titles, rows, title=_("To call"), made_by=made_by, made_at=at, language=language)
