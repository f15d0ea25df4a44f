"""What stands in rooms: tent cards on tables, signs on reserved seats and on doors."""

from collections.abc import Sequence
from dataclasses import dataclass

from badges.drawing import Drawing, papers
from badges.face import EventTexts, check_category

TENT_HEIGHTS = (99, 60)
"""Millimetres of one face: 99 folds an A4 sheet in three, with a foot; 60 gives two cards to a sheet."""
SIGN_SIZES = ("a4", "a5")


@dataclass(frozen=True)
class TentCard:
    """A chevalet, the same on both sides: the name, and one line (function or organisation)."""

    name_given: str
    name_family: str
    native_name: str = ""
    line: str = ""

    @property
    def name(self) -> str:
        """Given and family name on one line, as errors say it."""
        return f"{self.name_given} {self.name_family}".strip()


@dataclass(frozen=True)
class ReservedSign:
    """What keeps a seat or a row: a word ("Reserved"), for whom, and the category as colour, word and shape."""

    word: str
    holder: str
    category: str = ""
    colour: str = "#1b2230"
    shape: str = "bar"
    line: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for a colour or shape that cannot be drawn."""
        check_category(self.colour, self.shape)

    @property
    def name(self) -> str:
        """What errors call it."""
        return self.holder


@dataclass(frozen=True)
class DoorSession:
    """One item on a door: its hours, its title, who speaks, a mark such as "Full" or "Interpreted FR EN"."""

    hours: str
    title: str
    people: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class DoorSign:
    """What hangs at a room for half a day. `nothing`: the sentence when `sessions` is empty."""

    room: str
    half_day: str
    sessions: tuple[DoorSession, ...]
    directions: str = ""
    nothing: str = ""

    @property
    def name(self) -> str:
        """What errors call it."""
        return f"{self.room}, {self.half_day}"


def tent_cards(cards: Sequence[TentCard], texts: EventTexts, *, height: int = 99) -> list[Drawing]:
    """A4 sheets of tent cards, each face `height` mm high, the other one upside down across the fold.

    Raises ValueError for no card or another height. Compiling raises Overflow or Unprintable with the names.
    """
    if height not in TENT_HEIGHTS:
        raise ValueError(f"a tent card is one of {TENT_HEIGHTS} mm high")
    return papers("tent", cards, texts, height=height)


def reserved_signs(signs: Sequence[ReservedSign], texts: EventTexts, *, size: str = "a4") -> list[Drawing]:
    """Signs that lie on seats: a lying A4 each, or two A5 on an upright A4. Errors as `tent_cards`."""
    if size not in SIGN_SIZES:
        raise ValueError(f"a sign is one of {SIGN_SIZES}")
    return papers("reserved", signs, texts, size=size)


def door_signs(signs: Sequence[DoorSign], texts: EventTexts) -> list[Drawing]:
    """One upright A4 for each room and half-day. Errors as `tent_cards`."""
    return papers("door", signs, texts)
