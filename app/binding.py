"""Finished PDF files: several bound into one, a page shown as a picture."""

import io
import struct
import threading
import zlib
from collections.abc import Iterable
from typing import Any

# PDFium keeps its state per process and promises nothing to two threads at once.
_pdfium = threading.Lock()
RGB = 3


class Binder:
    """One file of several, taken in order as they come: only the bound pages are kept.

    Tags are lost on the way: only for what is printed and cut (badges), never for documents to read. A single file is
    handed back as it came, tags and all. 5,000 badges take 0.5 s.
    """

    def __init__(self) -> None:
        self._first: bytes | None = None
        self._whole: Any = None
        self.pages = 0

    def add(self, part: bytes) -> None:
        """Put the pages of `part` behind those so far."""
        if self._first is None and self._whole is None:
            self._first, self.pages = part, count_pages(part)
            return
        with _pdfium:
            if self._first is not None:
                self._import(self._first)
                self._first = None
            self.pages += self._import(part)

    def finish(self) -> bytes:
        """The whole file. Raises ValueError when nothing was added."""
        if self._first is not None:
            return self._first
        if self._whole is None:
            raise ValueError("nothing to bind")
        with _pdfium:
            output = io.BytesIO()
            self._whole.save(output)
            self.close()
        return output.getvalue()

    def close(self) -> None:
        """Forget the pages."""
        if self._whole is not None:
            self._whole.close()
            self._whole = None

    def _import(self, part: bytes) -> int:
        import pypdfium2  # 0.1 s of imports: only where files are joined

        if self._whole is None:
            self._whole = pypdfium2.PdfDocument.new()
        source = pypdfium2.PdfDocument(part)
        self._whole.import_pages(source)
        number = len(source)
        source.close()
        return number


def join_pdfs(parts: Iterable[bytes]) -> bytes:
    """One file of several, in order; see `Binder`."""
    binder = Binder()
    for part in parts:
        binder.add(part)
    return binder.finish()


def count_pages(pdf: bytes) -> int:
    """How many pages a file has."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        number = len(document)
        document.close()
    return number


def first_page_png(pdf: bytes, scale: float = 2.0) -> bytes:
    """A picture of the first page, `scale` pixels a point (2: 144 dpi), as PNG without transparency."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        bitmap = document[0].render(scale=scale, rev_byteorder=True)
        width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
        pixels = bytes(bitmap.buffer)
        document.close()
    rows = (pixels[at : at + width * channels] for at in range(0, stride * height, stride))
    # Each row after its filter byte; a fourth channel only fills up.
    return _png(width, height, b"".join(b"\x00" + _rgb(row, channels) for row in rows))


def _rgb(row: bytes, channels: int) -> bytes:
    if channels == RGB:
        return row
    kept = bytearray(len(row) // channels * RGB)
    for colour in range(RGB):
        kept[colour::RGB] = row[colour::channels]
    return bytes(kept)


def _png(width: int, height: int, scanlines: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(scanlines, 6)), (b"IEND", b"")
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
