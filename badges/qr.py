"""QR codes (ISO/IEC 18004) as a small matrix, kept with the badge, and its pictures.

A matrix is packed: the modules row by row from the top left, one bit each, 1 for dark, most significant bit first,
the last byte filled with 0. A code of 26 capital letters and digits is 25 × 25 modules, so 79 bytes.
"""

import struct
import zlib
from html import escape
from math import isqrt

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

QUIET = 4
"""Width of the empty border that readers need, in modules (ISO/IEC 18004, 7.3.7)."""
MASK = 3
"""Mask pattern used for every code: five times faster than choosing, and read as well (docs/decisions)."""
_LUMA = bytes.maketrans(b"01", b"\xff\x00")


def qr_matrix(code: str) -> bytes:
    """The packed matrix of `code`: error correction Q, the smallest version that holds it, the same on every call.

    Capitals, digits and " $%*+-./:" make the smallest code. Raises ValueError when `code` is empty or too long.
    """
    if not code:
        raise ValueError("a QR code must say something")
    drawing: QRCode = QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    drawing.add_data(code, optimize=0)
    drawing.make(fit=True)
    bits = "".join("1" if module else "0" for row in drawing.get_matrix() for module in row)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def matrix_size(matrix: bytes) -> int:
    """Modules on a side, 21 to 177. Raises ValueError when `matrix` is no packed QR code."""
    size = isqrt(len(matrix) * 8)
    if size < 21 or (size - 17) % 4 or -(-size * size // 8) != len(matrix):
        raise ValueError("these bytes are not a packed QR code")
    return size


def rows(matrix: bytes) -> list[str]:
    """The rows from the top, each a string of "1" (dark) and "0"."""
    size = matrix_size(matrix)
    bits = _bits(matrix)
    return [bits[start : start + size] for start in range(0, size * size, size)]


def _bits(matrix: bytes) -> str:
    """All bits as "0" and "1", the last byte's filling included."""
    return f"{int.from_bytes(matrix, 'big'):b}".zfill(len(matrix) * 8)


def luma(matrix: bytes) -> bytes:
    """One byte per module, 0 for dark and 255 for light, without border."""
    size = matrix_size(matrix)
    return _bits(matrix)[: size * size].encode("ascii").translate(_LUMA)


def qr_png(code: str, scale: int = 8, border: int = QUIET) -> bytes:
    """A black and white PNG of `code` for letters by mail: `scale` pixels a module, `border` modules around it."""
    side = "0" * border
    lines = [side + row + side for row in rows(qr_matrix(code))]
    empty = "0" * len(lines[0])
    lines = [empty] * border + lines + [empty] * border
    pixels = b"".join(_scanline(line, scale) * scale for line in lines)
    width = len(empty) * scale
    header = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _scanline(line: str, scale: int) -> bytes:
    """One row of pixels, 1 bit each, 1 for white, after its filter byte."""
    bits = "".join(("0" if module == "1" else "1") * scale for module in line)
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def qr_svg(matrix: bytes, title: str = "QR") -> str:
    """An SVG element for a page: black on white whatever the theme, quiet zone included, `title` read aloud."""
    side = matrix_size(matrix) + 2 * QUIET
    path = "".join(_strokes(row, number + QUIET) for number, row in enumerate(rows(matrix)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        f'<title>{escape(title)}</title><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def _strokes(row: str, top: int) -> str:
    """The dark runs of one row as rectangles of a path."""
    path, column = "", 0
    while (column := row.find("1", column)) >= 0:
        end = row.find("0", column)
        end = len(row) if end < 0 else end
        path += f"M{column + QUIET} {top}h{end - column}v1h-{end - column}z"
        column = end
    return path
