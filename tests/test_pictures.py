"""Pictures people send: drawn again, bounded, and nothing else let in."""

import struct
import zlib

import pytest

from app.pictures import (
    MOST_BYTES,
    DamagedPicture,
    NotAPicture,
    PictureTooLarge,
    PictureTooSmall,
    picture_size,
    read_picture,
)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 40, height: int = 20, *, more: bytes = b"", claimed: tuple[int, int] | None = None) -> bytes:
    """A red PNG; `claimed` lies about its size, `more` is a further chunk."""
    rows = b"".join(b"\0" + bytes([200, 30, 30]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", *(claimed or (width, height)), 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            more,
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        ]
    )


def test_a_picture_is_drawn_again_and_what_came_with_it_is_left_behind():
    secret = b"taken at home"
    found = read_picture(png(more=_chunk(b"tEXt", b"Comment\0" + secret)) + b"<script>", within=(640, 192))
    assert (found.width, found.height) == (40, 20)
    assert picture_size(found.data) == (40, 20)
    assert secret not in found.data
    assert b"script" not in found.data


@pytest.mark.parametrize(("size", "drawn"), [((1280, 200), (640, 100)), ((300, 384), (150, 192)), ((64, 64), (64, 64))])
def test_it_fits_the_frame_and_is_never_enlarged(size, drawn):
    found = read_picture(png(*size), within=(640, 192))
    assert (found.width, found.height) == drawn


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", NotAPicture),
        (b"GIF89a", NotAPicture),
        (b"", NotAPicture),
        (b"\x89PNG\r\n\x1a\n" + b"0" * MOST_BYTES, PictureTooLarge),
        (png(claimed=(60_000, 60_000)), PictureTooLarge),
        (png(1, 1), PictureTooSmall),
        (png()[:60], DamagedPicture),
        (b"\x89PNG\r\n\x1a\nIHDR", DamagedPicture),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", DamagedPicture),
    ],
)
def test_what_is_no_picture_is_refused(data, refusal):
    with pytest.raises(refusal):
        read_picture(data, within=(640, 192))


def test_the_size_of_a_jpeg_is_read_from_its_frame():
    start, comment = b"\xff\xd8\xff\xe0\x00\x04JF", b"\xff\xfe\x00\x06\xff\xc0ab"
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 20, 40) + b"\x01\x01\x11\x00"
    assert picture_size(start + comment + frame) == (40, 20)
