"""What a desk shows and says for each verdict: words, shape, sound and the next step.

Plain values: they are taken before the commit, and drawn after it, so that no lock waits for a page.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import when
from app.checkin.door_queries import find_note
from app.checkin.models import Scan
from app.checkin.service import Verdict, day_of
from app.events.models import Event
from app.i18n import LazyText, _, here, language, lazy
from app.registration.desk_notes import desk_notes
from app.registration.models import Registration

DOCUMENT_WORDS: dict[str, LazyText] = {
    "identity_card": lazy("Identity card"),
    "passport": lazy("Passport"),
    "elected_card": lazy("Elected official’s card"),
    "parliament_card": lazy("Parliament card"),
    "driving_licence": lazy("Driving licence"),
    "residence_permit": lazy("Residence permit"),
    "professional_card": lazy("Professional card"),
    "diplomatic_card": lazy("Diplomatic card"),
    "digital_identity": lazy("Digital identity"),
    "other": lazy("Other document"),
}
# Shown at once; the others are one tap further.
COMMON_DOCUMENTS = ("identity_card", "passport", "elected_card")


@dataclass(frozen=True)
class Words:
    """How a result is told. `state` gives colour and sound, `icon` the shape."""

    state: str
    icon: str
    headline: LazyText
    next_step: LazyText


WORDS: dict[str, Words] = {
    "admitted": Words("good", "check", lazy("Admitted"), lazy("Wish them welcome: the next guest can come.")),
    "returned": Words("good", "arrow", lazy("Back in"), lazy("It is noted. Wish them welcome back.")),
    "exited": Words("info", "escort", lazy("Out"), lazy("The badge opens the door again when they come back.")),
    "not_in": Words(
        "attention",
        "door-open",
        lazy("Was not scanned on the way in"),
        lazy("They may leave. If they stay, scan the badge at the entrance."),
    ),
    "copy_suspected": Words(
        "refused",
        "copy",
        lazy("Copy suspected"),
        lazy("It is noted, and the person in charge is told. Do not let in before they come."),
    ),
    "already_in": Words(
        "attention",
        "door",
        lazy("Already in"),
        lazy("Went out and came back? Let them through. Somebody else? Call the person in charge."),
    ),
    "waiting": Words(
        "waiting",
        "clock",
        lazy("On the waiting list"),
        lazy("No place has come free yet. Send them to the person in charge of reception."),
    ),
    "offered": Words(
        "waiting",
        "seat",
        lazy("Place offered, not yet accepted"),
        lazy("A place is kept for them. The person in charge can let them in."),
    ),
    "replaced": Words(
        "refused",
        "user",
        lazy("Replaced"),
        lazy("This code is no longer valid: somebody else, or a newer badge, took its place. Ask for the latest one."),
    ),
    "not_on_list": Words(
        "refused",
        "list",
        lazy("Not on the list"),
        lazy("Nobody is let in here who is not on this list. Send them to the person in charge."),
    ),
    "not_this_day": Words(
        "refused",
        "calendar-off",
        lazy("Not today"),
        lazy("This guest is expected on another day. Send them to the person in charge."),
    ),
    "not_this_zone": Words("refused", "pin", lazy("Not at this entrance"), lazy("Show the way to the main entrance.")),
    "too_early": Words(
        "waiting", "hourglass", lazy("Too early"), lazy("Ask them to wait: the scan works from then on.")
    ),
    "too_late": Words(
        "refused", "lock", lazy("Too late"), lazy("This entrance is closed. The person in charge may let them in.")
    ),
    "forged": Words(
        "refused",
        "shield",
        lazy("Not a genuine badge"),
        lazy("It looks like ours and was not made by us. Keep calm, let nobody in, call the person in charge."),
    ),
    "cancelled": Words(
        "refused",
        "cross",
        lazy("Registration cancelled"),
        lazy("They gave up their place, or sent someone else. Send them to the person in charge."),
    ),
    "revoked": Words(
        "refused",
        "badge",
        lazy("This badge is no longer valid"),
        lazy("It was replaced or withdrawn. Ask for the latest letter, or search by name."),
    ),
    "unknown": Words(
        "refused",
        "qr",
        lazy("Unknown code"),
        lazy("This is not one of our badges. Type the eight characters under the code, or search by name."),
    ),
    "other_event": Words(
        "refused",
        "calendar",
        lazy("Badge of another event"),
        lazy("It does not open this door. Ask for the letter of this event, or search by name."),
    ),
    "event_cancelled": Words("refused", "warning", lazy("This event is cancelled"), lazy("Nobody is let in.")),
    "identity_refused": Words(
        "refused",
        "id-card",
        lazy("Identity does not match"),
        lazy("Give the document back, do not let in, call the person in charge."),
    ),
    "rehearsal_code": Words(
        "refused",
        "info",
        lazy("Rehearsal code"),
        lazy("This badge was made for a rehearsal that is over: it opens nothing. Ask for the real one."),
    ),
    "undone": Words("info", "back", lazy("Admission taken back"), lazy("This person is expected again.")),
}


# The same scan twice at one desk, as a page tells it that keeps the camera's repetitions to itself.
ECHO = Words("info", "check", lazy("Already in"), lazy("Nothing to do: the next guest can come."))


@dataclass(frozen=True)
class Guest:
    """Someone at the desk: what reception may see, and no more (no address, no phone)."""

    public_id: str
    name: str
    native_name: str
    qualities: tuple[str, ...]
    organisation: str
    category: str
    shape: str
    colour_class: str
    # Whether the list shows a namesake: then the organisation comes first.
    has_namesake: bool = False
    # What the desk must know or do beside letting in: (kind, words).
    notes: tuple[tuple[str, str], ...] = ()
    # Somebody invented, in a rehearsal of the door.
    is_rehearsal: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Qualities in their order, then the organisation unless a quality names it."""
        is_named = not self.organisation or any(self.organisation in q for q in self.qualities)
        return self.qualities if is_named else (*self.qualities, self.organisation)


@dataclass(frozen=True)
class Answer:
    """What the panel of a desk shows after a scan or a gesture."""

    result: str
    state: str
    icon: str
    headline: str
    detail: str
    next_step: str
    guest: Guest | None
    is_echo: bool = False
    is_rehearsal: bool = False


def guest_of(registration: Registration, *, has_namesake: bool = False, with_notes: bool = False) -> Guest:
    """A registration as the desk sees it."""
    person, category = registration.person, registration.category
    return Guest(
        public_id=registration.public_id,
        name=person.formal_name or person.native_name,
        native_name=person.native_name,
        qualities=registration.qualities,
        organisation=registration.organisation,
        category=here(category.name),
        shape=category.shape,
        colour_class=f"cat-{category.palette}",
        has_namesake=has_namesake,
        notes=notes_of(registration) if with_notes else (),
    )


def notes_of(registration: Registration) -> tuple[tuple[str, str], ...]:
    """What the staff noted for the desk, then what the guest asked for, as signs."""
    note = find_note(registration)
    told = [("staff", note.words)] if note and note.words else []
    return (*told, *((one.kind, one.text) for one in desk_notes(registration)))


def guest_facts(guest: Guest) -> dict[str, object]:
    """Someone at the desk for programs; `is_rehearsal` is told of invented guests alone."""
    mark = {"is_rehearsal": True} if guest.is_rehearsal else {}
    return {
        **mark,
        "id": guest.public_id,
        "name": guest.name,
        "native_name": guest.native_name,
        "lines": list(guest.lines),
        "organisation": guest.organisation,
        "category": guest.category,
        "shape": guest.shape,
        "colour": guest.colour_class,
        "notes": [list(note) for note in guest.notes],
    }


def answer_of(verdict: Verdict, event: Event, at: datetime) -> Answer:
    """A verdict in words; `at` is the present, for "today" and "yesterday"."""
    words = ECHO if verdict.is_echo else WORDS[verdict.result]
    return Answer(
        result=verdict.result,
        state=words.state,
        icon=words.icon,
        headline=str(words.headline),
        detail=_detail(verdict, event, at),
        next_step=str(words.next_step),
        is_echo=verdict.is_echo,
        guest=guest_of(verdict.registration, with_notes=verdict.asks_identity) if verdict.registration else None,
    )


def _detail(verdict: Verdict, event: Event, at: datetime) -> str:
    """When and where the person came in; which event is cancelled."""
    if verdict.replaced_by is not None:
        return _("%(name)s comes instead.", name=verdict.replaced_by.person.full_name)
    if verdict.first is not None:
        return came_in(verdict.first, event, at)
    return here(event.title) if verdict.result == "event_cancelled" else ""


def came_in(scan: Scan, event: Event, at: datetime) -> str:
    """When and where someone came in: "Came in today at 17:31, Gate 1 · Desk 3"."""
    local = scan.at.astimezone(ZoneInfo(event.timezone))
    hour = when.hour_words(local.time(), language())
    days = (day_of(event, at) - local.date()).days
    if days == 0:
        return _("Came in today at %(hour)s, %(gate)s", hour=hour, gate=scan.gate)
    if days == 1:
        return _("Came in yesterday at %(hour)s, %(gate)s", hour=hour, gate=scan.gate)
    day = when.day_words(local.date(), language())
    return _("Came in on %(day)s at %(hour)s, %(gate)s", day=day, hour=hour, gate=scan.gate)


def machine_answer(verdict: Verdict) -> dict[str, object]:
    """A verdict for programs: instants in ISO 8601, UTC; None where nobody is concerned."""
    registration, first = verdict.registration, verdict.first
    return {
        "result": verdict.result,
        "name": registration.person.full_name if registration else None,
        "organisation": registration.organisation if registration else None,
        "category": registration.category.key if registration else None,
        "first": {"at": first.at.isoformat(), "gate": first.gate} if first else None,
    }
