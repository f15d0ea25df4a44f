"""What stands in rooms: tent cards, signs on reserved seats and on doors; values for `badges/`, read from the event."""

import badges
from app.badging.asked import Asked, NothingToPrint
from app.badging.half_days import HalfDay, half_day_of
from app.badging.printing import event_texts
from app.directory.models import Person
from app.directory.protocol import called
from app.events.models import Event
from app.events.words import hour
from app.i18n import _, here, language
from app.palette import CATEGORY_COLOURS
from app.programme.models import Session
from app.programme.queries import list_sessions
from app.registration.models import Registration
from app.registration.queries import list_registrations, list_represented

SPEAKERS = "speakers"


def tents(event: Event, asked: Asked) -> list[badges.Drawing]:
    """A card for each speaker of the programme, or for each guest (of a category). Raises NothingToPrint."""
    cards = _speakers(event) if asked.who == SPEAKERS else _guests(event, asked.who)
    if not cards:
        raise NothingToPrint
    return badges.tent_cards(cards, event_texts(event, asked.language), height=asked.height)


def reserved(event: Event, asked: Asked) -> list[badges.Drawing]:
    """`copies` signs for each category (or for one), or one for each speaker. Raises NothingToPrint."""
    word = _("Reserved")
    if asked.who == SPEAKERS:
        signs = [badges.ReservedSign(word, card.name, line=card.line) for card in _speakers(event)]
    else:
        chosen = [one for one in event.categories if asked.who in {"", one.key}]
        signs = [
            badges.ReservedSign(word, name, category=name, colour=CATEGORY_COLOURS[one.palette - 1], shape=one.shape)
            for one in chosen
            for name in [one.name.get(asked.language)]
            for _copy in range(asked.copies)
        ]
    if not signs:
        raise NothingToPrint
    return badges.reserved_signs(signs, event_texts(event, asked.language), size=asked.size)


def doors(event: Event, asked: Asked) -> list[badges.Drawing]:
    """A sign for each room and half-day of the programme; sessions without a room are at the venue itself.

    Raises NothingToPrint.
    """
    venue = event.venue.name if event.venue else event.title.get(asked.language)
    rooms: dict[str, dict[HalfDay, list[Session]]] = {}
    for one in list_sessions(event):
        if one.starts_at:
            rooms.setdefault(one.room or venue, {}).setdefault(half_day_of(event, one.starts_at), []).append(one)
    signs = [
        badges.DoorSign(room, half.words, tuple(_door_session(event, one) for one in found))
        for room, halves in rooms.items()
        for half, found in sorted(halves.items())
    ]
    if not signs:
        raise NothingToPrint
    return badges.door_signs(signs, event_texts(event, asked.language))


def _speakers(event: Event) -> list[badges.TentCard]:
    """Everyone with a role, once, in the order of the programme; the room's own speakers sit in it."""
    cards: dict[int, badges.TentCard] = {}
    for session in list_sessions(event):
        for role in session.roles:
            if role.role == "room" or session.state != "planned":
                continue
            person, line = role.person, next((one for one in role.qualities if one), "")
            card = badges.TentCard(person.given_name, person.family_name.upper(), person.native_name, line)
            cards.setdefault(person.id, card)
    return list(cards.values())


def _guests(event: Event, category: str) -> list[badges.TentCard]:
    guests = list_registrations(event, state="confirmed", category=category)
    represented = list_represented(guests)
    return [_guest(one, represented[one.id].person if one.id in represented else None) for one in guests]


def _guest(registration: Registration, represents: Person | None) -> badges.TentCard:
    """A representative's card says whom it stands for (scenario 5.4)."""
    person = registration.person
    line = next((one for one in registration.qualities if one), "") or registration.organisation
    if represents:
        name = called(represents.civility, represents.full_name, language())
        line = _("representing %(name)s", name=name)
    return badges.TentCard(person.given_name, person.family_name.upper(), person.native_name, line)


def _door_session(event: Event, session: Session) -> badges.DoorSession:
    span = hour(session.starts_at, event) if session.starts_at else ""
    if session.ends_at:
        span = f"{span} – {hour(session.ends_at, event)}"
    note = _("Cancelled") if session.state == "cancelled" else ""
    return badges.DoorSession(span, here(session.title), _names(session), note)


def _names(session: Session) -> tuple[str, ...]:
    return tuple(role.person.full_name for role in session.roles if role.role != "room")
