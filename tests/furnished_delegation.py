"""A delegation with a member who has a place, for the pages that show one."""

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.models import Event
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.registration import delegating, own_link
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER


def furnish_delegation(event: Event) -> dict[str, str]:
    """Values of the addresses of its pages; `contact.open_link.token` opens the contact's."""
    facts = DelegationFacts("Oblast de Kharkiv", "UA", 3, 1, "Iryna Koval", "protocol@kharkiv.example", "en")
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    names = Names("Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК", "M")
    member = delegations.add_member(made, MemberFacts(names, "head", "Deputy head"), actor=INVITEE, at=now())
    delegating.ask_for_places(made, is_all_or_nothing=True, actor=INVITEE, at=now())
    delegations.add_member(made, MemberFacts(Names("Iryna", "Bondar")), actor=INVITEE, at=now())
    db.session.commit()
    comes = delegating.list_standings(made)[0].registration
    assert comes
    return {
        "delegations.public_id": made.public_id,
        "delegations.member_id": member.public_id,
        "delegations.how": "send",
        "badging.public_id": made.public_id,
        "contact.public_id": made.public_id,
        "contact.member_id": member.public_id,
        "contact.open_link.token": delegations.link_token(made, KEY),
        "needs.public_id": comes.public_id,
        "needs.open_link.token": own_link.own_token(comes, KEY),
    }
