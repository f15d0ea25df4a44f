"""The live edition's parties: delegations named by a contact, somebody who comes along, a link that was forwarded."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.demonstration.posting import post_answers
from app.directory.service import Names
from app.events.models import Event
from app.events.queries import get_category
from app.invitations import delegations
from app.invitations.delegation import Delegation
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.invitations.queries import list_invitations
from app.invitations.terms import set_terms, terms_of
from app.outbox.service import posting_oneself
from app.outbox.transport import FileTransport
from app.registration import companions, delegating, representation_requests
from app.registration.representatives import Representative

CHERNIHIV = DelegationFacts(
    "Oblast de Tchernihiv", "UA", 4, 1, "Protocol office", "protocol@tchernihiv.example", "en"
)  # fmt: skip
BIREH = DelegationFacts("Municipalité d’Al-Bireh", "PS", 3, 1, "Bureau du maire", "cabinet@al-bireh.example", "fr")
MEMBERS = {
    CHERNIHIV.name: (
        MemberFacts(Names("Olena", "MELNYK", "Олена МЕЛЬНИК", "Mme"), "head", "Deputy head of the council"),
        MemberFacts(Names("Andrii", "KOVALENKO", "Андрій КОВАЛЕНКО", "M"), "member", "Head of reconstruction"),
        MemberFacts(Names("Iryna", "BONDAR", "Ірина БОНДАР", "Mme"), "interpreter", "Interpreter"),
    ),
    BIREH.name: (
        MemberFacts(Names("Mahmoud", "AL-ASAAD", "محمود الأسعد", "M"), "head", "Maire"),
        MemberFacts(Names("Rana", "HADDAD", "رنا حداد", "Mme"), "member", "Directrice des relations internationales"),
    ),
}
COMPANION = Names("Élodie", "Marchand", civility="Mme")
COLLEAGUE = Representative(Names("Bastien", "Roche", civility="M"), "Directeur de cabinet", "b.roche@cabinet.example")
MESSAGE = "Madame la maire est retenue en conseil municipal ; je viendrais volontiers à sa place."


def enter_parties(event: Event, transport: FileTransport, *, secret: str, actor: Actor, at: datetime) -> None:
    """One delegation registered together, one whose contact is still naming; a companion; a request that waits."""
    with posting_oneself():
        for facts, days in ((CHERNIHIV, 6), (BIREH, 2)):
            made = _enter(event, facts, secret, actor, at - timedelta(days=days))
            if facts is CHERNIHIV:
                delegating.ask_for_places(
                    made, is_all_or_nothing=False, actor=_contact(made), at=at - timedelta(days=days - 2)
                )
        _bring(event, actor, at - timedelta(hours=30))
        asked = next(one for one in list_invitations(event, state="sent") if one.email)
        representation_requests.ask(asked, COLLEAGUE, message=MESSAGE, at=at - timedelta(hours=6))
        post_answers(event, transport)


def _enter(event: Event, facts: DelegationFacts, secret: str, actor: Actor, at: datetime) -> Delegation:
    category = get_category(event, "delegations")
    made = delegations.add_delegation(event, category, facts, secret=secret, actor=actor, at=at)
    delegations.send_link(made, actor=actor, at=at + timedelta(minutes=10))
    for number, member in enumerate(MEMBERS[facts.name], start=1):
        delegations.add_member(made, member, actor=_contact(made), at=at + timedelta(hours=20, minutes=2 * number))
    return made


def _contact(made: Delegation) -> Actor:
    return Actor("invitee", made.public_id, made.contact_name)


def _bring(event: Event, actor: Actor, at: datetime) -> None:
    host = next(one for one in list_invitations(event, state="accepted", category="parlementaires"))
    terms = terms_of(host)
    set_terms(host, type(terms)(**{**vars(terms), "companions_allowed": 1}), actor=actor, at=at)
    guest = Actor("invitee", host.public_id, host.person.full_name)
    companions.name_companions(host, [COMPANION], actor=guest, at=at + timedelta(hours=2))
