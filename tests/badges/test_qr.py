"""The QR code: small, the same on every call, readable in each of its pictures."""

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
import zxingcpp

from badges import matrix_size, qr_matrix, qr_png, qr_svg

CODE = "PARVIS7K2MQXW4TRH8D3FYB042"


def decode(rows: list[bytes]) -> str:
    """The text of a picture given as rows of grey bytes."""
    picture = memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))
    return zxingcpp.read_barcodes(picture)[0].text


def test_a_badge_code_of_26_letters_fits_the_second_version():
    matrix = qr_matrix(CODE)
    assert matrix_size(matrix) == 25
    assert len(matrix) == 79
    assert matrix == qr_matrix(CODE)


@pytest.mark.parametrize("length", [1, 16, 40, 120, 400])
def test_every_size_says_its_own_size(length):
    assert (matrix_size(qr_matrix("A" * length)) - 17) % 4 == 0


@pytest.mark.parametrize("wrong", [b"", b"\x00", b"\x00" * 78, b"\x00" * 80])
def test_other_bytes_are_refused(wrong):
    with pytest.raises(ValueError, match="not a packed QR code"):
        matrix_size(wrong)


def test_an_empty_code_is_refused():
    with pytest.raises(ValueError, match="must say something"):
        qr_matrix("")


def test_the_png_of_a_mail_is_read_and_has_its_quiet_zone():
    png = qr_png(CODE, scale=3, border=4)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == ((25 + 8) * 3, (25 + 8) * 3)
    start = png.index(b"IDAT") + 4
    raw = zlib.decompress(png[start : start + struct.unpack(">I", png[start - 8 : start - 4])[0]])
    stride = 1 + -(-width // 8)
    rows = []
    for y in range(height):
        bits = "".join(f"{byte:08b}" for byte in raw[y * stride + 1 : (y + 1) * stride])[:width]
        rows.append(bytes(255 if bit == "1" else 0 for bit in bits))
    assert all(set(row) == {255} for row in rows[:12] + rows[-12:])
    assert decode(rows) == CODE


def test_the_svg_of_a_page_draws_the_same_modules_without_any_style():
    svg = qr_svg(qr_matrix(CODE), "Code <7K2M>")
    root = ET.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    assert root.attrib["viewBox"] == "0 0 33 33"
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{name}title") == "Code <7K2M>"
    assert "style" not in svg
    white, dark = root.findall(f"{name}path")
    assert white.attrib["fill"] == "#fff"
    grid = [bytearray(b"\xff" * 33 * 4) for _ in range(33 * 4)]
    for stroke in dark.attrib["d"].strip("M").split("M"):
        place, rest = stroke.split("h", 1)
        left, top = (int(part) * 4 for part in place.split())
        width = int(rest.split("v")[0]) * 4
        for y in range(top, top + 4):
            grid[y][left : left + width] = bytes(width)
    assert decode([bytes(row) for row in grid]) == CODE
