"""One letter to a mailbox that serves several invitees: each has their own link in it (scenario 5.7)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Select, func, select

from app.audit.service import Actor
from app.invitations.models import Invitation
from app.invitations.service import dispatch, note_sent
from app.outbox import service as outbox

_MAILBOX = func.lower(Invitation.email)


def whole_mailboxes(reachable: Select[Invitation], limit: int | None) -> Select[Invitation]:
    """The same invitations, mailbox by mailbox: `limit` of them, and the rest of the last mailbox."""
    ordered = reachable.order_by(_MAILBOX, Invitation.language, Invitation.id)
    if limit is None:
        return ordered
    first = reachable.with_only_columns(_MAILBOX.label("mailbox")).order_by(_MAILBOX).limit(limit).subquery()
    return ordered.where(select(func.max(first.c.mailbox)).scalar_subquery() >= _MAILBOX)


def dispatch_shared(ready: Sequence[Invitation], *, actor: Actor, at: datetime) -> int:
    """Write to each mailbox once, in each language its invitees are written to; how many letters.

    `ready` comes mailbox by mailbox. Whoever is alone behind an address gets a letter of their own.
    """
    letters = 0
    for _mailbox, group in groupby(ready, key=lambda one: (one.email.lower(), one.language)):
        together = list(group)
        if len(together) == 1:
            dispatch(together[0], actor=actor, at=at)
        else:
            _dispatch_together(together, actor, at)
        letters += 1
    return letters


def _dispatch_together(together: Sequence[Invitation], actor: Actor, at: datetime) -> None:
    first = together[0]
    keys = sorted(f"{one.public_id}:{one.token_version}" for one in together)
    message = outbox.write(
        cause=f"digest:{hashlib.sha256(' '.join(keys).encode()).hexdigest()}",
        kind="invitation_digest",
        topic=first.event.public_id,
        subject_id=first.public_id,
        recipient=first.email,
        recipient_name=", ".join(one.person.full_name for one in together)[:200],
        language=first.language,
        at=at,
    )
    for one in together:
        note_sent(one, actor=actor, at=at, digest_id=message.public_id)
