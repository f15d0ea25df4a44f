"""Read back from the finished pages: nothing leaves its badge, nothing touches, the code has its quiet zone."""

import dataclasses

import pypdfium2
import pytest

from app.typeset import Job, compile_pdf
from badges import BadgeFace, get_design, list_designs, qr_matrix
from tests.badges.reading import Box, boxes_of, letters_of, touching

DESIGNS = sorted(list_designs())
EDGE = 1.4
"""Millimetres between any ink of a text and the edge of its badge."""


def full(face: BadgeFace, number: int) -> BadgeFace:
    """The face with a code as long as those of today, and every small word there is."""
    code = f"{number:05d}{'A7K2MQXW' * 16}"[:132]
    words = {"languages": ("FR", "EN", "UK"), "zone": "Table 12", "country": face.country or "République du Congo"}
    return dataclasses.replace(face, code=code, matrix=qr_matrix(code), short_code=f"7K2M Q{number:03d}", **words)


@pytest.fixture
def sheets(faces_of_all_scripts, draw):
    """`sheets(design)`: the design, its job and its pages, for the twenty faces with everything on them."""

    def made(design: str):
        (job,) = draw([full(face, n) for n, face in enumerate(faces_of_all_scripts)], design=design)
        return get_design(design), job, pypdfium2.PdfDocument(compile_pdf(job))

    return made


@pytest.mark.parametrize("design", DESIGNS)
def test_no_text_leaves_its_badge_and_none_touches_another(sheets, design):
    look, job, document = sheets(design)
    width, height = look.size
    for page, side in zip(document, job.data["pages"], strict=True):
        cells = [Box("cell", left, top, left + width, top + height).grown(-EDGE) for _, left, top in side["cells"]]
        assert [b for b in letters_of(page) if not any(b.is_within(cell) for cell in cells)] == []
        assert touching(page) == []


@pytest.mark.parametrize("design", DESIGNS)
def test_a_code_is_large_enough_and_has_its_quiet_zone(sheets, design):
    look, job, document = sheets(design)
    seen = 0
    for page in document:
        drawn = boxes_of(page)
        for code in (box for box in drawn if box.kind == "image"):
            module = (code.right - code.left) / 49
            assert module >= 0.4999
            assert [b for b in drawn if b is not code and b.overlap(code.grown(4 * module - 0.01))] == []
            seen += 1
    assert seen == 20


def test_what_touches_is_seen(tmp_path):
    (tmp_path / "page.typ").write_text(
        '#set document(title: "t")\n#set page(width: 60mm, height: 40mm)\n#set text(font: "Source Sans 3", size: 20pt)\n'
        "#place(dy: 2mm)[Hxg]#place(dy: 4.5mm)[Hxg]",
        encoding="utf-8",
    )
    page = pypdfium2.PdfDocument(compile_pdf(Job("page.typ", tmp_path, {})))[0]
    assert "HH" in touching(page)
