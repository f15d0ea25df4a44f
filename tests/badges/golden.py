"""The pictures that the tests compare: drawn anew with `python -m tests.badges.golden`, then looked at, then kept.

`tests/golden/badges/<design>.png`: every script and the longest texts; `tests/golden/papers/`: the first page of
everything else; `badges/designs/<design>/preview.png`: what the docs and the pages show.
"""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from app.typeset import compile_pdf
from badges import Drawing, get_design, list_designs, sheet
from badges.design import DESIGNS
from tests.badges.samples import TEXTS, all_papers, badges_job, badges_pdf, paper_pdf, preview_face

GOLDEN = Path(__file__).parent.parent / "golden"
DPI, PREVIEW_DPI = 72, 110
COLUMNS = 5


def badge_pictures(job: Drawing, pdf: bytes, size: tuple[float, float], dpi: float) -> Iterator[np.ndarray]:
    """The badges of `size` mm, cut out of their sheets."""
    document = pypdfium2.PdfDocument(pdf)
    for page, side in zip(document, job.data["pages"], strict=True):
        pixels = page.render(scale=dpi / 72).to_numpy()[:, :, :3]
        for _, left, top in side["cells"]:
            box = [round(mm / 25.4 * dpi) for mm in (left, top, *size)]
            yield pixels[box[1] : box[1] + box[3], box[0] : box[0] + box[2]]


def golden_badges(design: str) -> np.ndarray:
    """All scripts side by side, in 16 greys."""
    pictures = badge_pictures(badges_job(design), badges_pdf(design), get_design(design).size, DPI)
    cut = [_greys(picture) for picture in pictures]
    height, width = (max(picture.shape[axis] for picture in cut) for axis in (0, 1))
    padded = [np.pad(p, ((2, height - p.shape[0] + 2), (2, width - p.shape[1] + 2)), constant_values=128) for p in cut]
    return np.vstack([np.hstack(padded[start : start + COLUMNS]) for start in range(0, len(padded), COLUMNS)])


def golden_paper(name: str) -> np.ndarray:
    """The first page, in 16 greys."""
    page = pypdfium2.PdfDocument(paper_pdf(name))[0]
    return _greys(page.render(scale=DPI / 72).to_numpy()[:, :, :3])


def preview(design: str) -> np.ndarray:
    """One badge in colour, framed by a line."""
    (job,) = sheet([preview_face()], TEXTS, design=design)
    (picture,) = badge_pictures(job, compile_pdf(job), get_design(design).size, PREVIEW_DPI)
    return cv2.copyMakeBorder(picture, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(160, 160, 160))


def _greys(picture: np.ndarray) -> np.ndarray:
    return (cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_BGR2GRAY) // 16) * 17


def all_pictures() -> dict[Path, np.ndarray]:
    """Every picture with the file it is kept in."""
    found = {GOLDEN / "papers" / f"{name}.png": golden_paper(name) for name in all_papers()}
    for design in list_designs():
        found[GOLDEN / "badges" / f"{design}.png"] = golden_badges(design)
        found[DESIGNS / design / "preview.png"] = preview(design)
    return found


def keep(path: Path, picture: np.ndarray) -> None:
    """Write a picture as small as PNG makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    for path, picture in all_pictures().items():
        keep(path, picture)
