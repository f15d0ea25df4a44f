"""Badges: every script readable by people and by the reader at the door, nothing ever cut."""

import re

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.typeset import compile_pdf, compile_pdfs
from badges import (
    Appointment,
    BadgeFace,
    Overflow,
    Placing,
    Unprintable,
    get_design,
    ink_on,
    list_designs,
    sheet,
    trial_sheet,
    with_separators,
)
from tests.badges.samples import TEXTS, all_faces, badges_pdf
from tests.pdf_reading import is_accessible, tags_of


def text_of(pdf: bytes) -> str:
    """All text of a PDF; the extractor gives U+0002 for a hyphen at the end of a line."""
    pages = pypdfium2.PdfDocument(pdf)
    told = " ".join(one.get_textpage().get_text_bounded() for one in pages)
    return " ".join(told.replace("\u200b", "").replace("\x02", "").split())


def test_the_designs_with_their_sizes():
    sizes = {key: design.size for key, design in list_designs().items()}
    assert sizes == {
        "a6": (105, 148),
        "a6-folded": (210, 148),
        "a7": (74, 105),
        "card": (85.6, 54),
        "l4785": (80, 50),
        "l7418": (86.5, 55.5),
        "roll62": (62, 100),
    }


@pytest.mark.parametrize(("design", "pages", "size"), [("a6", 20, (105, 148)), ("card", 2, (210, 297))])
def test_the_reader_at_the_door_reads_every_badge(faces_of_all_scripts, draw, read_codes, design, pages, size):
    (job,) = draw(faces_of_all_scripts, design=design)
    pdf = compile_pdf(job)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == pages
    assert [round(points / 72 * 25.4) for points in document[0].get_size()] == list(size)
    codes = [face.code for face in faces_of_all_scripts]
    per_page = 20 // pages
    assert read_codes(pdf) == [sorted(codes[n * per_page : (n + 1) * per_page]) for n in range(pages)]


@pytest.mark.parametrize("design", ["a6", "card"])
def test_the_texts_of_every_script_can_be_read_back(faces_of_all_scripts, draw, design):
    told = text_of(compile_pdf(draw(faces_of_all_scripts, design=design)[0]))
    squeezed = told.replace(" ", "").replace("-", "")
    for face in faces_of_all_scripts:
        for wanted in (face.name_given, face.name_family, face.organisation, face.category, face.short_code):
            assert wanted.replace(" ", "").replace("-", "") in squeezed, wanted
    natives = [face.native_name for face in faces_of_all_scripts if face.native_name]
    for native in natives:
        assert native.replace(" ", "").replace("-", "") in squeezed


@pytest.mark.parametrize("design", ["a6", "card"])
def test_the_file_is_accessible(faces_of_all_scripts, draw, design, tmp_path):
    path = tmp_path / "badges.pdf"
    path.write_bytes(compile_pdf(draw(faces_of_all_scripts, design=design)[0]))
    assert page.validate_pdf(str(path), profile="ua1").is_compliant


@pytest.mark.parametrize("design", sorted(list_designs()))
def test_signed_codes_are_read_from_every_design(read_codes, design):
    assert sorted(text for page in read_codes(badges_pdf(design)) for text in page) == sorted(
        face.code for face in all_faces()
    )


@pytest.mark.parametrize("design", sorted(list_designs()))
def test_every_design_is_accessible_on_both_sides(design, tmp_path):
    duplex = "long" if get_design(design).sides == 2 else ""
    (job,) = sheet(with_separators(all_faces()), TEXTS, design=design, placing=Placing(duplex=duplex, test_cross=True))
    assert is_accessible(compile_pdf(job), tmp_path)
    trial = trial_sheet(all_faces()[0], TEXTS, instructions=("Imprimez à 100 %.",), design=design)
    assert is_accessible(compile_pdf(trial), tmp_path)


def test_the_personal_programme_is_on_the_back_of_whoever_it_is_of(a_face, draw):
    busy = a_face(1, programme=(Appointment("11 h", "Atelier 3", "Salle 12"),))
    (job,) = draw([busy, a_face(2)], design="a6", placing=Placing(duplex="long"))
    told = [
        " ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(compile_pdf(job))
    ]
    assert "Mon programme 11 h Atelier 3 — Salle 12" in told[1].replace("\u00a0", " ")
    assert "Mon programme" not in told[3]
    assert all("Poste de secours 01 43 17 53 53" in back for back in told[1::2])


def test_a_programme_too_long_for_the_back_is_reported_with_the_name(a_face, draw):
    endless = (Appointment("11 h", "Atelier " * 20, "Salle 12"),) * 12
    faces = [a_face(1), a_face(2, name_given="Emma", name_family="VERAN", programme=endless)]
    with pytest.raises(Overflow, match="Emma VERAN") as caught:
        compile_pdf(draw(faces, design="card", placing=Placing(duplex="short"))[0])
    assert caught.value.names == ("Emma VERAN",)
    assert caught.value.parts == (("back",),)
    assert compile_pdf(draw(faces, design="card")[0])


def test_the_longest_qualities_of_the_seeds_are_whole(faces_of_all_scripts, draw):
    told = text_of(compile_pdf(draw(faces_of_all_scripts[:2])[0]))
    for face in faces_of_all_scripts[:2]:
        for quality in face.qualities:
            assert quality in told


@pytest.mark.parametrize("design", ["a6", "card"])
def test_too_much_text_is_reported_with_the_names(a_face, draw, design):
    endless = "Commission " * 200
    faces = [
        a_face(1),
        a_face(2, name_given="Thibaut", name_family="GUIGNARD", qualities=(endless,)),
        a_face(3, name_given="Emma", name_family="VERAN", category=endless),
        a_face(4, name_given="Bruno", name_family="FUCHS", marks=(endless,)),
    ]
    with pytest.raises(Overflow, match="Thibaut GUIGNARD, Emma VERAN, Bruno FUCHS") as caught:
        compile_pdf(draw(faces, design=design)[0])
    assert caught.value.names == ("Thibaut GUIGNARD", "Emma VERAN", "Bruno FUCHS")
    assert caught.value.parts == (("person",), ("category",), ("words",))


def test_an_event_title_that_does_not_fit_is_reported(a_face, draw):
    with pytest.raises(Overflow, match="Rencontres Rencontres"):
        compile_pdf(draw([a_face()], title="Rencontres " * 60)[0])


def test_a_script_without_font_is_reported_with_the_name(a_face, draw):
    faces = [a_face(1), a_face(2, name_given="Somchai", name_family="JAIDEE", native_name="สมชาย ใจดี")]
    with pytest.raises(Unprintable, match="Somchai JAIDEE") as caught:
        compile_pdf(draw(faces)[0])
    assert caught.value.names == ("Somchai JAIDEE",)


def test_texts_are_never_markup(a_face, draw):
    nasty = "#panic(1) *x* $y$ \\ _z_ @a <b>"
    assert nasty in text_of(compile_pdf(draw([a_face(name_family=nasty)])[0]))


def test_a_long_run_comes_as_files_of_a_thousand(a_face, draw):
    jobs = draw([a_face()] * 5, chunk=2)
    assert [len(job.data["faces"]) for job in jobs] == [2, 2, 1]
    assert [len(pypdfium2.PdfDocument(pdf)) for pdf in compile_pdfs(jobs, per_process=1)] == [2, 2, 1]


@pytest.mark.parametrize("design", sorted(list_designs()))
def test_files_to_be_bound_look_the_same_without_headings(faces_of_all_scripts, draw, design):
    (whole,) = draw(faces_of_all_scripts, design=design, placing=Placing(trim_marks=False))
    several = draw(faces_of_all_scripts, design=design, placing=Placing(trim_marks=False), chunk=10)
    assert len(several) > 1
    alone, parts = compile_pdf(whole), compile_pdfs(several, per_process=1)
    pages = [page.render(scale=1).to_numpy() for pdf in parts for page in pypdfium2.PdfDocument(pdf)]
    for wanted, drawn in zip(pypdfium2.PdfDocument(alone), pages, strict=True):
        assert (wanted.render(scale=1).to_numpy() == drawn).all()
    assert "H1" in tags_of(alone)
    assert not any("H1" in tags_of(pdf) for pdf in parts)


def test_badges_with_backs_come_in_files_of_half_as_many(a_face, draw):
    faces = [a_face(n) for n in range(5)]
    assert [len(job.names) for job in draw(faces, design="a6-folded", chunk=4)] == [2, 2, 1]
    assert [len(job.names) for job in draw(faces, placing=Placing(duplex="long"), chunk=4)] == [2, 2, 1]


@pytest.mark.parametrize("design", ["a6-folded", "roll62"])
def test_only_the_letters_used_of_our_own_fonts_are_in_the_file(design):
    document = pypdfium2.PdfDocument(badges_pdf(design))
    fonts = {text.get_font() for page in document for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])}
    names = {font.get_base_name() for font in fonts}
    assert all(font.is_embedded for font in fonts)
    ours = "SourceSerif4|SourceSans3|Vazirmatn|NotoSans(Georgian|Armenian|Hebrew|Devanagari|SC)?"
    assert [name for name in names if not re.fullmatch(rf"[A-Z]{{6}}\+({ours})-\w+", name)] == []
    assert len({name.split("+")[1].split("-")[0] for name in names}) >= 8


def test_a_thousand_badges_do_not_crash(a_face, draw):
    faces = [a_face(n, name_family=f"DUPONT-{n}") for n in range(1000)]
    assert len(pypdfium2.PdfDocument(compile_pdf(draw(faces)[0]))) == 1000


@pytest.mark.parametrize(
    "wrong",
    [{"shape": "heart"}, {"colour": "red"}, {"qualities": ("a", "b", "c", "d")}, {"name_given": "", "name_family": ""}],
)
def test_a_face_that_cannot_be_drawn_is_refused(a_face, wrong):
    with pytest.raises(ValueError, match=r"shape|colour|qualities|name"):
        a_face(**wrong)


def test_nothing_to_print_and_unknown_designs_are_refused(a_face, draw):
    with pytest.raises(ValueError, match="no badge to print"):
        draw([])
    with pytest.raises(ValueError, match="no badge design"):
        draw([a_face()], design="a8")


@pytest.mark.parametrize(
    ("colour", "ink"), [("#24456f", "#ffffff"), ("#f0c23c", "#1b2230"), ("#ffffff", "#1b2230"), ("#000000", "#ffffff")]
)
def test_the_category_is_written_in_the_ink_that_shows(colour, ink):
    assert ink_on(colour) == ink


def test_a_name_is_said_on_one_line(a_face):
    face: BadgeFace = a_face(name_given="Bo", name_family="")
    assert face.name == "Bo"
