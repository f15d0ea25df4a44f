"""What somebody decided against a rule of protocol, for a person everywhere or on one list, with the reason."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import Person, ProtocolOverride
from app.directory.precedence import Decision
from app.directory.protocol import Address, address_for
from app.directory.queries import in_batches
from app.errors import NotFound, Refusal
from app.i18n import lazy
from app.text import nfc

# What was decided for one person, by kind and language ("" for a rank).
Decided = Mapping[tuple[str, str], ProtocolOverride]
EVERYWHERE = ""


class ReasonMissing(Refusal):
    """Going against the rule is explained to whoever reads it later."""

    message = lazy("Please say why the rule is not followed here.")


class ValueMissing(Refusal):
    """A decision says what is to be written."""

    message = lazy("Please give the words to be written instead.")


class NotAPlace(Refusal):
    """A place in the order counts from one."""

    message = lazy("Please give the place as a number, from 1.")


def decide(  # noqa: PLR0913 - a decision has that many facts, all named
    person: Person,
    kind: str,
    value: str,
    *,
    reason: str,
    language: str = "",
    scope: str = EVERYWHERE,
    actor: Actor,
    at: datetime,
) -> ProtocolOverride:
    """Write `value` instead of the rule's; a decision of the same kind and scope is replaced.

    `scope` is the public id of the event whose list it holds for. Raises ReasonMissing, ValueMissing, NotAPlace.
    """
    value, reason = nfc(value).strip(), nfc(reason).strip()
    if not value:
        raise ValueMissing
    if kind == "rank" and not (value.isascii() and value.isdigit() and 0 < int(value) < 10_000):
        raise NotAPlace
    if not reason:
        raise ReasonMissing
    language = "" if kind == "rank" else language
    one = _find(person, kind, language, scope) or ProtocolOverride(person_id=person.id, kind=kind, scope=scope)
    before = {"value": one.value} if one.id else {}
    one.language, one.value, one.reason = language, value[:200], reason[:500]
    one.author_id, one.author_name, one.made_at = actor.id, actor.name, at
    db.session.add(one)
    db.session.flush()
    _note("protocol.decided", person, one, actor, at, before)
    return one


def withdraw_decision(one: ProtocolOverride, *, actor: Actor, at: datetime) -> None:
    """Follow the rule again."""
    _note("protocol.rule_again", one.person, one, actor, at, {"value": one.value})
    db.session.delete(one)


def _find(person: Person, kind: str, language: str, scope: str) -> ProtocolOverride | None:
    return db.session.scalar(
        select(ProtocolOverride).where(
            ProtocolOverride.person_id == person.id,
            ProtocolOverride.kind == kind,
            ProtocolOverride.language == language,
            ProtocolOverride.scope == scope,
        )
    )


def get_decision(person: Person, public_id: str) -> ProtocolOverride:
    """One of the decisions about a person. Raises NotFound."""
    wanted = select(ProtocolOverride).where(
        ProtocolOverride.public_id == public_id, ProtocolOverride.person_id == person.id
    )
    one = db.session.scalar(wanted)
    if one is None:
        raise NotFound
    return one


def list_decisions_of(person: Person) -> list[ProtocolOverride]:
    """Everything decided about a person, everywhere first."""
    wanted = select(ProtocolOverride).where(ProtocolOverride.person_id == person.id)
    return list(db.session.scalars(wanted.order_by(ProtocolOverride.scope, ProtocolOverride.kind)))


def list_decisions(person_ids: Collection[int], scope: str = EVERYWHERE) -> dict[int, Decided]:
    """What holds for each of these people on a list: its own decisions before those that hold everywhere."""
    found: dict[int, dict[tuple[str, str], ProtocolOverride]] = {}
    for some in in_batches(sorted(person_ids)):
        wanted = select(ProtocolOverride).where(
            ProtocolOverride.person_id.in_(some), ProtocolOverride.scope.in_({EVERYWHERE, scope})
        )
        for one in db.session.scalars(wanted.order_by(ProtocolOverride.scope)):
            found.setdefault(one.person_id, {})[one.kind, one.language] = one
    return dict(found)


def address_of(person: Person, quality: str, language: str, decided: Decided | None = None) -> Address:
    """How a letter addresses a person invited in `quality`: the rule, unless `decided` (`list_decisions`) says else."""
    return decided_address(address_for(person.civility, quality, language), language, decided or {})


def decided_address(address: Address, language: str, decided: Decided) -> Address:
    """A rule's form of address with what was decided against it."""
    form, consideration = decided.get(("form_of_address", language)), decided.get(("consideration", language))
    if form:
        address = replace(address, appel=form.value, source="decided")
    if consideration:
        address = replace(address, consideration=consideration.value, source="decided")
    return address


def decided_place(decided: Decided) -> Decision | None:
    """The place in the order that was decided, for `precedence.order_of_precedence`."""
    one = decided.get(("rank", ""))
    return Decision(int(one.value), one.author_name, one.reason) if one else None


def _note(
    action: str, person: Person, one: ProtocolOverride, actor: Actor, at: datetime, before: dict[str, str]
) -> None:
    after = {"kind": one.kind, "language": one.language, "value": one.value, "reason": one.reason}
    record(
        actor, action, kind="person", id=person.public_id, name=person.full_name, topic=one.scope,
        before=before, after=after, at=at,
    )  # fmt: skip
