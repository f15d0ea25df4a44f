"""On which terms one person is invited: how the letter travels, who may come along or instead, until when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.audit.service import Actor, record
from app.errors import Refusal
from app.i18n import lazy
from app.invitations.models import Invitation
from app.when import deadline_instant


class DeadlineAfterTheEvent(Refusal):
    """Nobody answers once the event has begun."""

    message = lazy("The day must come before the event begins.")
    status = 422


@dataclass(frozen=True)
class Terms:
    """See the columns of Invitation of the same names. A day without an hour is included."""

    channel: str = "mail"
    companions_allowed: int = 0
    is_transferable: bool = True
    deadline_day: date | None = None
    deadline_time: time | None = None


def terms_of(invitation: Invitation) -> Terms:
    """The terms an invitation has."""
    return Terms(**{name: getattr(invitation, name) for name in Terms.__dataclass_fields__})


def set_terms(invitation: Invitation, terms: Terms, *, actor: Actor, at: datetime) -> bool:
    """Change the terms; answers whether anything changed. Raises DeadlineAfterTheEvent.

    Whoever is coming already stays so: fewer companions or another day hold for what is answered next.
    """
    _check_day(invitation, terms)
    before = terms_of(invitation)
    if before == terms:
        return False
    for name, value in vars(terms).items():
        setattr(invitation, name, value)
    changed = [name for name in vars(terms) if getattr(before, name) != getattr(terms, name)]
    record(
        actor, "invitation.terms_changed", kind="invitation", id=invitation.public_id,
        name=invitation.person.full_name, topic=invitation.event.public_id, at=at,
        before={name: _plain(getattr(before, name)) for name in changed},
        after={name: _plain(getattr(terms, name)) for name in changed},
    )  # fmt: skip
    return True


def _check_day(invitation: Invitation, terms: Terms) -> None:
    if terms.deadline_day is None:
        return
    hour = terms.deadline_time
    zone = ZoneInfo(invitation.event.timezone)
    if deadline_instant(terms.deadline_day, hour is None, zone, hour) > invitation.event.starts_at:
        raise DeadlineAfterTheEvent


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else value.isoformat()
