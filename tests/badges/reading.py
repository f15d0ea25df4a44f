"""Where everything stands on a finished page, read back from the PDF: boxes in mm from the top left corner."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72


@dataclass(frozen=True)
class Box:
    """An object of a page: "text" (one run), "image" (a code) or "path" (a band, a rule), with its edges."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float
    said: str = ""

    def grown(self, by: float) -> "Box":
        return Box(self.kind, self.left - by, self.top - by, self.right + by, self.bottom + by, self.said)

    def is_within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def overlap(self, other: "Box") -> float:
        """How far two boxes reach into each other, the lesser way, in mm; 0 when they do not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, min(across, down))


_KINDS = {pdfium.FPDF_PAGEOBJ_TEXT: "text", pdfium.FPDF_PAGEOBJ_IMAGE: "image", pdfium.FPDF_PAGEOBJ_PATH: "path"}


def boxes_of(page: pypdfium2.PdfPage) -> list[Box]:
    """Everything drawn on a page, but spaces."""
    height, words = page.get_height(), page.get_textpage()
    return [box for box in _boxes(page, height, words) if box.kind != "text" or box.said.strip()]


def _boxes(page: pypdfium2.PdfPage, height: float, words: pypdfium2.PdfTextPage) -> Iterator[Box]:
    for one in page.get_objects():
        if one.type not in _KINDS:
            continue
        left, bottom, right, top = one.get_bounds()
        said = words.get_text_bounded(left, bottom, right, top) if one.type == pdfium.FPDF_PAGEOBJ_TEXT else ""
        yield Box(_KINDS[one.type], left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, said)


def letters_of(page: pypdfium2.PdfPage) -> list[Box]:
    """The ink of each letter of a page."""
    height, words = page.get_height(), page.get_textpage()
    found = []
    for index in range(words.count_chars()):
        letter = words.get_text_range(index, 1)
        if letter.strip():
            left, bottom, right, top = words.get_charbox(index)
            found.append(Box("letter", left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, letter))
    return found


def touching(page: pypdfium2.PdfPage, least: float = 0.12) -> list[str]:
    """Pairs of letters of different lines whose ink meets by more than `least` mm both ways: none on a good page."""
    letters = letters_of(page)
    if not letters:
        return []
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for b in letters]).T
    across = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    down = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    lines = np.array(_baselines(page))
    other_line = np.abs(np.subtract.outer(lines, lines)) > 1
    met = np.argwhere(np.triu((across > least) & (down > least) & other_line))
    return [letters[one].said + letters[two].said for one, two in met]


def _baselines(page: pypdfium2.PdfPage) -> list[float]:
    """Height of the baseline of each letter, in points."""
    words, found = page.get_textpage(), []
    for index in range(words.count_chars()):
        if words.get_text_range(index, 1).strip():
            across, down = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(words, index, across, down)
            found.append(down.value)
    return found
