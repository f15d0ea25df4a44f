"""What a finished PDF says and how it is set, read back with PDFium; whether it keeps PDF/UA-1."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, where it begins and how it is set (points, from the top left)."""

    text: str
    left: float
    right: float
    top: float
    font: str
    size: float


def lines_of(pdf: bytes) -> list[Line]:
    """Every stretch of text of the first page: pieces on one height that nearly touch are one."""
    document = pypdfium2.PdfDocument(pdf)
    first = document[0]
    text, height = first.get_textpage(), first.get_height()
    found: list[Line] = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top).replace("\x02", "")
        index = text.get_index((left + right) / 2, (top + bottom) / 2, 6, 6)
        font, size = font_at(text, index) if index is not None else ("", 0.0)
        piece = Line(words, left, right, height - (top + bottom) / 2, font, size)
        last = found[-1] if found else None
        if last and abs(last.top - piece.top) < 7 and -1 < piece.left - last.right < 7:
            found[-1] = replace(last, text=f"{last.text.rstrip()} {words.strip()}", right=right)
        else:
            found.append(piece)
    document.close()
    return found


def font_at(text: Any, index: int) -> tuple[str, float]:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode(), pdfium.FPDFText_GetFontSize(text, index)


def has_bold(words: str, pdf: bytes) -> bool:
    """Whether these words of the first page are set in a bold face."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    everything = text.get_text_range()
    starts = [at for at in range(len(everything)) if " ".join(everything[at:].split()).startswith(words)][-1:]
    font = font_at(text, starts[0])[0] if starts else ""
    document.close()
    return "Semi" in font or "Bold" in font


def tags_of(pdf: bytes) -> list[str]:
    """The structure tags of the first page, in reading order."""
    document = pypdfium2.PdfDocument(pdf)
    tree = pdfium.FPDF_StructTree_GetForPage(document[0])
    found = [
        tag
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
        for tag in walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
    ]
    pdfium.FPDF_StructTree_Close(tree)
    document.close()
    return found


def walk(element: Any) -> Iterator[str]:
    if not element:
        return
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    yield buffer.raw.decode("utf-16-le").rstrip("\0")
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, at))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    told = "\n".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    return " ".join(re.sub("\x02\\s*", "", told).split())


def is_accessible(pdf: bytes, folder: Path) -> bool:
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    return bool(page.validate_pdf(str(path), profile="ua1").is_compliant)
