"""What a printed file says: the codes a camera reads, and the words."""

import pypdfium2
import zxingcpp


def codes_in(pdf: bytes, scale: float = 3) -> list[str]:
    """The texts of all QR codes, page by page, from its pictures."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=scale, grayscale=True)
        pixels = memoryview(bytes(picture.buffer)).cast("B", (picture.height, picture.stride))
        found += [code.text for code in zxingcpp.read_barcodes(pixels)]
    return found


def words_in(pdf: bytes) -> str:
    """All its text, without the breaks the drawing allows inside long words."""
    pages = pypdfium2.PdfDocument(pdf)
    told = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(told.replace("\u200b", "").replace("\x02", "").split())
