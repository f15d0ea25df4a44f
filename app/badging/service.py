"""Rules of badges: one active code per confirmed registration; a code given up never returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from app.audit.service import Actor, record
from app.badging.codes import LAST_KEY, LAST_VERSION, write_code
from app.badging.models import Badge
from app.badging.queries import find_active_badge
from app.codes import new_badge_code, new_short_code
from app.database import db, lock_row
from app.errors import Refusal
from app.events.keys import set_badge_key
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration

# Short codes of replaced badges that are remembered.
FORMER = 20


def issue(registration: Registration, *, at: datetime, secret: str) -> Badge:
    """Give a confirmed registration its badge, signed with the event's key; the one it has, if it has one.

    The QR is drawn later, outside the transaction that gives the seat. `secret`: the program's own key.
    """
    if registration.sequence > 0:  # a first confirmation cannot have one yet
        existing = find_active_badge(registration.id)
        if existing:
            return existing
    event, identity = registration.event, new_badge_code()
    badge = Badge(
        event_id=registration.event_id,
        registration=registration,
        code=write_code(identity, 1, secret=secret, subject=event.public_id, key=event.badge_key),
        identity=identity,
        version=1,
        short_code=new_short_code(),
        issued_at=at,
    )
    db.session.add(badge)
    return badge


def revoke(registration: Registration, *, at: datetime) -> None:
    """End the badge of a registration given up: the door answers that it is not valid."""
    badge = find_active_badge(registration.id)
    if badge:
        badge.state, badge.revoked_at = "revoked", at


def store_codes(drawn: Mapping[int, bytes]) -> None:
    """Keep the QR's modules drawn for the first time, by badge id, so that they are drawn once."""
    if drawn:
        rows = [{"id": number, "matrix": matrix} for number, matrix in drawn.items()]
        db.session.execute(update(Badge), rows)


class NothingToReprint(Refusal):
    """Only who has a place has a badge."""

    message = lazy("This person has no place: there is no badge to print.")


class TooManyVersions(Refusal):
    """The number of the version has no place left in the code."""

    message = lazy("This badge was reprinted more than a thousand times: cancel the registration and register again.")


class LastKey(Refusal):
    """The number of the key has no place left in the code."""

    message = lazy("The key of this event was changed thirty times: it cannot be changed again.")


class ReplacedMeanwhile(Refusal):
    """Somebody else printed the same badge in the same moment."""

    message = lazy("This badge was printed by somebody else a moment ago. Look whether it is still needed.")


@dataclass(frozen=True)
class Version:
    """A version of a badge: its number, the text of its QR, what is typed."""

    number: int
    code: str
    short_code: str


def next_version(badge: Badge, *, secret: str) -> Version:
    """The version that would replace the one in hand; nothing is written. Raises TooManyVersions."""
    if badge.version >= LAST_VERSION:
        raise TooManyVersions
    event, number = badge.registration.event, badge.version + 1
    code = write_code(badge.identity, number, secret=secret, subject=event.public_id, key=event.badge_key)
    return Version(number, code, new_short_code())


def replace_badge(badge: Badge, version: Version, *, reason: str, actor: Actor, at: datetime) -> None:
    """Put a version in force: the one in hand answers "replaced" from now on, its short code too.

    Raises ReplacedMeanwhile when another one is in force since `version` was made, NothingToReprint when the place
    was given up.
    """
    lock_row(badge)
    if badge.state != "active":
        raise NothingToReprint
    if badge.version != version.number - 1:
        raise ReplacedMeanwhile
    registration = badge.registration
    badge.former_codes = " ".join([badge.short_code, *badge.former_codes.split()][:FORMER])
    badge.version, badge.code, badge.short_code = version.number, version.code, version.short_code
    badge.matrix, badge.issued_at = None, at
    record(
        actor, "badge.replaced", kind="registration", id=registration.public_id, name=registration.person.full_name,
        topic=registration.event.public_id, at=at, before={"version": version.number - 1},
        after={"version": version.number, "reason": reason},
    )  # fmt: skip


def reprint(registration: Registration, *, reason: str, secret: str, actor: Actor, at: datetime) -> Badge:
    """The next version of the badge of a registration, in force at once. Raises NothingToReprint, TooManyVersions."""
    badge = find_active_badge(registration.id) if registration.state == "confirmed" else None
    if badge is None:
        raise NothingToReprint
    replace_badge(badge, next_version(badge, secret=secret), reason=reason, actor=actor, at=at)
    return badge


def change_key(event: Event, *, actor: Actor, at: datetime) -> int:
    """Sign the badges issued from now on with another key; those issued stay valid. Gives its number.

    A device that has not heard of the new key yet cannot tell a new badge from an invented one and says so; after
    its next contact it knows the new key only, and every badge issued before by its list. Raises LastKey.
    """
    if event.badge_key >= LAST_KEY:
        raise LastKey
    before = event.badge_key
    set_badge_key(event, before + 1)
    record(
        actor, "badges.key_changed", kind="event", id=event.public_id, name=event.title.fr, topic=event.public_id,
        at=at, before={"key": before}, after={"key": before + 1},
    )  # fmt: skip
    return before + 1
