"""Designs are data: a folder with a drawing, a manifest and a picture, and nothing in Python."""

import json
import shutil

import pypdfium2
import pytest

from app.typeset import compile_pdf
from badges import LABEL_SHEETS, CodeTooFine, Placing, design, get_design, list_designs, qr_matrix
from tests.badges.conftest import NOT_A_PHOTO
from tests.badges.test_sheet import text_of

DESIGNS = sorted(list_designs())


@pytest.mark.parametrize("key", DESIGNS)
def test_a_design_has_its_drawing_its_picture_and_its_names(key):
    look = get_design(key)
    assert (design.DESIGNS / key / "badge.typ").is_file()
    assert look.preview.read_bytes().startswith(b"\x89PNG")
    assert look.name("fr") != look.name("en") == look.name("de")
    assert f"(../badges/designs/{key}/preview.png)" in (design.DESIGNS.parents[1] / "docs/badges.md").read_text("utf-8")


@pytest.mark.parametrize("key", DESIGNS)
def test_a_design_holds_the_signed_code_at_half_a_millimetre_a_module(key):
    assert get_design(key).most_modules() >= 49


@pytest.mark.parametrize("key", DESIGNS)
def test_every_place_lies_on_its_paper_and_on_no_other(key):
    look = get_design(key)
    for grid in look.grids.values():
        for axis, count in ((0, grid.columns), (1, grid.rows)):
            assert grid.origin[axis] >= 0
            assert grid.origin[axis] + (count - 1) * grid.pitch[axis] + look.size[axis] <= grid.paper[axis] + 1e-6
            assert grid.pitch[axis] >= look.size[axis]


@pytest.mark.parametrize(
    ("key", "paper", "places"),
    [
        ("a6", "single", 1),
        ("a6", "a4", 4),
        ("a6", "a3", 8),
        ("a6-folded", "a4", 2),
        ("a7", "a4", 8),
        ("card", "a4", 10),
        ("card", "a3", 21),
        ("l4785", "a4", 10),
        ("l7418", "a4", 8),
        ("roll62", "single", 1),
    ],
)
def test_a_sheet_holds_as_many_badges_as_fit(key, paper, places):
    assert get_design(key).grids[paper].places == places


@pytest.mark.parametrize("key", DESIGNS)
def test_a_design_prints_the_fields_it_names(a_face, draw, key):
    face = a_face(
        name_given="Oleksandr",
        name_family="SHCHERBAK",
        native_name="Олександр ЩЕРБАК",
        qualities=("Maire",),
        country="Ukraine",
        no_photo=NOT_A_PHOTO,
        marks=("Interprète",),
        languages=("UK",),
        zone="Table 12",
    )
    told = text_of(compile_pdf(draw([face], design=key)[0]))
    words = {
        "name": "Oleksandr SHCHERBAK",
        "native_name": "Олександр ЩЕРБАК",
        "qualities": "Maire",
        "organisation": "Eurométropole",
        "category": "EPCI, métropoles",
        "country": "Ukraine",
        "languages": "UK",
        "zone": "Table 12",
        "marks": "Interprète",
        "no_photo": "photographie",
        "short_code": face.short_code,
        "event_title": "2ᵉ Assises",
        "event_line": "Mardi 18 novembre",
        "practical": "Vestiaire",
        "emergency": "Poste de secours",
    }
    printed = {field for field, word in words.items() if word in told}
    assert printed == set(get_design(key).fields) - {"programme"}


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=list(LABEL_SHEETS))
def test_labels_of_the_maker_stand_in_the_middle_of_their_sheet(sheet):
    """Labels of the maker, sizes and gaps, leave the same margin on both sides, above and below (docs/badges.md)."""
    grid = sheet.grid
    for axis, count in ((0, grid.columns), (1, grid.rows)):
        last = grid.origin[axis] + (count - 1) * grid.pitch[axis] + sheet.size[axis]
        assert abs(grid.paper[axis] - last - grid.origin[axis]) < 0.01


def test_a_design_is_added_without_python(a_face, draw, tmp_path, monkeypatch):
    shutil.copytree(design.DESIGNS, tmp_path / "designs")
    manifest = json.loads((design.DESIGNS / "card" / "manifest.json").read_text("utf-8"))
    ours = {**manifest, "name": {"fr": "La nôtre", "en": "Ours"}, "badge_mm": [90, 60], "papers": ["a4"]}
    (tmp_path / "designs/ours").mkdir()
    (tmp_path / "designs/ours/manifest.json").write_text(json.dumps(ours), encoding="utf-8")
    shutil.copy(design.DESIGNS / "card/badge.typ", tmp_path / "designs/ours/badge.typ")
    monkeypatch.setattr("badges.design.DESIGNS", tmp_path / "designs")
    monkeypatch.setattr("badges.sheets.ROOT", tmp_path / "designs")
    assert list_designs()["ours"].name("fr") == "La nôtre"
    assert "IMBS" in text_of(compile_pdf(draw([a_face()], design="ours")[0]))


def test_a_manifest_that_lacks_something_says_what(tmp_path, monkeypatch):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/manifest.json").write_text('{"badge_mm": [90, 60], "name": {"en": "Ours"}}', encoding="utf-8")
    monkeypatch.setattr("badges.design.DESIGNS", tmp_path)
    with pytest.raises(ValueError, match="manifest of ours lacks 'qr_mm'"):
        get_design("ours")


@pytest.mark.parametrize("key", ["", "..", "papers", "a6/..", "é"])
def test_what_is_no_design_is_refused(key):
    with pytest.raises(ValueError, match="no badge design"):
        get_design(key)


def test_a_code_too_fine_for_the_design_is_refused_with_the_name(a_face, draw):
    code = "A" * 200  # 57 modules
    face = a_face(code=code, matrix=qr_matrix(code))
    with pytest.raises(CodeTooFine, match="Pia IMBS"):
        draw([face], design="card")
    assert draw([face], design="a6")


@pytest.mark.parametrize(
    ("design", "placing", "back", "words"),
    [
        ("l4785", {"paper": "a3"}, True, "printed on a4, not on a3"),
        ("roll62", {"duplex": "long"}, True, "no other side"),
        ("a6-folded", {}, False, "back must be said"),
        ("a6", {"duplex": "long"}, False, "back must be said"),
        ("card", {"start": 11}, True, "this sheet has 10 places"),
    ],
)
def test_what_a_design_cannot_do_is_refused(a_face, draw, design, placing, back, words):
    changed = {} if back else {"back": None}
    with pytest.raises(ValueError, match=words):
        draw([a_face()], design=design, placing=Placing(**placing), **changed)


def test_a_thermal_design_is_black_only(a_face, draw):
    page = pypdfium2.PdfDocument(compile_pdf(draw([a_face(colour="#f0c23c")], design="roll62")[0]))[0]
    picture = page.render(scale=1, rev_byteorder=True).to_numpy()[:, :, :3].astype(int)
    assert (picture.max(axis=2) - picture.min(axis=2)).max() < 24
