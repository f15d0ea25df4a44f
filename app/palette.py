"""Colours that code must know: the twelve category colours, and what an event's accent becomes.

The same twelve values stand in `app/static/css/tokens.css`; `tests/test_face.py` keeps them equal.
Contrast is WCAG 2.2's (relative luminance, success criteria 1.4.3 and 1.4.11).
"""

import re

CATEGORY_COLOURS: tuple[str, ...] = (
    "#24456f",  # 1 blue
    "#1f6b4a",  # 2 green
    "#5b4a86",  # 3 violet
    "#9c2f22",  # 4 brick
    "#7d5200",  # 5 ochre
    "#0b6472",  # 6 teal
    "#8c2f63",  # 7 plum
    "#4a5568",  # 8 slate
    "#6b4423",  # 9 brown
    "#4a651b",  # 10 olive
    "#1f5fa8",  # 11 azure
    "#1b2230",  # 12 ink
)
CATEGORY_SHAPES: tuple[str, ...] = ("disc", "square", "triangle", "diamond", "star", "bar")

TEXT_CONTRAST = 4.5
NIGHT_CONTRAST = 6.5  # coloured text on dark grounds tires the eye at 4.5
DEFAULT_ACCENT = "#24456f"
_STONE, _PAPER, _DARK_PAPER = "#f5f2ec", "#fffdf9", "#22211e"
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def contrast(hex1: str, hex2: str) -> float:
    """Contrast ratio of two colours written #rrggbb, from 1.0 to 21.0; ValueError for another spelling."""
    light, dark = sorted((_luminance(hex1), _luminance(hex2)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(accent: str) -> bool:
    """Whether white on `accent`, and `accent` on our page, both reach 4.5:1. False for what is no #rrggbb."""
    return bool(_HEX.fullmatch(accent)) and contrast(accent, _STONE) >= TEXT_CONTRAST


def category_class(colour: str) -> str:
    """The CSS class (`cat-1` to `cat-12`) of a category colour; `cat-8`, slate, for a colour not in the palette."""
    known = colour.lower()
    return f"cat-{CATEGORY_COLOURS.index(known) + 1}" if known in CATEGORY_COLOURS else "cat-8"


def accent_css(accent: str) -> str:
    """The style sheet that gives a page an event's accent, in light and dark, every text pair ≥ 4.5:1.

    An unreadable accent is refused where it is typed; here it silently becomes the house's.
    """
    fill = accent.lower() if is_readable(accent) else DEFAULT_ACCENT
    wash = _mix(fill, _PAPER, 0.12)
    dark_wash = _mix(fill, _DARK_PAPER, 0.35)
    light = _rule(fill, wash, _until_readable(fill, wash, "#000000"))
    dark = _rule(fill, dark_wash, _until_readable(fill, dark_wash, "#ffffff", NIGHT_CONTRAST))
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _rule(fill: str, wash: str, text: str) -> str:
    soft = _until_readable(_mix("#ffffff", fill, 0.78), fill, "#ffffff")
    return (
        f":root {{ --accent: {fill}; --accent-ink: #ffffff; --accent-soft: {soft}; "
        f"--accent-wash: {wash}; --accent-text: {text}; }}\n"
    )


def _until_readable(colour: str, ground: str, towards: str, ratio: float = TEXT_CONTRAST) -> str:
    """`colour`, moved towards `towards` in steps of 5 % until it reaches `ratio` on `ground`."""
    for step in range(21):
        candidate = _mix(towards, colour, step / 20)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return towards


def _mix(top: str, ground: str, share: float) -> str:
    pairs = zip(_channels(top), _channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (share * a + (1 - share) * b)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[float, ...]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"not a colour written #rrggbb: {colour!r}")
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
