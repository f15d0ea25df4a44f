"""Every printed code is read from the picture of its page at 150 dpi by two independent decoders, even badly seen.

zxing-cpp is the engine of the desk's page; OpenCV's reader shares no code with it.
"""

from collections import Counter

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp

from app.badging.codes import write_code
from app.codes import new_badge_code, new_short_code
from app.typeset import compile_pdf
from badges import BadgeFace, EventTexts, list_designs, matrix_size, qr_matrix, sheet
from badges.face import Back
from tests.badging.distorting import DISTORTIONS, everything_at_once
from tests.load.seed import BODY, FAMILY, GIVEN, QUALITY

DPI = 150
CHUNK = 250
COLOURS = ("#24456f", "#1f6b4a", "#9c2f22", "#f0c23c")
SHAPES = ("disc", "square", "triangle", "star")
TEXTS = EventTexts("2ᵉ Assises d’essai", "18 novembre 2025 · Quai d’Orsay", "fr", Back("Votre programme"))


def face(number):
    code = write_code(new_badge_code(), 1, secret="a key of the tests" * 3, subject="e" * 16, key=1)
    short = new_short_code()
    return BadgeFace(
        name_given=GIVEN[number % len(GIVEN)], name_family=f"{FAMILY[number % len(FAMILY)]} {number}".upper(),
        native_name="محمد عبد الرحمن" if number % 10 == 0 else "", qualities=(QUALITY,), organisation=BODY,
        category=f"Collège {number % 4}", colour=COLOURS[number % 4], shape=SHAPES[number % 4], country="", code=code,
        short_code=f"{short[:4]} {short[4:]}", matrix=qr_matrix(code),
    )  # fmt: skip


def pages(faces, design="a6"):
    """(codes that stand on it, its picture in grey at 150 dpi) of each page, drawn like a run."""
    for start in range(0, len(faces), CHUNK):
        for job in sheet(faces[start : start + CHUNK], TEXTS, design=design):
            document = pypdfium2.PdfDocument(compile_pdf(job, timeout=600))
            for page in document:
                words = page.get_textpage().get_text_bounded()
                picture = np.array(page.render(scale=DPI / 72, grayscale=True).to_numpy()).squeeze()
                yield [one.code for one in faces if one.short_code in words], picture


def by_zxing(picture):
    return {found.text for found in zxingcpp.read_barcodes(np.ascontiguousarray(picture))}


def by_opencv(picture):
    _found, texts, _corners, _pictures = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(picture)
    return set(texts)


def count(faces, design="a6", every=1):
    """How many codes each reader reads, by reader; the distortions one by one on each `every`th page."""
    read, due = Counter(), Counter()
    for number, (codes, picture) in enumerate(pages(faces, design)):
        tries = [("zxing", by_zxing, picture), ("opencv", by_opencv, picture)]
        tries.append(("all at once", by_zxing, everything_at_once(picture)))
        if number % every == 0:
            tries += [(name, by_zxing, distort(picture)) for name, distort in DISTORTIONS.items()]
        for name, reader, seen in tries:
            due[name] += len(codes)
            read[name] += len(reader(seen) & set(codes))
    return {name: read[name] / due[name] for name in due}, due["zxing"]


def test_the_code_of_a_badge_has_modules_of_half_a_millimetre_in_every_design():
    modules = matrix_size(face(0).matrix)
    assert modules == 49
    assert {key: look.code_side / modules >= 0.5 for key, look in list_designs().items()} == dict.fromkeys(
        list_designs(), True
    )


@pytest.mark.parametrize("design", list(list_designs()))
def test_two_decoders_read_every_design(design):
    faces = [face(number) for number in range(12)]
    shares, number = count(faces, design)
    assert number == 12
    assert shares["zxing"] == 1
    assert shares["opencv"] >= 0.95
    assert min(shares.values()) >= 0.9  # of twelve: eleven


@pytest.mark.proof
def test_two_decoders_read_a_file_of_five_thousand_badges():
    faces = [face(number) for number in range(5000)]
    shares, number = count(faces, every=5)
    assert number == 5000
    assert shares["zxing"] == 1
    assert shares["opencv"] >= 0.95
    assert {name: share for name, share in shares.items() if share < 0.99 and name != "opencv"} == {}
