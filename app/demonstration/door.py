"""The live edition's door: two gates, the notes the staff left for the desk, a phone enrolled for the evening."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.checkin.enrolling import Wanted, code_of, enrol, invite_device
from app.checkin.gates import GateWanted, note, save_gate
from app.events.models import Event
from app.registration.queries import list_registrations

# The honours of the house are for some; the evening's main entrance counts who leaves.
MAIN, SALON = "Porte 1", "Salon d’honneur"
NOTES = (("parlementaires", "À accompagner au premier rang", True), ("delegations", "Badge au guichet 3", False))


def arrange_door(event: Event, *, secret: str, actor: Actor, at: datetime) -> None:
    """Arrange it yesterday, as the lead would."""
    yesterday = at - timedelta(days=1)
    gate = save_gate(event, GateWanted(MAIN, counts_exits=True), actor=actor, at=yesterday)
    keys = {category.key for category in event.categories} & {"parlementaires", "delegations"}
    chosen = GateWanted(SALON, "honneur", categories=sorted(keys))
    save_gate(event, chosen, actor=actor, at=yesterday)
    for key, words, is_vip in NOTES:
        coming = list_registrations(event, state="confirmed", category=key)[:1]
        for guest in coming:
            note(guest, words, is_vip=is_vip, actor=actor, at=yesterday)
    wanted = Wanted("Téléphone de l’accueil", gates=(gate.public_id,))
    invited = invite_device(event, wanted, secret=secret, actor=actor, at=yesterday)
    enrol(code_of(invited, secret), secret=secret, at=yesterday)
