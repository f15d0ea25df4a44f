"""Second readers of what the program makes: codes in pictures, text in PDF."""

import struct
import zlib

import pypdfium2
import zxingcpp


def codes_in_png(png: bytes) -> list[str]:
    """What a phone reads in a black and white picture of one bit a pixel."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (1, 0), "another kind of picture needs another reader"
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    lines = zlib.decompress(png[start : start + length])
    stride = 1 + -(-width // 8)
    rows = [lines[y * stride + 1 : (y + 1) * stride] for y in range(height)]
    bits = "".join("".join(f"{byte:08b}" for byte in row)[:width] for row in rows)
    return _read(bits.translate({48: 0, 49: 255}).encode("latin-1"), height, width)


def codes_in_pdf(pdf: bytes) -> list[list[str]]:
    """What a phone reads on each page."""
    pictures = [page.render(scale=2, grayscale=True) for page in pypdfium2.PdfDocument(pdf)]
    return [_read(bytes(picture.buffer), picture.height, picture.stride) for picture in pictures]


def _read(pixels: bytes, height: int, width: int) -> list[str]:
    grid = memoryview(pixels).cast("B", (height, width))
    return [found.text for found in zxingcpp.read_barcodes(grid)]


def text_of(pdf: bytes) -> str:
    """The words of a PDF, spaces and lines made single spaces."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())
