"""Reading invitations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.clock import now
from app.codes import token_hash
from app.database import db
from app.directory.lists import OnList
from app.directory.models import Person
from app.directory.queries import named
from app.errors import NotFound
from app.events.models import Category, Event
from app.i18n import here
from app.invitations.models import AWAITED, NOT_SENT, Invitation

PAGE = 50
# A personal link opens its page (the badge, the calendar) for a while after the event, then nothing.
LINK_LIFE = timedelta(days=30)
# What a list may be narrowed to beside single states.
STATE_GROUPS: dict[str, Collection[str]] = {
    "to_send": NOT_SENT,
    "awaited": AWAITED,
    "silent": ("sent", "opened"),
    "coming": ("accepted", "represented"),
}
_LOADED = (joinedload(Invitation.person), joinedload(Invitation.category))
# Built once: the question most often asked in the busiest hour.
_HELD = select(Invitation).where(
    Invitation.public_id == bindparam("public_id"),
    Invitation.token_hash == bindparam("token_hash"),
    Invitation.state != "withdrawn",
)
_WITH_EVENT = joinedload(Invitation.event)
DEADLINE_COLUMNS = (
    Category.deadline_day, Category.deadline_days_before, Category.deadline_is_inclusive, Category.deadline_at,
)  # fmt: skip
_HELD_FOR_PAGE = _HELD.options(*_LOADED, _WITH_EVENT.options(joinedload(Event.deadline), joinedload(Event.venue)))
# What deciding an answer reads; the rest of the event is loaded if a page is shown after all.
_HELD_FOR_ANSWER = _HELD.options(
    joinedload(Invitation.person).load_only(
        Person.given_name, Person.family_name, Person.folded_given, Person.folded_family
    ),
    joinedload(Invitation.category).load_only(
        Category.event_id, Category.quota, Category.over_percent, Category.needs_approval, *DEADLINE_COLUMNS
    ),
    _WITH_EVENT.load_only(
        Event.public_id,
        Event.status,
        Event.timezone,
        Event.capacity,
        Event.has_session_choices,
        Event.list_locked_at,
        Event.over_percent,
        Event.promotion,
        Event.has_waiting_list,
        Event.mailbox,
        Event.badge_key,
        Event.starts_at,
        Event.grace_minutes,
        Event.asks,
    ),
    _WITH_EVENT.joinedload(Event.deadline),
)


def find_invitation_by_token(token: str) -> Invitation | None:
    """The invitation a personal link opens; withdrawn ones are not found, nor any LINK_LIFE after the event."""
    wanted = select(Invitation).where(Invitation.token_hash == token_hash(token), Invitation.state != "withdrawn")
    found = db.session.scalar(wanted.options(*_LOADED, joinedload(Invitation.event)))
    return None if found is None or _is_expired(found.event) else found


def _is_expired(event: Event) -> bool:
    return (event.ends_at or event.starts_at) + LINK_LIFE < now()


def find_invitation(public_id: str) -> Invitation | None:
    """The invitation at this address, whatever its event, with its person, category and event."""
    wanted = select(Invitation).where(Invitation.public_id == public_id)
    return db.session.scalar(wanted.options(*_LOADED, joinedload(Invitation.event)))


def get_invitation(event: Event, public_id: str) -> Invitation:
    """One invitation of the event. Raises NotFound."""
    wanted = select(Invitation).where(Invitation.event_id == event.id, Invitation.public_id == public_id)
    invitation = db.session.scalar(wanted.options(*_LOADED))
    if invitation is None:
        raise NotFound
    return invitation


def get_invitation_in_session(public_id: str, held: dict[str, str], *, is_deciding: bool = False) -> Invitation:
    """The invitation a browser holds since it opened the personal link.

    `held` maps public ids to token hashes; a renewed link ends what the old one opened.
    `is_deciding`: only what an answer needs is loaded, which is faster. Raises NotFound.
    """
    values = {"public_id": public_id, "token_hash": held.get(public_id, "")}
    invitation = db.session.scalar(_HELD_FOR_ANSWER if is_deciding else _HELD_FOR_PAGE, values)
    if invitation is None or (not is_deciding and _is_expired(invitation.event)):
        raise NotFound
    return invitation


def find_invitation_of(event_id: int, person_id: int) -> Invitation | None:
    """The invitation of a person to an event."""
    wanted = select(Invitation).where(Invitation.event_id == event_id, Invitation.person_id == person_id)
    return db.session.scalar(wanted)


def select_invitations(event: Event, *, state: str = "", category: str = "", words: str = "") -> Select[Invitation]:
    """Invitations of the event by name, narrowed by state, category key and words of the name."""
    wanted = (
        select(Invitation)
        .join(Invitation.person)
        .where(Invitation.event_id == event.id)
        .options(contains_eager(Invitation.person), joinedload(Invitation.category))
        .order_by(Person.folded_family, Person.folded_given, Invitation.id)
    )
    if state:
        wanted = wanted.where(Invitation.state.in_(STATE_GROUPS.get(state, (state,))))
    if category:
        wanted = wanted.where(Invitation.category.has(key=category))
    return wanted.where(*named(words))


def list_invitations(event: Event, **narrowing: str) -> list[Invitation]:
    """All invitations of the event; see `select_invitations`."""
    return list(db.session.scalars(select_invitations(event, **narrowing)))


def list_for_letters(
    event: Event,
    *,
    category: str = "",
    words: str = "",
    channel: str = "",
    states: Sequence[str] = (),
    keys: Sequence[str] = (),
    limit: int | None = None,
) -> list[Invitation]:
    """Invitations a letter would be written for, by name, with their person; withdrawn ones never."""
    wanted = select_invitations(event, category=category, words=words).where(Invitation.state != "withdrawn")
    if channel:
        wanted = wanted.where(Invitation.channel == channel)
    if states:
        wanted = wanted.where(Invitation.state.in_(states))
    if keys:
        wanted = wanted.where(Invitation.public_id.in_(keys))
    return list(db.session.scalars(wanted.limit(limit)))


def count_by_state(event: Event) -> dict[str, int]:
    """How many invitations are in each state."""
    wanted = select(Invitation.state, func.count()).where(Invitation.event_id == event.id)
    return {state: n for state, n in db.session.execute(wanted.group_by(Invitation.state))}  # noqa: C416 - rows, not pairs


def find_last_sending(event: Event) -> datetime | None:
    """When the latest invitation of the event was sent."""
    wanted = select(func.max(Invitation.sent_at)).where(Invitation.event_id == event.id)
    return db.session.scalar(wanted)


def page_of_invitations(
    event: Event, page: int, narrowing: Mapping[str, str], size: int = PAGE
) -> tuple[list[Invitation], int]:
    """One page of the guest list, and how many the narrowing (see `select_invitations`) leaves in all."""
    wanted = select_invitations(event, **narrowing)
    ids = wanted.with_only_columns(Invitation.id).order_by(None)
    total = db.session.scalar(select(func.count()).select_from(ids.subquery()))
    found = db.session.scalars(wanted.limit(size).offset((max(page, 1) - 1) * size))
    return list(found), total or 0


def list_latest(event: Event, limit: int) -> list[Invitation]:
    """The invitations drafted last, the newest first."""
    wanted = select(Invitation).where(Invitation.event_id == event.id)
    return list(db.session.scalars(wanted.options(*_LOADED).order_by(Invitation.id.desc()).limit(limit)))


def find_sample(event: Event) -> Invitation | None:
    """Someone to show a letter for: the next it would leave for, else anyone with an address."""
    wanted = select_invitations(event).where(Invitation.email != "", Invitation.state != "withdrawn")
    is_draft = (Invitation.state == "draft").desc()
    return db.session.scalar(wanted.order_by(None).order_by(is_draft, Invitation.id).limit(1))


def lists_of(person: Person) -> list[OnList]:
    """The events a person is or was invited to, the latest first; see `app.directory.lists`."""
    wanted = select(Invitation).join(Invitation.event).where(Invitation.person_id == person.id)
    wanted = wanted.where(Invitation.state != "withdrawn").options(contains_eager(Invitation.event))
    found = db.session.scalars(wanted.order_by(Event.starts_at.desc()))
    return [OnList(one.event.public_id, here(one.event.title), one.event.slug, one.public_id) for one in found]
