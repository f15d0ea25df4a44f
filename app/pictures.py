"""Pictures that people send: PNG or JPEG, drawn again by ourselves, so that nothing else comes with them.

Metadata, a place where it was taken, a second file hidden behind the first: what is not a pixel is left behind. SVG is
refused, as it may hold programs (OWASP, Unrestricted File Upload). Drawing happens in the typesetter's own short
process, with a limit on memory and time; the size is read from the header first, so that a small file that swells
(a "decompression bomb") is never opened.
"""

import struct
from dataclasses import dataclass

from app.errors import Refusal
from app.i18n import lazy
from app.typeset import DOCUMENTS, Job, TypesettingFailed, compile_pdf

MOST_BYTES = 2 * 1024 * 1024
LONGEST_SIDE = 6000
SHORTEST_SIDE = 16
SECONDS = 20.0
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Frames that state a size: baseline, extended, progressive (ITU T.81, table B.1).
_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2})


class NotAPicture(Refusal):
    """Only pictures made of pixels are taken."""

    message = lazy("This file is not a PNG or JPEG picture. An SVG drawing is to be saved as PNG first.")


class PictureTooLarge(Refusal):
    """Nobody needs more for a page or a letter."""

    message = lazy("This picture is too large: at most %(megabytes)s MB and %(side)s pixels a side.")


class PictureTooSmall(Refusal):
    """A speck, or a picture that only counts visits."""

    message = lazy("This picture is too small: at least %(side)s pixels a side.")


class DamagedPicture(Refusal):
    """It says it is a picture but cannot be drawn."""

    message = lazy("This picture cannot be read: the file is damaged. Please save it again as PNG.")


@dataclass(frozen=True)
class Picture:
    """A picture of ours: PNG, with its size in pixels."""

    data: bytes
    width: int
    height: int


def read_picture(data: bytes, *, within: tuple[int, int]) -> Picture:
    """The picture in an uploaded file, drawn again inside `within` (pixels: width, height), never enlarged.

    Raises PictureTooLarge, NotAPicture, PictureTooSmall, DamagedPicture.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    size = picture_size(data)
    if max(size) > LONGEST_SIDE:
        raise _too_large()
    if min(size) < SHORTEST_SIDE:
        raise PictureTooSmall(side=SHORTEST_SIDE)
    scale = min(1.0, within[0] / size[0], within[1] / size[1])
    width, height = (max(1, round(side * scale)) for side in size)
    name = "picture.png" if data.startswith(_PNG) else "picture.jpg"
    values = {"file": name, "width": width, "height": height}
    try:
        drawn = compile_pdf(Job("picture.typ", DOCUMENTS, values, {name: data}, kind="png"), timeout=SECONDS)
    except TypesettingFailed as error:
        raise DamagedPicture from error
    return Picture(drawn, *picture_size(drawn))


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(megabytes=MOST_BYTES // 1024**2, side=LONGEST_SIDE)


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG or JPEG. Raises NotAPicture, DamagedPicture."""
    if data.startswith(_PNG):
        return _png_size(data)
    if data.startswith(_JPEG):
        return _jpeg_size(data)
    raise NotAPicture


def _png_size(data: bytes) -> tuple[int, int]:
    if len(data) < 24 or data[12:16] != b"IHDR":
        raise DamagedPicture
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk from marker to marker until the frame that says the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise DamagedPicture
