"""From plain values to typesetting jobs: what every printed thing shares, its errors among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent / "designs"
"""The folder Typst may read: a folder for each design of badges, `papers/` for everything else."""
LONGEST_WORD = 24
"""Letters after which a word may be broken without a hyphen; shorter ones always fit a line of every design."""

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_OVERFLOW = re.compile(r"overflow:((?: -?\d+)+)")


class Overflow(Exception):
    """Texts that do not fit, even at the smallest size of the design: `names` are the people (or the event title)."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("These badges have too much text: " + ", ".join(names))
        self.names = tuple(names)


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
            places = [int(number) for number in found[1].split()]
            return Overflow([self.names[place] if place >= 0 else self.data["title"] for place in places])
        if found := _NO_GLYPH.search(message):
            faces = zip(self.names, self.data["faces"], strict=True)
            return Unprintable(found[1], [name for name, face in faces if found[1] in str(face)])
        return None


def paper(source: str, items: Sequence[Mapping[str, Any]], names: Sequence[str], **common: Any) -> Drawing:
    """A job for a drawing of `designs/papers/`. Raises ValueError when there is nothing to print."""
    if not items:
        raise ValueError("nothing to print")
    return Drawing(f"papers/{source}", ROOT, {**common, "faces": list(items)}, {}, names=tuple(names))


def soften(text: str) -> str:
    """Allow a break anywhere inside words longer than any real one, so that nothing runs out of the paper."""
    return re.sub(rf"\S{{{LONGEST_WORD},}}", lambda word: "\u200b".join(word[0]), text)
