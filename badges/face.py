"""What a badge shows of one person."""

import re
from dataclasses import dataclass
from functools import cache

SHAPES = ("disc", "square", "triangle", "diamond", "star", "bar")
"""The shapes that say the category to those who cannot tell its colour."""
MOST_QUALITIES = 3
INK, PAPER = "#1b2230", "#ffffff"


@dataclass(frozen=True)
class Appointment:
    """One line of a personal programme: `hours` and `title` as they are read, `place` "" when there is none."""

    hours: str
    title: str
    place: str = ""


@dataclass(frozen=True)
class Back:
    """What the back of every badge of an event says, each text exactly as it must be printed.

    programme_title: above the appointments of the person (`BadgeFace.programme`)
    practical_title, practical: practical information, pairs of a label ("Wi-Fi") and a text
    emergency_title, emergency: pairs of whom to call and the number
    """

    programme_title: str
    practical_title: str = ""
    practical: tuple[tuple[str, str], ...] = ()
    emergency_title: str = ""
    emergency: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EventTexts:
    """What everything printed for an event says alike.

    title: of the edition; line: its date and place; language: of all texts, an ISO 639-1 code
    back: the common part of the back of badges, None for badges without
    """

    title: str
    line: str
    language: str
    back: Back | None = None


@dataclass(frozen=True)
class BadgeFace:
    """The texts of one badge, each exactly as it must be printed, in the language of the event.

    name_given, name_family: in Latin letters, the family name in the capitals it is known by
    native_name: the name in its own script, "" when it is the Latin one
    qualities: the functions, in their order, at most 3
    category, colour, shape: the category said three times: a word, "#rrggbb", one of SHAPES
    country: a word, "" for none
    code, short_code: what the QR says, and what a hand can type when it cannot be read
    matrix: `qr_matrix(code)`, stored with the badge when it was issued
    no_photo: the words that ask for no photograph, printed beside a crossed-out camera; "" when photographs are fine
    marks: other short words such as "Interpreter"
    languages: the languages the person speaks, as they are read: "FR", "EN"
    zone: the table or the zone, "" for none
    programme: the appointments of the person, printed on the back
    delegation, desk, collection: never printed; `arranged` sorts by them
    """

    name_given: str
    name_family: str
    native_name: str
    qualities: tuple[str, ...]
    organisation: str
    category: str
    colour: str
    shape: str
    country: str
    code: str
    short_code: str
    matrix: bytes
    no_photo: str = ""
    marks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    zone: str = ""
    programme: tuple[Appointment, ...] = ()
    delegation: str = ""
    desk: str = ""
    collection: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for a face that no design could draw."""
        check_category(self.colour, self.shape)
        if len(self.qualities) > MOST_QUALITIES:
            raise ValueError(f"a badge carries at most {MOST_QUALITIES} qualities")
        if not (self.name_given or self.name_family):
            raise ValueError("a badge needs a name in Latin letters")

    @property
    def name(self) -> str:
        """Given and family name on one line, as errors and lists say it."""
        return f"{self.name_given} {self.name_family}".strip()


def check_category(colour: str, shape: str) -> None:
    """Raises ValueError for a colour that is no #rrggbb, or a shape that is none of SHAPES."""
    if shape not in SHAPES:
        raise ValueError(f"unknown shape {shape}")
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"colour must be #rrggbb, not {colour}")


@cache
def ink_on(colour: str) -> str:
    """The ink, dark or white, that is easiest to read on `colour` ("#rrggbb"), by the contrast ratio of WCAG 2.2."""
    light = _luminance(colour)
    on_white = 1.05 / (light + 0.05)
    on_ink = (light + 0.05) / (_luminance(INK) + 0.05)
    return PAPER if on_white >= on_ink else INK


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, section "relative luminance")."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
