"""Letters that remind: one for each invitee, or one for all the silent behind a shared mailbox (scenario 5.7)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from app.audit.service import SYSTEM, Actor, record
from app.columns import Bilingual
from app.invitations.models import Invitation
from app.outbox import service as outbox


@dataclass(frozen=True)
class Due:
    """One invitee to be reminded. `cause`: of what and when, the same however often it is tried."""

    invitation: Invitation
    cause: str
    note: Bilingual = Bilingual()


def by_letter(due: Iterable[Due], *, is_shared: bool) -> list[list[Due]]:
    """Who shares a letter: with `is_shared`, those of one mailbox, language and note; else everybody alone."""
    if not is_shared:
        return [[one] for one in due]
    return [list(together) for _key, together in groupby(sorted(due, key=_mailbox), key=_mailbox)]


def _mailbox(one: Due) -> tuple[str, str, str, str]:
    return one.invitation.email.lower(), one.invitation.language, one.note.fr, one.note.en


def write_letter(together: Sequence[Due], *, at: datetime, actor: Actor = SYSTEM) -> None:
    """Write the letter one invitee gets, or several share; each is noted as reminded."""
    first = together[0]
    if len(together) == 1:
        _write(first.cause, "reminder", together, {}, at)
    else:
        causes = " ".join(sorted(one.cause for one in together))
        carried = {"invitations": [one.invitation.public_id for one in together]}
        _write(f"reminder:{hashlib.sha256(causes.encode()).hexdigest()}", "reminder_digest", together, carried, at)
    for one in together:
        _note_reminded(one.invitation, actor, at)


def _write(cause: str, kind: str, together: Sequence[Due], carried: dict[str, Any], at: datetime) -> None:
    first = together[0]
    invitation = first.invitation
    outbox.write(
        cause=cause,
        kind=kind,
        topic=invitation.event.public_id,
        subject_id=invitation.public_id,
        recipient=invitation.email,
        recipient_name=", ".join(one.invitation.person.full_name for one in together)[:200],
        language=invitation.language,
        at=at,
        context={"note": {"fr": first.note.fr, "en": first.note.en}, **carried},
    )


def _note_reminded(invitation: Invitation, actor: Actor, at: datetime) -> None:
    invitation.last_contact_at = at
    invitation.reminders_sent += 1
    record(
        actor, "invitation.reminded", kind="invitation", id=invitation.public_id,
        name=invitation.person.full_name, topic=invitation.event.public_id, at=at,
        after={"state": invitation.state},
    )  # fmt: skip
