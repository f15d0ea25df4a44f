"""The live edition's seats: places held for late ministers, a category decided about one by one, an offer under way."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.demonstration.posting import post_answers
from app.events.models import Event
from app.events.queries import get_category
from app.events.seating import CategoryRules, set_category_rules
from app.invitations.queries import list_invitations
from app.outbox.service import posting_oneself
from app.outbox.transport import FileTransport
from app.registration import held_places, offers
from app.registration.held_places import Wish
from app.registration.service import accept

FOR_MINISTERS = "Ministres et leurs cabinets, qui confirment tard"
DECIDED_ON = "associations"
ASKING = 3


def settle_seats(event: Event, transport: FileTransport, *, actor: Actor, at: datetime) -> None:
    """Hold places, let three acceptances wait for a decision, and offer the place that is free to who waits for it."""
    with posting_oneself():
        held_places.hold(event, Wish(8, FOR_MINISTERS), actor=actor, at=at - timedelta(days=3))
        decided = get_category(event, DECIDED_ON)
        set_category_rules(decided, CategoryRules(needs_approval=True), actor=actor, at=at - timedelta(days=2))
        asked = [one for one in list_invitations(event, state="sent", category=DECIDED_ON) if one.email]
        for hours, invitation in enumerate(asked[-ASKING:], start=1):
            guest = Actor("invitee", invitation.public_id, invitation.person.full_name)
            accept(invitation, by="link", actor=guest, at=at - timedelta(hours=9 - hours))
        offers.promote(event, at - timedelta(hours=1))
        post_answers(event, transport)
