"""From plain values to typesetting jobs: what every printed thing shares, its errors among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from badges.face import EventTexts, ink_on

ROOT = Path(__file__).parent / "designs"
"""The folder Typst may read: a folder for each design of badges, `papers/` for everything else."""
LONGEST_WORD = 24
"""Letters after which a word may be broken without a hyphen; shorter ones always fit a line of every design."""
FILE = 500
"""Tent cards, signs or certificates in a file."""

_LONG = re.compile(rf"[^\s\-–]{{{LONGEST_WORD},}}")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_OVERFLOW = re.compile(r"overflow:((?: -?\d+:[a-z+-]+)+)")


class Overflow(Exception):
    """Texts that do not fit, even at the smallest size of the design.

    names: the people (or the event title); parts: which of their texts, in the same order, as the drawing calls
    them: of badges "title", "person" (name, qualities, organisation), "category", "words" (marks, languages, zone,
    country), "back" (programme), "separator".
    """

    def __init__(self, names: Sequence[str], parts: Sequence[tuple[str, ...]] = ()) -> None:
        super().__init__("These badges have too much text: " + ", ".join(names))
        self.names, self.parts = tuple(names), tuple(parts)


class Unprintable(Exception):
    """A text that no face can draw: `text` is a part of it, `names` are the people whose badges hold it."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        super().__init__(f"No font can print “{text}” on the badges of: " + ", ".join(names))
        self.text, self.names = text, tuple(names)


@dataclass(frozen=True)
class Drawing:
    """A job that `app.typeset.compile_pdf` accepts; the attributes are those of `app.typeset.Job`.

    `names`: of each item of data["faces"], as errors say it.
    """

    source: str
    root: Path
    data: Mapping[str, Any]
    files: Mapping[str, bytes]
    standards: tuple[str, ...] = ("ua-1",)
    names: tuple[str, ...] = field(default=(), repr=False)

    def explain(self, message: str) -> Exception | None:
        """`Overflow` or `Unprintable` when Typst's message says that texts do not fit or have no glyph, else None."""
        if found := _OVERFLOW.search(message):
            told = [one.split(":") for one in found[1].split()]
            names = [self.names[int(place)] if place != "-1" else self.data["title"] for place, _ in told]
            return Overflow(names, [tuple(parts.split("+")) for _, parts in told])
        if found := _NO_GLYPH.search(message):
            faces = zip(self.names, self.data["faces"], strict=True)
            return Unprintable(found[1], [name for name, face in faces if found[1] in str(face)])
        return None


def papers(source: str, items: Sequence[Any], texts: EventTexts, **common: Any) -> list[Drawing]:
    """Jobs for a drawing of `designs/papers/`, `FILE` items each; an item is a dataclass that has a `name`.

    Raises ValueError when there is nothing to print.
    """
    if not items:
        raise ValueError("nothing to print")
    starts = range(0, len(items), FILE)
    return [paper(source, items[start : start + FILE], texts, **common) for start in starts]


def paper(source: str, items: Sequence[Any], texts: EventTexts, **common: Any) -> Drawing:
    """One job for all `items`."""
    data = {"title": texts.title, "language": texts.language, **common, "faces": [drawn(item) for item in items]}
    return Drawing(f"papers/{source}.typ", ROOT, data, {}, names=tuple(item.name for item in items))


def drawn(item: Any) -> dict[str, Any]:
    """A dataclass as the Typst drawings read it: no word too long for a line, the ink that shows on its colour.

    Latin names are measured by the drawings, which break them at hyphens first.
    """
    values = {key: _softened(value) for key, value in asdict(item).items()}
    if "native_name" in values:
        values["native"] = values.pop("native_name")
    if "name_given" in values:
        values |= {"given": item.name_given, "family": item.name_family}
    if "colour" in values:
        values["ink"] = ink_on(values["colour"])
    return values


def _softened(value: Any) -> Any:
    if isinstance(value, str):
        return soften(value)
    if isinstance(value, Mapping):
        return {key: _softened(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_softened(item) for item in value]
    return value


def soften(text: str) -> str:
    """Allow a break anywhere inside words longer than any real one, so that nothing runs out of the paper."""
    if all(len(word) < LONGEST_WORD for word in text.split()):
        return text
    return _LONG.sub(lambda word: "\u200b".join(word[0]), text)
