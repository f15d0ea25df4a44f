"""Rules of delegations: whom a contact may name, by a link only the contact has (domain 2.8)."""

from dataclasses import dataclass, field
from datetime import datetime

from app.audit.service import Actor, record
from app.codes import derived_token, new_public_id, token_hash
from app.database import db
from app.directory.models import Person
from app.directory.queries import find_organisation
from app.directory.service import NameMissing, Names
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.delegation import DELEGATES, Delegation, DelegationMember
from app.invitations.service import FORMS_KEPT, EventNotOpen
from app.outbox import service as outbox
from app.outbox.queries import list_messages_about
from app.text import fold

LINK_PURPOSE = "delegation"


class NoContact(Refusal):
    """The link of a delegation leaves by mail."""

    message = lazy("The contact of %(name)s has no e-mail address. Please add one.")


class DelegationWithdrawn(Refusal):
    """What was taken back is not sent, and nobody is added to it."""

    message = lazy("The invitation of %(name)s was withdrawn: nothing can be sent any more.")


class QuotaReached(Refusal):
    """Delegates and support each have a number."""

    message = lazy("All %(quota)s places of this kind are named already. Please replace somebody instead.")


class HeadNamed(Refusal):
    """A delegation has one head."""

    message = lazy("%(name)s leads the delegation already. Please replace that person, or choose “member”.")


class NamedTwice(Refusal):
    """Nobody is in one delegation twice."""

    message = lazy("%(name)s is in the delegation already.")


class BelowThoseNamed(Refusal):
    """A quota is not lowered under those already named."""

    message = lazy("%(named)s people are named already: the number of places cannot be lower.")


@dataclass(frozen=True)
class DelegationFacts:
    """What an organiser says of a delegation; `country` is ISO 3166-1 alpha-2."""

    name: str
    country: str = "FR"
    quota: int = 1
    support_quota: int = 0
    contact_name: str = ""
    contact_email: str = ""
    language: str = "fr"
    answer_until: datetime | None = None


@dataclass(frozen=True)
class MemberFacts:
    """What a contact says of a member."""

    names: Names = field(default_factory=Names)
    role: str = "member"
    quality: str = ""
    email: str = ""


def add_delegation(
    event: Event, category: Category, facts: DelegationFacts, *, secret: str, actor: Actor, at: datetime
) -> Delegation:
    """Draft a delegation; its contact hears of it when the link is sent."""
    public_id = new_public_id()
    delegation = Delegation(
        public_id=public_id,
        event=event,
        category=category,
        state="draft",
        token_version=1,
        token_hash=token_hash(derived_token(secret, LINK_PURPOSE, public_id)),
        created_at=at,
        members=[],
    )
    _say(delegation, facts)
    db.session.add(delegation)
    record_change(actor, "delegation.added", delegation, at)
    return delegation


def change_delegation(
    delegation: Delegation, category: Category, facts: DelegationFacts, *, actor: Actor, at: datetime
) -> None:
    """Correct what was said. Raises BelowThoseNamed."""
    for quota, is_delegate in ((facts.quota, True), (facts.support_quota, False)):
        named = len(_of_kind(delegation, is_delegate=is_delegate))
        if quota < named:
            raise BelowThoseNamed(named=named)
    delegation.category = category
    _say(delegation, facts)
    record_change(actor, "delegation.changed", delegation, at)


def link_token(delegation: Delegation, secret: str) -> str:
    """The secret part of the contact's link, made anew from the key."""
    return derived_token(secret, LINK_PURPOSE, delegation.public_id, delegation.token_version)


def note_form(delegation: Delegation, key: str) -> bool:
    """Note that the form of that key is being answered; whether for the first time. The caller holds the delegation."""
    if key in delegation.form_keys:
        return False
    delegation.form_keys = (key, *delegation.form_keys)[:FORMS_KEPT]
    return True


def write_to_contact(delegation: Delegation, kind: str, cause: str, at: datetime) -> None:
    """Queue a letter of that kind to the contact; once for each `cause`."""
    outbox.write(
        cause=f"{kind}:{delegation.public_id}:{cause}",
        kind=kind,
        topic=delegation.event.public_id,
        subject_id=delegation.public_id,
        recipient=delegation.contact_email,
        recipient_name=delegation.contact_name or delegation.name,
        language=delegation.language,
        at=at,
    )


def send_link(delegation: Delegation, *, actor: Actor, at: datetime) -> None:
    """Write to the contact. Sent twice is sent once. Raises NoContact, EventNotOpen, DelegationWithdrawn."""
    if delegation.event.status != "open":
        raise EventNotOpen
    if not delegation.contact_email:
        raise NoContact(name=delegation.name)
    if delegation.state == "withdrawn":
        raise DelegationWithdrawn(name=delegation.name)
    write_to_contact(delegation, "delegation", str(delegation.token_version), at)
    if delegation.state == "draft":
        delegation.state, delegation.sent_at = "sent", at
        record_change(actor, "delegation.sent", delegation, at)


def send_new_link(delegation: Delegation, *, secret: str, actor: Actor, at: datetime) -> None:
    """Make another link and write again; the old one opens nothing any more. Raises as `send_link`."""
    for message in list_messages_about(delegation.public_id):
        if message.kind == "delegation" and message.state in {"queued", "failed"}:
            outbox.cancel(message)
    delegation.token_version += 1
    delegation.token_hash = token_hash(link_token(delegation, secret))
    record_change(actor, "delegation.link_renewed", delegation, at)
    send_link(delegation, actor=actor, at=at)


def add_member(delegation: Delegation, facts: MemberFacts, *, actor: Actor, at: datetime) -> DelegationMember:
    """Name somebody; the place is asked for later, together with the others.

    Raises NameMissing (a Latin name, for the badge and the desk), QuotaReached, HeadNamed, NamedTwice,
    DelegationWithdrawn.
    """
    if delegation.state == "withdrawn":
        raise DelegationWithdrawn(name=delegation.name)
    is_delegate = facts.role in DELEGATES
    quota = delegation.quota if is_delegate else delegation.support_quota
    if len(_of_kind(delegation, is_delegate=is_delegate)) >= quota:
        raise QuotaReached(quota=quota)
    position = max((member.position for member in delegation.members), default=0) + 1
    member = DelegationMember(public_id=new_public_id(), position=position, created_at=at)
    name_member(delegation, member, facts)
    delegation.members.append(member)
    record_change(actor, "delegation.member_named", delegation, at, member)
    return member


def name_member(delegation: Delegation, member: DelegationMember, facts: MemberFacts) -> None:
    """Say who a member is; someone else than before is a person not registered yet.

    Raises NameMissing, HeadNamed, NamedTwice.
    """
    names = facts.names.cleaned()
    if not (names.given or names.family):
        raise NameMissing
    _check_new(delegation, member, names, facts.role)
    member.role, member.civility, member.native_name = facts.role, names.civility, names.native
    member.given_name, member.family_name = names.given, names.family
    member.quality, member.email = facts.quality.strip(), facts.email.strip()
    member.person = None


def note_person(member: DelegationMember, person: Person) -> None:
    """The directory's entry of a member, once a place was asked for."""
    member.person = person


def remove_member(member: DelegationMember, *, actor: Actor, at: datetime) -> None:
    """Take somebody off the list; the place, if any, was given up before."""
    delegation = member.delegation
    record_change(actor, "delegation.member_removed", delegation, at, member)
    delegation.members.remove(member)


def set_state(delegation: Delegation, state: str, *, actor: Actor, at: datetime) -> None:
    """Note what became of a delegation: registered, declined or withdrawn. Twice is once."""
    if delegation.state != state:
        delegation.state = state
        record_change(actor, f"delegation.{state}", delegation, at)


def record_change(
    actor: Actor, action: str, delegation: Delegation, at: datetime, member: DelegationMember | None = None
) -> None:
    """Note in the journal what was done to a delegation."""
    record(
        actor,
        action,
        kind="delegation",
        id=delegation.public_id,
        name=delegation.name,
        topic=delegation.event.public_id,
        at=at,
        after={"state": delegation.state, **({"member": member.full_name, "role": member.role} if member else {})},
    )


def _say(delegation: Delegation, facts: DelegationFacts) -> None:
    for column, value in vars(facts).items():
        setattr(delegation, column, value.strip() if isinstance(value, str) else value)
    delegation.organisation = find_organisation(facts.name)


def _of_kind(delegation: Delegation, *, is_delegate: bool) -> list[DelegationMember]:
    return [member for member in delegation.members if (member.role in DELEGATES) == is_delegate]


def _check_new(delegation: Delegation, member: DelegationMember, names: Names, role: str) -> None:
    others = [one for one in delegation.members if one is not member]
    head = next((one for one in others if one.role == "head"), None)
    if role == "head" and head:
        raise HeadNamed(name=head.full_name)
    for one in others:
        if (fold(one.given_name), fold(one.family_name)) == (fold(names.given), fold(names.family)):
            raise NamedTwice(name=one.full_name)
