"""Binding: several PDF files into one."""

import io
from collections.abc import Sequence


def join_pdfs(parts: Sequence[bytes]) -> bytes:
    """One file of several, in order (5,000 badges in 0.2 s).

    Tags are lost on the way: only for what is printed and cut (badges), never for documents to read.
    """
    if len(parts) == 1:
        return parts[0]
    import pypdfium2  # 0.1 s of imports: only where files are joined

    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        source = pypdfium2.PdfDocument(part)
        whole.import_pages(source)
        source.close()
    output = io.BytesIO()
    whole.save(output)
    whole.close()
    return output.getvalue()
