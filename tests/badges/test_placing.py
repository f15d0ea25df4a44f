"""Which badge lies where: start, shift, order, both sides. Numbers, without drawing."""

import pypdfium2
import pytest

from app.typeset import compile_pdf
from badges import PAPERS, Grid, Placing, get_design, trial_sheet
from badges.face import EventTexts
from badges.placing import pages, trim_lines
from tests.badges.conftest import BACK
from tests.badges.reading import boxes_of
from tests.badges.test_sheet import text_of

TEN = get_design("card").grids["a4"]
LABELS = get_design("l4785").grids["a4"]


def items(count: int, grid: Grid = TEN, **how: object) -> list[list[int]]:
    return [[item for item, _, _ in page.cells] for page in pages(count, grid, Placing(**how))]


def test_badges_follow_each_other_along_the_rows():
    assert items(12) == [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11]]
    first, second, *_ = next(pages(12, LABELS, Placing())).cells
    assert first == (0, 18, 13)
    assert second == (1, 113, 13)


def test_a_partly_used_sheet_begins_where_it_is_said():
    assert items(12, start=9) == [[0, 1], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]
    assert next(pages(1, LABELS, Placing(start=4))).cells == ((0, 113, 68),)


def test_a_shift_moves_everything_to_a_tenth_of_a_millimetre():
    assert next(pages(1, LABELS, Placing(shift=(-0.3, 1.2)))).cells == ((0, 17.7, 14.2),)


def test_cut_piles_put_one_on_another_are_in_order():
    sheets = items(25, order="stack")
    piles = [[sheet[place] for sheet in sheets if place < len(sheet)] for place in range(10)]
    assert [item for pile in piles for item in pile] == list(range(25))
    assert max(len(pile) for pile in piles) == 3


@pytest.mark.parametrize("edge", ["long", "short"])
@pytest.mark.parametrize("key", ["a6", "a7", "card"])
def test_each_back_lies_behind_its_front(key, edge):
    look = get_design(key)
    for grid in look.grids.values():
        front, back = pages(grid.places, grid, Placing(duplex=edge))
        across = (edge == "long") == (grid.paper[0] <= grid.paper[1])
        for (item, left, top), (behind, back_left, back_top) in zip(front.cells, back.cells, strict=True):
            assert item == behind
            # Turned over, what is at `left` shows at paper - left - width.
            turned = (
                (grid.paper[0] - left - look.size[0], top) if across else (left, grid.paper[1] - top - look.size[1])
            )
            assert (back_left, back_top) == pytest.approx(turned, abs=0.01)


def test_the_back_has_a_shift_of_its_own():
    _, back = pages(1, TEN, Placing(duplex="long", shift=(1, 1), back_shift=(-0.5, 0)))
    plain = next(pages(2, TEN, Placing())).cells[1]
    assert back.cells == ((0, pytest.approx(plain[1] - 0.5), plain[2]),)


def test_trim_marks_stand_outside_the_badges_or_on_the_cut():
    outside = trim_lines(TEN, (85.6, 54), (0, 0))
    right, bottom = TEN.origin[0] + 2 * 85.6, TEN.origin[1] + 5 * 54
    for left, top, far, low in outside:
        assert far <= TEN.origin[0] or left >= right or low <= TEN.origin[1] or top >= bottom
    full = get_design("a6").grids["a4"]
    on_cuts = trim_lines(full, (105, 148), (0, 0))
    assert {left for left, top, far, low in on_cuts if left == far} == {105}
    assert {top for left, top, far, low in on_cuts if top == low} == {148.5}
    assert trim_lines(get_design("a6").grids["single"], (105, 148), (0, 0)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": 0},
        {"shift": (10.1, 0)},
        {"shift": (0, 0.05)},
        {"back_shift": (0, -11)},
        {"duplex": "x"},
        {"order": "x"},
    ],
)
def test_what_no_printer_does_is_refused(wrong):
    with pytest.raises(ValueError, match=r"first place|shift|duplex"):
        Placing(**wrong)


# --- on paper


def test_labels_lie_where_they_are_said_to_lie(a_face, draw):
    (job,) = draw([a_face(1), a_face(2)], design="l4785", placing=Placing(start=10, shift=(0.5, -0.2)))
    document = pypdfium2.PdfDocument(compile_pdf(job))
    assert len(document) == 2
    look = get_design("l4785")
    for page, corner in zip(document, [(113.5, 232.8), (18.5, 12.8)], strict=True):
        (code,) = [box for box in boxes_of(page) if box.kind == "image"]
        assert code.left == pytest.approx(corner[0] + 80 - 5.2 - look.code_side, abs=0.05)
        assert code.top == pytest.approx(corner[1] + look.layout["code_top"], abs=0.05)


def test_a_printer_that_turns_sheets_gets_backs_on_every_second_page(a_face, draw):
    faces = [a_face(n, name_family=f"NOM-{n}") for n in range(12)]
    (job,) = draw(faces, design="card", placing=Placing(duplex="long"))
    document = pypdfium2.PdfDocument(compile_pdf(job))
    told = [page.get_textpage().get_text_bounded() for page in document]
    assert [("NOM-" in page, "Poste de secours" in page) for page in told] == [(True, False), (False, True)] * 2
    assert told[3].count("Poste de secours") == 2
    lines = [sum(box.kind == "path" for box in boxes_of(page)) for page in document]
    assert min(lines[::2]) >= 14
    assert lines[1::2] == [0, 0]


def test_a_run_of_several_files_skips_places_once(a_face, draw):
    jobs = draw([a_face(n) for n in range(25)], design="card", placing=Placing(start=10), chunk=10)
    assert [[len(side["cells"]) for side in job.data["pages"]] for job in jobs] == [[1], [10], [10], [4]]
    assert [len(job.names) for job in jobs] == [1, 10, 10, 4]


TEXTS = EventTexts("2ᵉ Assises", "18 novembre 2025", "fr", BACK)
HOW = ("Imprimez à 100 %.", "Mesurez du bord au centre de la croix.")


@pytest.mark.parametrize("key", ["a6", "a6-folded", "a7", "card", "l4785", "l7418", "roll62"])
def test_the_trial_sheet_shows_the_places_the_cross_and_how_to_measure(a_face, key):
    look = get_design(key)
    pdf = compile_pdf(trial_sheet(a_face(), TEXTS, instructions=HOW, design=key))
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    told = text_of(pdf)
    assert all(sentence in told for sentence in HOW)
    assert ("IMBS" in told) is (next(iter(look.grids.values())).places > 1)
    rulers = [box for box in boxes_of(document[0]) if box.kind == "path" and box.right < 12.5 and box.bottom < 12.5]
    assert len(rulers) >= 20
    centre = [(box.left + box.right) / 2 for box in rulers if box.bottom - box.top > 7]
    assert centre == [pytest.approx(8, abs=0.1)]


def test_the_test_cross_of_a_run_never_lies_on_a_badge(a_face, draw):
    (labels,) = draw([a_face()], design="l4785", placing=Placing(test_cross=True))
    (full,) = draw([a_face()], design="a6", placing=Placing(paper="a4", test_cross=True))
    assert (labels.data["cross"], full.data["cross"]) == (8, None)
    assert PAPERS["a4"] == (210, 297)
