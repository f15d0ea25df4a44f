"""What a QR says: read, written, verified, told apart from what was never issued."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.badging.codes import ALPHABET, is_genuine, public_key, read_code, standing, write_code
from app.codes import new_badge_code
from badges import matrix_size, qr_matrix

SECRET, EVENT = "a key of the program for tests only", "eventaddress1234"
IDENTITY = "ABCDEFGHIJKLMNOPQRSTUVWXY2"
VECTORS = json.loads((Path(__file__).parent / "code_vectors.json").read_text("utf-8"))


def written(version=1, key=1, identity=IDENTITY, subject=EVENT):
    return write_code(identity, version, secret=SECRET, subject=subject, key=key)


def keys(*numbers, subject=EVENT):
    return {number: public_key(SECRET, subject, number) for number in numbers}


def test_a_code_is_read_back_whole_and_stays_a_small_qr():
    text = written(version=33, key=2)
    code = read_code(f" {text[:40].lower()}-{text[40:]} ")
    assert (code.text, code.identity, code.version, code.key) == (text, IDENTITY, 33, 2)
    assert len(text) == 132
    assert matrix_size(qr_matrix(text)) == 49
    assert set(text) <= set(ALPHABET)


@given(st.integers(1, 1023), st.integers(1, 31))
def test_every_version_and_key_comes_back(version, key):
    identity = new_badge_code()
    code = read_code(written(version, key, identity))
    assert (code.identity, code.version, code.key) == (identity, version, key)
    assert is_genuine(code, keys(key)) is True


def test_badges_of_earlier_releases_are_version_0_and_cannot_be_verified():
    code = read_code(IDENTITY)
    assert (code.identity, code.version, code.key, code.signature) == (IDENTITY, 0, 0, b"")
    assert is_genuine(code, keys(1)) is None
    assert standing(code, IDENTITY) == "valid"


@pytest.mark.parametrize(
    "wrong", ["", "7K2MQXW4", "A" * 25, "A" * 27, "A" * 131, "1" * 26, "0" * 132, "A" * 132, "https://example.org/" * 6]
)
def test_what_is_no_badge_is_none(wrong):
    assert read_code(wrong) is None


def test_a_signature_has_one_spelling_only():
    text = written()
    last = ALPHABET.index(text[-1])
    assert last % 8 == 0
    assert read_code(text[:-1] + ALPHABET[last + 1]) is None


@pytest.mark.parametrize("place", [0, 25, 26, 27, 29, 60, 130])
def test_a_changed_character_is_not_genuine(place):
    text = written()
    other = "B" if text[place] != "B" else "C"
    code = read_code(text[:place] + other + text[place + 1 :])
    assert is_genuine(code, keys(1)) is False


def test_a_key_that_is_not_known_tells_nothing_and_another_event_s_key_refuses():
    code = read_code(written(key=2))
    assert is_genuine(code, keys(1)) is None
    assert is_genuine(code, keys(1, 2)) is True
    assert is_genuine(code, keys(2, subject="anotherevent1234")) is False
    assert is_genuine(code, {2: public_key("another key of a program", EVENT, 2)}) is False


def test_an_older_version_is_replaced_and_a_later_one_forged():
    issued = written(version=3)
    assert standing(read_code(issued), issued) == "valid"
    assert standing(read_code(written(version=2)), issued) == "replaced"
    assert standing(read_code(IDENTITY), issued) == "replaced"
    assert standing(read_code(written(version=4)), issued) == "forged"
    assert standing(read_code(issued[:29] + written(version=2)[29:]), issued) == "forged"
    assert standing(read_code(written()), IDENTITY) == "forged"


@pytest.mark.parametrize(("version", "key"), [(0, 1), (1024, 1), (1, 0), (1, 32)])
def test_numbers_that_have_no_place_are_refused(version, key):
    with pytest.raises(ValueError, match="versions 1 to 1023"):
        written(version, key)


def test_the_vectors_other_readers_of_codes_follow_hold_here():
    known = {int(number): bytes.fromhex(key) for number, key in VECTORS["keys"].items()}
    for case in VECTORS["cases"]:
        code = read_code(case["text"])
        told = None if code is None else [code.identity, code.version, code.key, is_genuine(code, known)]
        assert told == case["read"], case["why"]
