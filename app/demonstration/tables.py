"""Guests whose badges show what they speak and where they sit: those from abroad, the first tables of the dinner."""

from datetime import datetime

from app.audit.service import Actor
from app.events.models import Event
from app.registration.queries import list_registrations
from app.registration.tables import show_on_badge

# By country, in the order in which badges print them.
SPOKEN = {
    "BE": ("fr", "nl"), "CH": ("fr", "de"), "DE": ("de", "fr"), "ES": ("es", "fr"), "GE": ("ka", "en"),
    "IT": ("it", "fr"), "LB": ("ar", "fr"), "MA": ("ar", "fr"), "PS": ("ar", "en"), "UA": ("uk", "en"),
    "VN": ("vi", "fr"),
}  # fmt: skip
TABLES, SEATS = 3, 8


def set_tables(event: Event, *, actor: Actor, at: datetime) -> None:
    """Languages of guests from abroad, and of whoever is written to in English; three tables of eight, by name."""
    for place, guest in enumerate(list_registrations(event, state="confirmed")[: 4 * TABLES * SEATS]):
        zone = f"Table {place // SEATS + 1}" if place < TABLES * SEATS else ""
        spoken = SPOKEN.get(guest.person.country, ("en", "fr") if guest.language == "en" else ())
        spoken = spoken or (("fr", "en") if zone and place % 3 == 0 else ())
        if zone or spoken:
            show_on_badge(guest, zone, spoken, actor=actor, at=at)
