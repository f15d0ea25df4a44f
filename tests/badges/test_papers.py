"""Tent cards, signs, lists, labels and certificates: whole, readable, refused when they cannot be."""

import dataclasses

import pypdfium2
import pytest

from app.typeset import compile_pdf, compile_pdfs
from badges import (
    DoorSession,
    EnvelopeLabel,
    NotATraining,
    Overflow,
    Placing,
    ReservedSign,
    TentCard,
    Unprintable,
    attendance_sheet,
    certificates,
    delegation_covers,
    desk_list,
    door_signs,
    envelope_labels,
    reserved_signs,
    tent_cards,
)
from tests.badges import samples
from tests.badges.reading import letters_of
from tests.badges.samples import TEXTS, all_papers, paper_pdf
from tests.pdf_reading import is_accessible, text_of

INVISIBLE = {2: "", 0x200B: ""}
"""A hyphen at the end of a line, as the extractor gives it; a place where a word may break."""


def pages_of(pdf: bytes) -> list[str]:
    told = (page.get_textpage().get_text_bounded().translate(INVISIBLE) for page in pypdfium2.PdfDocument(pdf))
    return [" ".join(page.split()) for page in told]


@pytest.mark.parametrize("name", sorted(all_papers()))
def test_every_paper_is_accessible(name, tmp_path):
    assert is_accessible(paper_pdf(name), tmp_path)


# --- tent cards


@pytest.mark.parametrize(("height", "pages"), [(99, 20), (60, 10)])
def test_a_tent_card_says_the_name_on_both_sides(height, pages):
    told = pages_of(paper_pdf(f"tent-{height}"))
    assert len(told) == pages
    assert told[0].count("RAMOND") == 2
    assert told[0].count("Président du département du Tarn") == 2


def test_the_far_side_of_a_tent_card_is_upside_down():
    page = pypdfium2.PdfDocument(compile_pdf(tent_cards([TentCard("Pia", "IMBS")], TEXTS)[0]))[0]
    far, near = (
        next(box for box in letters_of(page) if box.said == "P" and (box.top < 99) is side) for side in (True, False)
    )
    assert far.left > 105 > near.left
    assert near.top - 99 == pytest.approx(99 - far.bottom, abs=0.5)


def test_a_name_stays_whole_between_its_hyphens():
    card = TentCard("Jean-Baptiste Emmanuel", "DE LA ROCHEFOUCAULD-MONTBÉLIARD VON SACHSEN-COBURG-SAALFELDEN")
    told = text_of(compile_pdf(tent_cards([card], TEXTS)[0]))
    assert "MONTBÉLIARD VON" in told
    assert "SAALFELDEN" in told


# --- signs


def test_signs_are_one_or_two_to_a_sheet():
    large, small = (paper_pdf(f"reserved-{size}") for size in ("a4", "a5"))
    assert [len(pages_of(pdf)) for pdf in (large, small)] == [3, 2]
    assert "RÉSERVÉ Corps diplomatique Rangs 1 à 3 Corps diplomatique" in pages_of(large)[0]


def test_a_door_says_the_half_day_its_sessions_or_that_there_is_none():
    busy, empty = pages_of(paper_pdf("door"))
    for words in (
        "Amphithéâtre Étienne-Hirsch",
        "après-midi",
        "14 h – 15 h 30",
        "Michaël QUERNEZ",
        "Complet",
        "à droite",
    ):
        assert words in busy
    assert "Aucune séance ce matin." in empty


def test_what_does_not_fit_a_sign_is_reported_with_its_name():
    many = tuple(DoorSession("9 h", "Atelier " * 12, ("Pia IMBS",)) for _ in range(14))
    signs = [dataclasses.replace(samples.doors()[0], sessions=many), samples.doors()[1]]
    with pytest.raises(Overflow, match="Amphithéâtre Étienne-Hirsch, Mardi 18"):
        compile_pdf(door_signs(signs, TEXTS)[0])
    with pytest.raises(Overflow, match="Très long"):
        compile_pdf(reserved_signs([ReservedSign("Réservé", "Très long " * 120)], TEXTS)[0])


# --- lists


def test_an_attendance_sheet_has_everybody_and_repeats_its_heads_on_each_page():
    told = pages_of(paper_pdf("attendance"))
    assert len(told) > 1
    for page, number in zip(told, range(1, len(told) + 1), strict=True):
        assert f"Page {number} sur {len(told)}" in page
    assert all("Mar. 18 matin" in page for page in told[:2])
    whole = "".join(told).replace(" ", "").replace("-", "")
    for row in samples.attendance().rows:
        assert row.name.replace(" ", "").replace("-", "") in whole
    assert "Pour l’organisateur" in told[-1]


@pytest.mark.parametrize("half_days", [(), ("Matin",) * 7])
def test_an_attendance_sheet_has_one_to_six_half_days(half_days):
    with pytest.raises(ValueError, match="half-days"):
        attendance_sheet(dataclasses.replace(samples.attendance(), half_days=half_days), TEXTS)


def test_an_empty_attendance_sheet_is_printed_for_those_who_come_unannounced():
    blank = dataclasses.replace(samples.attendance(), rows=(), blank_rows=10)
    assert "Mar. 18 matin" in text_of(compile_pdf(attendance_sheet(blank, TEXTS)))
    with pytest.raises(ValueError, match="nobody"):
        attendance_sheet(dataclasses.replace(blank, blank_rows=0), TEXTS)


def test_a_desk_list_of_a_large_event_is_drawn():
    desk = samples.desk()
    many = tuple(dataclasses.replace(desk.rows[n % 20], short_code=f"7K2M {n:04d}") for n in range(600))
    told = text_of(compile_pdf(desk_list(dataclasses.replace(desk, rows=many), TEXTS)))
    assert all(f"7K2M {n:04d}" in told for n in range(0, 600, 29))


def test_a_cover_names_the_members_and_where_to_sign():
    told = text_of(paper_pdf("delegation"))
    for words in ("Ville de Kharkiv", "Ukraine", "guichet 2", "Chef de délégation", "7K2M Q007", "Reçu par"):
        assert words in told


def test_a_script_without_font_is_reported_on_lists_too():
    rows = (dataclasses.replace(samples.desk().rows[0], name="JAIDEE Somchai", native_name="สมชาย ใจดี"),)
    with pytest.raises(Unprintable, match="JAIDEE Somchai"):
        compile_pdf(desk_list(dataclasses.replace(samples.desk(), rows=rows), TEXTS))


# --- labels


@pytest.mark.parametrize(("sheet", "places"), [("l7163", 14), ("l7160", 21)])
def test_labels_begin_at_the_first_free_one(sheet, places):
    (job,) = envelope_labels(samples.labels(), TEXTS, sheet=sheet, placing=Placing(start=places))
    told = pages_of(compile_pdf(job))
    assert len(told) == 2
    assert [page.count("STRASBOURG CEDEX") + page.count("FRANCE") for page in told] == [1, 5]


def test_many_labels_come_as_several_files_and_the_start_counts_once():
    jobs = envelope_labels(samples.labels() * 500, TEXTS, placing=Placing(start=14))
    assert [len(job.names) for job in jobs] == [1975, 1002 + 23]
    assert len(compile_pdfs(jobs[1:])) == 1


def test_an_address_too_long_is_reported_by_its_first_line():
    label = EnvelopeLabel(("Pia IMBS", "Commission " * 120))
    with pytest.raises(Overflow, match="Pia IMBS"):
        compile_pdf(envelope_labels([label], TEXTS)[0])


@pytest.mark.parametrize("lines", [(), ("",), ("x",) * 8])
def test_an_address_has_one_to_seven_lines(lines):
    with pytest.raises(ValueError, match="lines"):
        EnvelopeLabel(lines)


# --- certificates


def test_a_certificate_says_who_was_where_and_when():
    told = pages_of(paper_pdf("certificate"))
    assert len(told) == 20
    for words in ("Attestation de présence", "RAMOND", "le mardi 18 novembre 2025", "matin", "Marta de CIDRAC", "Réf."):
        assert words in told[0]


@pytest.mark.parametrize("field", ["title", "sentence", "notice"])
@pytest.mark.parametrize("word", ["Attestation de formation", "a suivi une Formation", "training"])
def test_only_an_approved_organiser_certifies_a_training(field, word):
    said = dataclasses.replace(samples.all_certificates()[0], **{field: word})
    with pytest.raises(NotATraining):
        certificates([said], TEXTS)
    assert certificates([said], TEXTS, approved=True)


def test_a_title_may_hold_the_word_and_so_may_longer_words():
    texts = dataclasses.replace(TEXTS, title="Journées de la formation des élus")
    plain = samples.all_certificates()[0]
    said = dataclasses.replace(plain, sentence="a participé aux Journées de la formation des élus et transformations")
    assert certificates([said], texts)


@pytest.mark.parametrize(
    "nothing",
    [
        lambda: tent_cards([], TEXTS),
        lambda: reserved_signs([], TEXTS),
        lambda: door_signs([], TEXTS),
        lambda: certificates([], TEXTS),
        lambda: envelope_labels([], TEXTS),
        lambda: delegation_covers([], TEXTS),
        lambda: tent_cards(samples.all_tents(), TEXTS, height=70),
        lambda: reserved_signs(samples.reserved(), TEXTS, size="a6"),
        lambda: envelope_labels(samples.labels(), TEXTS, sheet="l1"),
    ],
)
def test_nothing_to_print_and_unknown_sizes_are_refused(nothing):
    with pytest.raises(ValueError, match=r"nothing|no |one of"):
        nothing()
