"""Read back from the finished pages: nothing leaves its badge, nothing touches, the code has its quiet zone."""

import pypdfium2
import pytest

from app.typeset import Job, compile_pdf
from badges import get_design, list_designs
from tests.badges.reading import MM, Box, boxes_of, letters_of, touching
from tests.badges.samples import all_papers, badges_job, badges_pdf, paper_pdf

DESIGNS = sorted(list_designs())
PRINTER = 4.2
"""Millimetres at the edge of a sheet that office printers leave white."""
EDGE = 1.4
"""Millimetres between any ink of a text and the edge of its badge."""


@pytest.mark.parametrize("design", DESIGNS)
def test_no_text_leaves_its_badge_and_none_touches_another(design):
    width, height = get_design(design).size
    document, job = pypdfium2.PdfDocument(badges_pdf(design)), badges_job(design)
    for page, side in zip(document, job.data["pages"], strict=True):
        cells = [Box("cell", left, top, left + width, top + height).grown(-EDGE) for _, left, top in side["cells"]]
        assert [b for b in letters_of(page) if not any(b.is_within(cell) for cell in cells)] == []
        assert touching(page) == []


@pytest.mark.parametrize("design", DESIGNS)
def test_a_code_is_large_enough_and_has_its_quiet_zone(design):
    seen = 0
    for page in pypdfium2.PdfDocument(badges_pdf(design)):
        drawn = boxes_of(page)
        for code in (box for box in drawn if box.kind == "image"):
            module = (code.right - code.left) / 49
            assert module >= 0.4999
            assert [b for b in drawn if b is not code and b.overlap(code.grown(4 * module - 0.01))] == []
            seen += 1
    assert seen == 20


@pytest.mark.parametrize("design", DESIGNS)
def test_a_long_word_makes_the_text_smaller_and_never_runs_out(a_face, draw, design):
    word = "Intergouvernementalement"[:23]
    face = a_face(category=word, qualities=(word,), organisation=word.upper(), zone="Interministères")
    (job,) = draw([face], design=design)
    page = pypdfium2.PdfDocument(compile_pdf(job))[0]
    ((_, left, top),) = job.data["pages"][0]["cells"]
    width, height = get_design(design).size
    cell = Box("cell", left, top, left + width, top + height).grown(-EDGE)
    assert [box for box in letters_of(page) if not box.is_within(cell)] == []
    assert touching(page) == []


@pytest.mark.parametrize("name", sorted(all_papers()))
def test_nothing_leaves_the_paper_and_no_text_touches_another(name):
    for page in pypdfium2.PdfDocument(paper_pdf(name)):
        width, height = (points * MM for points in page.get_size())
        safe = Box("page", 0, 0, width, height).grown(-PRINTER)
        assert [box for box in letters_of(page) if not box.is_within(safe)] == []
        assert touching(page) == []


def test_what_touches_is_seen(tmp_path):
    (tmp_path / "page.typ").write_text(
        '#set document(title: "t")\n#set page(width: 60mm, height: 40mm)\n'
        '#set text(font: "Source Sans 3", size: 20pt)\n'
        "#place(dy: 2mm)[Hxg]#place(dy: 4.5mm)[Hxg]",
        encoding="utf-8",
    )
    page = pypdfium2.PdfDocument(compile_pdf(Job("page.typ", tmp_path, {})))[0]
    assert "HH" in touching(page)
