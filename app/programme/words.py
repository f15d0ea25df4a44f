"""How the programme calls its sessions and roles, in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from app import when
from app.events.models import Event
from app.i18n import _, language, lazy, ngettext
from app.programme.models import Session, SessionRole

KINDS = {
    "welcome": lazy("Welcome"),
    "plenary": lazy("Plenary"),
    "round_table": lazy("Round table"),
    "workshop": lazy("Workshop"),
    "regional": lazy("Regional meeting"),
    "cafe": lazy("Networking café"),
    "b2b": lazy("B2B appointments"),
    "speech": lazy("Speech"),
    "break": lazy("Break"),
}
ROLES = {
    "moderator": lazy("Moderator"),
    "chair": lazy("Chair"),
    "speaker": lazy("Speaker"),
    "rapporteur": lazy("Rapporteur"),
    "room": lazy("From the room"),
}

# How people come to a session.
ENROLMENTS = {
    "none": lazy("Everyone may come in"),
    "open": lazy("Guests choose a place"),
    "closed": lazy("Choosing is over, the list stands"),
}


class HasRole(Protocol):
    """Anyone with a role in a session: a row of the programme, a line of a composition."""

    @property
    def role(self) -> str: ...


def role_label(role: str, number: int = 1) -> str:
    """ "Moderator", "Speakers": the word before `number` people who hold `role`."""
    words = {
        "moderator": ngettext("Moderator", "Moderators", number),
        "chair": ngettext("Chair", "Chairs", number),
        "speaker": ngettext("Speaker", "Speakers", number),
        "rapporteur": ngettext("Rapporteur", "Rapporteurs", number),
    }
    return words.get(role) or _("From the room")


def session_label(session: Session) -> str:
    """ "Round table 1", or the kind alone when sessions of that kind are not numbered."""
    kind = str(KINDS[session.kind])
    return f"{kind} {session.number}" if session.number else kind


def group_roles(roles: Iterable[SessionRole]) -> list[tuple[str, list[SessionRole]]]:
    """People in their order, neighbours with the same role under one label."""
    groups: list[tuple[str, list[SessionRole]]] = []
    for one in roles:
        if groups and groups[-1][0] == one.role:
            groups[-1][1].append(one)
        else:
            groups.append((one.role, [one]))
    return [(role_label(role, len(people)), people) for role, people in groups]


def hours(session: Session, event: Event) -> str:
    """ "17 h 30 – 19 h" in the event's zone; empty while the hour is not decided."""
    if session.starts_at is None:
        return ""
    zone = ZoneInfo(event.timezone)
    told = [
        when.hour_words(instant.astimezone(zone).time(), language())
        for instant in (session.starts_at, session.ends_at)
        if instant
    ]
    return " – ".join(told)


def session_when(session: Session, event: Event) -> str:
    """Day and hours of a session in words, in the event's zone; empty while the hour is not decided."""
    if session.starts_at is None:
        return ""
    return when.range_words(session.starts_at, session.ends_at, ZoneInfo(event.timezone), language(), "minute")


def by_day(sessions: Sequence[Session], event: Event) -> list[tuple[str, list[Session]]]:
    """Sessions under the words of their day; those without an hour come last, under no day."""
    zone = ZoneInfo(event.timezone)
    days: dict[date | None, list[Session]] = {}
    for session in sessions:
        day = session.starts_at.astimezone(zone).date() if session.starts_at else None
        days.setdefault(day, []).append(session)
    return [(when.day_words(day, language()) if day else "", held) for day, held in days.items()]
