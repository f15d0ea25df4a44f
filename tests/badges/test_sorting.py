"""The order of the trays, and what parts them."""

import pypdfium2
import pytest

from app.typeset import compile_pdf
from badges import Placing, Separator, arranged, with_separators
from tests.badges.test_sheet import text_of

NAMES = ["ZOLA", "Élan", "ØSTERGAARD", "d’ALMEIDA", "abe", "ŁUKASZ", "DE GAULLE", "œuvrard", "Đặng"]


def test_accents_case_and_apostrophes_do_not_count(a_face):
    faces = [a_face(n, name_given="X", name_family=name) for n, name in enumerate(NAMES)]
    assert [face.name_family for face in arranged(faces)] == [
        "abe",
        "d’ALMEIDA",
        "Đặng",
        "DE GAULLE",
        "Élan",
        "ŁUKASZ",
        "œuvrard",
        "ØSTERGAARD",
        "ZOLA",
    ]


@pytest.mark.parametrize("by", ["organisation", "delegation", "desk", "collection"])
def test_groups_come_in_order_and_those_without_one_last(a_face, by):
    told = [("B", "1"), ("A", ""), ("C", "2"), ("A", "1"), ("D", "")]
    faces = [a_face(n, name_family=name, **{by: group}) for n, (name, group) in enumerate(told)]
    assert [(f.name_family, getattr(f, by)) for f in arranged(faces, by)] == [
        ("A", "1"),
        ("B", "1"),
        ("C", "2"),
        ("A", ""),
        ("D", ""),
    ]


def test_a_separator_stands_before_each_letter_with_the_number_that_follows(a_face):
    faces = [a_face(n, name_given="X", name_family=name) for n, name in enumerate([*NAMES, "李旺"])]
    told = [(s.text, s.count) for s in with_separators(faces) if isinstance(s, Separator)]
    assert told == [("A", 1), ("D", 3), ("E", 1), ("L", 1), ("O", 2), ("Z", 1), ("#", 1)]


def test_a_separator_stands_before_each_group(a_face):
    faces = [a_face(n, delegation=group) for n, group in enumerate(["Kharkiv", "", "Kharkiv"])]
    told = [one.text if isinstance(one, Separator) else "badge" for one in with_separators(faces, "delegation")]
    assert told == ["Kharkiv", "badge", "badge", "badge"]


@pytest.mark.parametrize("design", ["a6", "a6-folded", "card", "roll62"])
def test_separators_are_printed_among_the_badges(a_face, draw, design):
    long = "Association française du Conseil des communes et régions d’Europe"
    faces = [a_face(n, delegation=group) for n, group in enumerate(["Kharkiv", long])]
    pdf = compile_pdf(draw(with_separators(faces, "delegation"), design=design)[0])
    assert "Kharkiv" in text_of(pdf)
    assert long.split(maxsplit=1)[0] in text_of(pdf)


def test_a_separator_has_an_empty_back(a_face, draw):
    (job,) = draw(with_separators([a_face()]), placing=Placing(duplex="long"))
    told = [page.get_textpage().get_text_bounded().strip() for page in pypdfium2.PdfDocument(compile_pdf(job))]
    assert "".join(told[0].split()) == "I1"
    assert told[1] == ""


def test_an_unknown_order_is_refused(a_face):
    with pytest.raises(ValueError, match="sorted by one of"):
        arranged([a_face()], "age")
