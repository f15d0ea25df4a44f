"""From faces to a typesetting job."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from badges.face import BadgeFace, ink_on
from badges.qr import luma, matrix_size

DESIGNS = Path(__file__).parent / "designs"
LONGEST_WORD = 24
"""Letters after which a word may be broken without a hyphen; shorter ones always fit a line of every design."""

CHUNK = 1000
"""Badges in a file: 1.5 s and 350 MB; 5,000 in one file would take 1.3 GB (docs/decisions)."""

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
    """A job that `app.typeset.compile_pdf` accepts; the attributes are those of `app.typeset.Job`."""

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


def list_designs() -> dict[str, dict[str, Any]]:
    """The manifests of all designs by name: paper and badge size in mm, badges per page, side of the QR in mm."""
    return {path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(DESIGNS.glob("*/manifest.json"))}


def sheet(
    faces: Sequence[BadgeFace],
    *,
    event_title: str,
    event_line: str,
    language: str,
    design: str = "a6",
    chunk: int = CHUNK,
) -> list[Drawing]:
    """Jobs that print `faces` in their order, `chunk` badges to a file: one file up to 1,000 people.

    event_title, event_line: printed above each name, such as the edition, and its date and place
    language: of the texts, an ISO 639-1 code
    Compiling a job raises `Overflow` with the names of all people of the file whose texts do not fit.
    Raises ValueError when there is nothing to print or no such design.
    """
    designs = list_designs()
    if design not in designs:
        raise ValueError(f"no badge design is called {design}")
    if not faces:
        raise ValueError("no badge to print")
    common = {"title": event_title, "line": event_line, "language": language, "design": designs[design]}
    starts = range(0, len(faces), chunk)
    return [_drawing(faces[start : start + chunk], f"{design}/badge.typ", common) for start in starts]


def _drawing(faces: Sequence[BadgeFace], source: str, common: Mapping[str, Any]) -> Drawing:
    """One job for one file."""
    blob = b"".join(luma(face.matrix) for face in faces)
    drawn, offset = [], 0
    for face in faces:
        size = matrix_size(face.matrix)
        drawn.append({**_texts(face), "qr": {"offset": offset, "size": size}})
        offset += size * size
    names = tuple(face.name for face in faces)
    return Drawing(source, DESIGNS, {**common, "faces": drawn}, {"qr.bin": blob}, names=names)


def _texts(face: BadgeFace) -> dict[str, Any]:
    """The face as the Typst drawings read it."""
    return {
        "given": face.name_given,
        "family": face.name_family,
        "native": _soften(face.native_name),
        "qualities": [_soften(quality) for quality in face.qualities if quality],
        "organisation": _soften(face.organisation),
        "category": _soften(face.category),
        "colour": face.colour,
        "ink": ink_on(face.colour),
        "shape": face.shape,
        "country": _soften(face.country),
        "short_code": face.short_code,
        "no_photo": _soften(face.no_photo),
        "marks": [_soften(mark) for mark in face.marks if mark],
    }


def _soften(text: str) -> str:
    """Allow a break anywhere inside words longer than any real one, so that nothing runs out of the badge."""
    return re.sub(rf"\S{{{LONGEST_WORD},}}", lambda word: "\u200b".join(word[0]), text)
