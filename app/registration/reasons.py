"""Why a place is to be had or not, in words for a page: of the event, of a category, of each person who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Category, Event
from app.i18n import LazyText, _, here, lazy, ngettext
from app.registration import seats
from app.registration.models import Registration
from app.registration.offers import is_promoting
from app.registration.seat_queries import Taken, count_taken

# State of seats → (state of the chip, word). "held": places are left, and kept for others.
SEAT_WORDS: dict[str, tuple[str, LazyText]] = {
    "free": ("good", lazy("Places are free")),
    "held": ("attention", lazy("The last places are held")),
    "waiting": ("waiting", lazy("Full: a waiting list is kept")),
    "full": ("refused", lazy("Full")),
    "closed": ("neutral", lazy("Answers are closed")),
}


@dataclass(frozen=True)
class SeatState:
    """Whether one more person finds a place: free, held, waiting (a rank is to be had), full, closed.

    `free`: how many places are left, held ones aside; None without a limit. `too_many`: people seated
    over the capacity or quota as it was lowered.
    """

    state: str
    free: int | None
    too_many: int = 0
    held: int = 0

    @property
    def words(self) -> tuple[str, LazyText]:
        """Chip and word."""
        return SEAT_WORDS[self.state]


def seat_state(event: Event, category: Category | None, taken: Taken, *, is_open: bool = True) -> SeatState:
    """What a page may say of the seats of an event, or of one category in it. `is_open`: answers are taken."""
    free, seated, held, places = _figures(event, category, taken)
    state = "closed" if not is_open else _state(event, category, taken, free)
    too_many = max(seated - places, 0) if places is not None else 0
    return SeatState(state, free, too_many, held)


def _figures(event: Event, category: Category | None, taken: Taken) -> tuple[int | None, int, int, int | None]:
    """Free places (held ones aside), people seated, places held, and the limit."""
    if category is None:
        limit = seats.limit(event.capacity, event.over_percent)
        return seats.count_free_places(event, taken), sum(taken.seated.values()), sum(taken.held.values()), limit
    limit = seats.limit(category.quota, category.over_percent)
    seated, held = taken.seated.get(category.id, 0), taken.held.get(category.id, 0)
    return seats.count_free(event, category, taken), seated, held, limit


def _state(event: Event, category: Category | None, taken: Taken, free: int | None) -> str:
    if free is None or free > 0:
        is_passing = category is not None and seats.is_passing(event, category, taken)
        return "free" if not is_passing else _otherwise(event)
    unheld = Taken(taken.seated, taken.waiting)
    is_held = (_figures(event, category, unheld)[0] or 0) > 0
    return "held" if is_held else _otherwise(event)


def _otherwise(event: Event) -> str:
    return "waiting" if event.has_waiting_list else "full"


def seats_told(event: Event, category: Category | None = None) -> SeatState | None:
    """What guests may read of the seats of an open event; None without any limit, or once answers are closed."""
    is_limited = event.capacity is not None or (category is not None and category.quota is not None)
    if event.status != "open" or not is_limited:
        return None
    return seat_state(event, category, count_taken(event.id))


def public_seats(event: Event) -> int | None:
    """How many places are left, where the organiser shows it to everyone; None elsewhere, and nothing is counted."""
    told = seats_told(event) if event.shows_remaining else None
    return None if told is None or told.free is None else max(told.free, 0)


def why_waiting(
    registration: Registration, event: Event, taken: Taken, fitting: Sequence[Registration], at: datetime
) -> str:
    """Why this person has no place yet, in a sentence. `fitting`: who would get one now, in turn."""
    category = registration.category
    if registration in fitting:
        return _why_not_given(event, at)
    part = seats.count_free_quota(category, taken)
    if part is not None and part <= 0:
        return _full(here(category.name), category.quota, event, category, taken)
    whole = seats.count_free_places(event, taken)
    if whole is not None and whole <= 0:
        return _full(_("The event"), event.capacity, event, None, taken)
    return _("Others come first for the places that are free.")


def _why_not_given(event: Event, at: datetime) -> str:
    if event.promotion == "by_hand":
        return _("A place is free: it waits to be given by hand.")
    if not is_promoting(event) or at >= event.starts_at:
        return _("A place is free: places are no longer given by themselves, because the event has begun or ended.")
    return _("A place is free: it is given within a minute.")


def _full(name: str, places: int | None, event: Event, category: Category | None, taken: Taken) -> str:
    _free, seated, held, _limit = _figures(event, category, taken)
    words = {"name": name, "seated": seated, "places": places}
    sentence = _("%(name)s: %(seated)s of %(places)s places are taken", **words)
    if held:
        kept = ngettext("%(num)s is held", "%(num)s are held", held)
        sentence = f"{sentence}, {kept}"
    return f"{sentence}."
