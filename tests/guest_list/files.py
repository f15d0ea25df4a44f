"""Workbooks made for the tests of reading."""

import io
import zipfile

import openpyxl

FRENCH = """Nom;Prénom;Fonction;Mél
QUERNEZ;Michaël;Maire de Plœuc-L’Hermitage, élu;a@example.org
CHOLÉ;Frédéric;Délégué;
"""


def workbook(*rows: list[object], sheets: dict[str, list[list[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Feuille"
    for row in rows:
        book.active.append(row)
    for title, lines in (sheets or {}).items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Invités">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
    return saved.getvalue()


def ods_row(*cells: str, more: str = "", repeat: str = "") -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"{more}><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row{repeat}>{inner}</table:table-row>"
