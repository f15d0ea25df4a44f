"""Proof that whoever holds a link also reads the mailbox it was sent to (scenario 5.11 step 3).

Six digits leave for the address of the invitation. They live fifteen minutes, may be mistyped five
times, serve once; the database keeps a keyed hash of them.
"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.codes import derived_digits, keyed_hash
from app.database import db, lock_row
from app.errors import Refusal
from app.i18n import _, lazy
from app.invitations.models import Invitation
from app.outbox import service as outbox
from app.registration.models import OneTimeCode

PURPOSE = "one-time code"
LIFE = timedelta(minutes=15)
# Between two codes, and how many in an hour: a stranger cannot fill somebody's mailbox.
PAUSE, HOUR, MOST_AN_HOUR = timedelta(minutes=1), timedelta(hours=1), 5
MOST_TRIES = 5
KEPT = timedelta(days=1)


class NoMailboxKnown(Refusal):
    """A code needs an address to be mailed to."""

    message = lazy(
        "No e-mail address is known for this invitation, so that no code can be sent. Please write to %(mailbox)s."
    )


class TooManyCodes(Refusal):
    """Codes are asked for too often."""

    message = lazy("Codes were sent a moment ago. Please look at your mail, or ask again %(when)s.")
    status = 429


def ask(invitation: Invitation, *, secret: str, at: datetime) -> OneTimeCode:
    """Mail a new code to the address of the invitation; the ones before open nothing any more.

    Raises NoMailboxKnown, TooManyCodes.
    """
    if not invitation.email:
        raise NoMailboxKnown(mailbox=invitation.event.mailbox or _("the organiser"))
    lock_row(invitation)
    last = find_last(invitation.id)
    _check_pace(invitation.id, last, at)
    _forget_old(invitation.id, at)
    number = last.number + 1 if last else 1
    code = OneTimeCode(
        invitation_id=invitation.id,
        number=number,
        code_hash=keyed_hash(secret, digits(invitation.public_id, number, secret=secret)),
        sent_at=at,
        expires_at=at + LIFE,
        tries=0,
    )
    db.session.add(code)
    _write(invitation, number, at)
    return code


def is_right(invitation: Invitation, typed: str, *, secret: str, at: datetime) -> bool:
    """Whether these are the digits mailed last. A mistake is counted: the caller commits either way."""
    code = find_last(invitation.id)
    if code is None:
        return False
    lock_row(code)
    if not is_live(code, at):
        return False
    sent = "".join(c for c in typed if c.isdigit())
    if not hmac.compare_digest(code.code_hash, keyed_hash(secret, sent)):
        code.tries += 1
        return False
    code.used_at = at
    return True


def is_live(code: OneTimeCode | None, at: datetime) -> bool:
    """Whether a code can still be typed."""
    return code is not None and code.used_at is None and code.tries < MOST_TRIES and at < code.expires_at


def find_last(invitation_id: int) -> OneTimeCode | None:
    """The code mailed last for an invitation, live or not."""
    wanted = select(OneTimeCode).where(OneTimeCode.invitation_id == invitation_id)
    return db.session.scalar(wanted.order_by(OneTimeCode.number.desc()).limit(1))


def digits(public_id: str, number: int, *, secret: str) -> str:
    """The digits of an invitation's code of that number, made anew from the key."""
    return derived_digits(secret, PURPOSE, public_id, number)


def _check_pace(invitation_id: int, last: OneTimeCode | None, at: datetime) -> None:
    if last is None:
        return
    recent = OneTimeCode.invitation_id == invitation_id, OneTimeCode.sent_at > at - HOUR
    if at - last.sent_at < PAUSE:
        raise TooManyCodes(when=_("in one minute"))
    if (db.session.scalar(select(func.count()).where(*recent)) or 0) >= MOST_AN_HOUR:
        raise TooManyCodes(when=_("in one hour"))


def _forget_old(invitation_id: int, at: datetime) -> None:
    old = OneTimeCode.invitation_id == invitation_id, OneTimeCode.sent_at < at - KEPT
    db.session.execute(delete(OneTimeCode).where(*old))


def _write(invitation: Invitation, number: int, at: datetime) -> None:
    outbox.write(
        cause=f"code:{invitation.public_id}:{number}:{at:%Y%m%d%H%M%S}",
        kind="code",
        topic=invitation.event.public_id,
        subject_id=invitation.public_id,
        recipient=invitation.email,
        recipient_name=invitation.person.full_name,
        language=invitation.language,
        at=at,
        context={"number": number},
    )
