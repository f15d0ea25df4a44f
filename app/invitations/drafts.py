"""Invitations drafted many at a time, and corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app.audit.service import Actor, record
from app.codes import derived_token, new_public_id, token_hash
from app.database import db
from app.events.models import Category, Event
from app.invitations.models import Invitation
from app.invitations.service import LINK_PURPOSE, Quality
from app.invitations.signals import table_given


@dataclass(frozen=True)
class NewInvitation:
    """One of many invitations to draft at once; see `invite`."""

    person_id: int
    category_id: int
    quality: Quality = field(default_factory=Quality)
    email: str = ""
    language: str = "fr"
    zone: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def invite_many(event: Event, wanted: Sequence[NewInvitation], *, secret: str, at: datetime) -> list[str]:
    """Draft many invitations in one statement; returns their public ids.

    Whether someone is already invited is the caller's check.
    """
    rows = [_invitation_row(event, one, secret, at) for one in wanted]
    if rows:
        db.session.connection().execute(insert(Invitation), rows)
    return [row["public_id"] for row in rows]


def _invitation_row(event: Event, one: NewInvitation, secret: str, at: datetime) -> dict[str, Any]:
    public_id = new_public_id()
    return {
        "public_id": public_id,
        "event_id": event.id,
        "person_id": one.person_id,
        "category_id": one.category_id,
        "qualities": one.quality.titles,
        "organisation": one.quality.organisation,
        "email": one.email,
        "language": one.language,
        "zone": one.zone,
        "extra": one.extra,
        "token_hash": token_hash(derived_token(secret, LINK_PURPOSE, public_id)),
        "created_at": at,
    }


def change(  # noqa: PLR0913 - an invitation has that many facts, all named
    invitation: Invitation,
    *,
    quality: Quality,
    category: Category,
    email: str,
    language: str,
    extra: dict[str, str] | None = None,
    zone: str | None = None,
    actor: Actor,
    at: datetime,
) -> bool:
    """Correct an invitation; a registration made from it keeps its own snapshot, but for the table it is given.

    `extra`, `zone`: None leaves them as they are. Answers whether anything changed; only then the journal says so.
    """
    after = {
        "qualities": quality.titles, "organisation": quality.organisation, "email": email,
        "language": language, "extra": invitation.extra if extra is None else extra,
        "zone": invitation.zone if zone is None else zone,
    }  # fmt: skip
    changed = {
        name: (getattr(invitation, name), value) for name, value in after.items() if getattr(invitation, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(invitation, name, value)
    if "zone" in changed:
        table_given.send(invitation, before=changed["zone"][0], actor=actor, at=at)
    if invitation.category_id != category.id:
        changed["category"] = (invitation.category.key, category.key)
        invitation.category = category
    if changed:
        record(
            actor, "invitation.changed", kind="invitation", id=invitation.public_id,
            name=invitation.person.full_name, topic=invitation.event.public_id, at=at,
            before={name: _plain(before) for name, (before, _) in changed.items()},
            after={name: _plain(value) for name, (_, value) in changed.items()},
        )  # fmt: skip
    return bool(changed)


def keep_table(invitation: Invitation, zone: str) -> None:
    """The table of who comes on this invitation, told by the room that seats them: nobody is told back."""
    invitation.zone = zone


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
