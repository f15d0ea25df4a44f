"""Needs and wishes of a guest: each optional, with its purpose in words, a version and a last day.

Access needs and diets may tell of health or religion: kept only with an explicit agreement (GDPR 9.2.a),
read by organisers, never by the desk beyond a sign, erased seven days after the event (domain 3.4). What
was agreed is taken back as easily (GDPR 7.3), at any time. The photograph is an objection (Code civil,
article 9), the list shared with others an agreement, neither ticked beforehand.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.audit.service import Actor, record
from app.clock import now
from app.database import db, lock_row
from app.errors import Refusal
from app.events.models import Event
from app.i18n import LazyText, lazy
from app.registration.life import CONSENT_KINDS, Consent
from app.registration.life_queries import list_consents
from app.registration.models import Registration

# Raised whenever WORDS change: what people agreed to is what they read.
VERSION = "2026-11"
NEEDS = ("access", "diet")
_NEEDS_WORDS = lazy(
    "I agree that the organiser keeps what I write here, in order to receive me well. Only the organisers of this"
    " event read it and tell the place or the caterer what is needed, without my name where they can. It is erased"
    " seven days after the event."
)
WORDS: dict[str, LazyText] = {
    "access": _NEEDS_WORDS,
    "diet": _NEEDS_WORDS,
    "photo": lazy(
        "I do not wish to be photographed or filmed recognisably. The organisers, the desk and the photographers are"
        " told; this is kept one year after the event, as long as pictures are published."
    ),
    "sharing": lazy(
        "I agree that my name, my function and my organisation stand on the list given to the other participants and"
        " the partners of this event. It is kept ninety days after the event, and I may take it back at any time."
    ),
}
# Days after the event.
KEPT_DAYS = {"access": 7, "diet": 7, "photo": 365, "sharing": 90}
LONGEST = 500
FORGET, EVERY = "forget consents", 6 * 3600.0


class ConsentNeeded(Refusal):
    """What may tell of health is kept only when the guest says so in so many words."""

    message = lazy("Please tick that we may keep what you wrote, or leave it empty: a need is never kept otherwise.")
    status = 422


def is_offered(event: Event) -> bool:
    """Whether guests of the event may tell a need or a wish."""
    return any(kind in event.asks for kind in CONSENT_KINDS)


def say(
    registration: Registration, wanted: Mapping[str, str | None], *, has_agreed: bool, actor: Actor, at: datetime
) -> list[str]:
    """Make what a guest agreed to exactly `wanted` (kind → text; None: nothing, or taken back); which kinds changed.

    Kinds that the event does not offer, and those left out of `wanted`, stay as they are. `has_agreed`: the
    explicit agreement for needs. The words kept are those of the reader's language now. Raises ConsentNeeded.
    """
    lock_row(registration)
    event, held = registration.event, list_consents(registration.id)
    told = {kind: _tidy(kind, wanted[kind]) for kind in CONSENT_KINDS if kind in event.asks and kind in wanted}
    if not has_agreed and any(told.get(kind) for kind in NEEDS):
        raise ConsentNeeded
    changed = [kind for kind, text in told.items() if _keep(registration, held.get(kind), kind, text, at)]
    if changed:
        _record(registration, {kind: told[kind] for kind in changed}, actor, at)
    return changed


def _tidy(kind: str, text: str | None) -> str | None:
    if text is None:
        return None
    text = text.strip()[:LONGEST]
    return (text or None) if kind in NEEDS else text


def _keep(registration: Registration, held: Consent | None, kind: str, text: str | None, at: datetime) -> bool:
    if text is None:
        if held is None:
            return False
        db.session.delete(held)
        return True
    if held is not None and held.text == text:
        return False
    one = held or Consent(registration_id=registration.id, kind=kind)
    one.text, one.version, one.words, one.given_at = text, VERSION, str(WORDS[kind]), at
    one.kept_until = last_day(registration.event, kind)
    db.session.add(one)
    return True


def last_day(event: Event, kind: str) -> date:
    """Until which day, where the event takes place, a consent of this kind is kept."""
    ends = (event.ends_at or event.starts_at).astimezone(ZoneInfo(event.timezone))
    return ends.date() + timedelta(days=KEPT_DAYS[kind])


def _record(registration: Registration, changed: Mapping[str, str | None], actor: Actor, at: datetime) -> None:
    """Which kinds, never what was written: the journal is kept longer than a need."""
    db.session.flush()
    record(
        actor, "registration.wishes", kind="registration", id=registration.public_id,
        name=registration.person.full_name, topic=registration.event.public_id, at=at,
        after={kind: "taken back" if text is None else "said" for kind, text in changed.items()},
    )  # fmt: skip


def forget_needs(registration: Registration, at: datetime) -> None:
    """Who no longer comes needs nothing: their needs are erased with the place (domain 3.4)."""
    del at
    if not set(NEEDS) & set(registration.event.asks):
        return
    of_this = Consent.registration_id == registration.id, Consent.kind.in_(NEEDS)
    db.session.execute(delete(Consent).where(*of_this))


def forget_expired(today: date) -> int:
    """Erase what is kept no longer; how many. A postponed event keeps what it needs: its last day moves with it."""
    wanted = select(Consent).where(Consent.kept_until < today)
    loaded = joinedload(Consent.registration).joinedload(Registration.event)
    erased = 0
    for one in db.session.scalars(wanted.options(loaded)).all():
        one.kept_until = last_day(one.registration.event, one.kind)
        if one.kept_until < today:
            db.session.delete(one)
            erased += 1
    db.session.flush()
    return erased


def forget(_subject: str) -> Iterator[None]:
    """The repeated work: what is kept no longer goes."""
    forget_expired(now().date())
    yield


def give_up(_subject: str) -> None:
    """Nothing to say: the next turn begins again."""
