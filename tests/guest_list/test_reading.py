"""Files of every kind: encodings, separators, workbooks, and what is refused unopened."""

import contextlib
import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refusal
from app.guest_list import (
    ListTooLarge,
    MacroFile,
    NoHeaderFound,
    UnclosedQuote,
    UnreadableList,
    WrongKindOfFile,
    archives,
    read_guest_list,
    reading,
)
from app.guest_list.refusals import EmptyList, LockedFile

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


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings(encoding: str, told: str) -> None:
    found = read_guest_list(FRENCH.encode(encoding), "invites.csv")
    assert found.encoding == told
    assert [(row.given_name, row.family_name) for row in found.rows] == [
        ("Michaël", "QUERNEZ"),
        ("Frédéric", "CHOLÉ"),
    ]
    assert found.rows[0].qualities == ("Maire de Plœuc-L’Hermitage, élu",)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    written = io.StringIO(newline="")
    rows = [
        ["Nom", "Prénom", "Fonction"],
        ["IMBS", "Pia", "Présidente ; Maire, ancienne"],
        ["X", "Y", ""],
    ]
    csv.writer(written, delimiter=separator, lineterminator=end).writerows(rows)
    found = read_guest_list(written.getvalue().encode(), "invites.tsv")
    assert found.separator == separator
    assert found.rows[0].qualities == ("Présidente", "Maire, ancienne")
    assert len(found.rows) == 2


def test_excels_own_separator_line_is_not_a_row() -> None:
    found = read_guest_list("sep=,\r\nNom,Prénom\r\nIMBS,Pia\r\n".encode(), "x.csv")
    assert (found.header_row, found.rows[0].number, found.separator) == (1, 2, ",")


def test_a_row_keeps_the_number_that_excel_shows() -> None:
    text = 'Liste;\n\nNom;Fonction\n"IMBS Pia";"Présidente\nMaire"\n\nX Y;Z\n'
    found = read_guest_list(text.encode(), "x.csv")
    assert (found.header_row, [row.number for row in found.rows]) == (3, [4, 6])


def test_xlsx_with_title_sheets_and_numbers() -> None:
    data = workbook(
        ["Lisez-moi"],
        sheets={
            "Invités": [
                ["Assises, liste du cabinet"],
                [],
                ["Nom", "Prénom", "Code postal", "Téléphone", "Courriel", "Note"],
                ["IMBS", "Pia", 67000.0, "+33 3 00 00 00 00", "p@example.org", "=1+1"],
                ["QUERNEZ", "Michaël", 29300, 298961234, None, 12.5],
            ]
        },
    )
    found = read_guest_list(data, "invites.xlsx")
    assert (found.sheet, found.header_row) == ("Invités", 3)
    imbs, quernez = found.rows
    assert (imbs.number, imbs.phone, imbs.extra["Code postal"]) == (4, "+33 3 00 00 00 00", "67000")
    assert (quernez.phone, quernez.extra) == (
        "0298961234",
        {"Code postal": "29300", "Note": "12.5"},
    )


def test_a_merged_cell_speaks_for_all_its_rows() -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Structure", "Nom", "Prénom"],
        ["AFCCRE", "A", "B"],
        [None, "C", "D"],
        [None, "E", "F"],
    ):
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    saved = io.BytesIO()
    book.save(saved)
    found = read_guest_list(saved.getvalue(), "x.xlsx")
    assert [row.organisation for row in found.rows] == ["AFCCRE"] * 3


def test_xls_of_1997() -> None:
    found = read_guest_list((Path(__file__).parent / "invites.xls").read_bytes(), "invites.xls")
    assert [row.family_name for row in found.rows] == ["IMBS", "QUERNEZ"]
    assert found.rows[1].qualities == (
        "Maire de Quimperlé",
        "Premier Vice-président de la région Bretagne",
    )
    assert [row.phone for row in found.rows] == ["0102030405", "0298961234"]
    assert found.rows[0].extra == {"Code postal": "67000"}


def test_ods() -> None:
    found = read_guest_list(ods(ods_row("Nom", "Prénom") + ods_row("IMBS", "Pia")), "invites.ods")
    assert [(row.number, row.family_name) for row in found.rows] == [(2, "IMBS")]


def test_the_first_bytes_decide_whatever_the_extension_says() -> None:
    assert read_guest_list(workbook(["Nom", "Prénom"], ["IMBS", "Pia"]), "invites.csv").rows
    assert read_guest_list(FRENCH.encode(), "invites.xlsx").rows


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"<html><table><tr><td>Nom", b"\0\1\2\3\4" * 40],
)
def test_other_kinds_are_refused(data: bytes) -> None:
    with pytest.raises(WrongKindOfFile):
        read_guest_list(data, "invites.xls")


def zipped(**entries: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return saved.getvalue()


def test_a_word_document_is_refused() -> None:
    with pytest.raises(WrongKindOfFile):
        read_guest_list(zipped(**{"word__document.xml": b"<w/>"}), "lettre.docx")


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    saved = io.BytesIO(data)
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return saved.getvalue()


def test_macros_are_refused() -> None:
    data = with_entry(workbook(["Nom"], ["IMBS"]), "xl/vbaProject.bin", b"x")
    with pytest.raises(MacroFile):
        read_guest_list(data, "invites.xlsx")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")
    with pytest.raises(MacroFile):
        read_guest_list(ole, "invites.xls")


def test_a_locked_workbook_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(LockedFile):
        read_guest_list(ole, "invites.xlsx")


def test_a_zip_bomb_is_refused_unopened() -> None:
    data = with_entry(workbook(["Nom"], ["IMBS"]), "xl/worksheets/sheet9.xml", b" " * 30_000_000)
    with pytest.raises(ListTooLarge):
        read_guest_list(data, "invites.xlsx")


def test_a_zip_that_lies_about_its_size_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_entry(workbook(["Nom"], ["IMBS"]), "xl/media/a.bin", bytes(range(256)) * 16_000)
    claimed = (256 * 16_000).to_bytes(4, "little")
    monkeypatch.setattr(archives, "MOST_UNPACKED", 2_000_000)
    with pytest.raises(ListTooLarge):
        read_guest_list(data.replace(claimed, (100).to_bytes(4, "little")), "invites.xlsx")


def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Nom", "x"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(ListTooLarge):
        read_guest_list(saved.getvalue(), "invites.xlsx")


def test_repeated_cells_of_an_ods_are_counted() -> None:
    many = ' table:number-columns-repeated="16384"'
    rows = ods_row("Nom") + ods_row("IMBS", more=many, repeat=' table:number-rows-repeated="1048576"')
    with pytest.raises(ListTooLarge):
        read_guest_list(ods(rows), "invites.ods")


def test_several_sheets_are_measured_together(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [["x"] * 10 for _ in range(10)]
    data = workbook(["Nom"], ["IMBS"], sheets={f"S{n}": lines for n in range(5)})
    monkeypatch.setattr(archives, "MOST_CELLS", 499)
    with pytest.raises(ListTooLarge):
        read_guest_list(data, "invites.xlsx")


def test_a_quotation_mark_inside_a_cell_does_no_harm() -> None:
    found = read_guest_list(b'Nom;Structure\nX Y;"ACME" Ltd\n', "x.csv")
    assert found.rows[0].organisation == "ACME Ltd"


def test_a_quotation_mark_never_closed_says_where() -> None:
    with pytest.raises(UnclosedQuote) as refused:
        read_guest_list(b'Nom;Note\nIMBS;x\nQUERNEZ;"never closed\nY;x\n', "x.csv")
    assert "3" in refused.value.sentence


def test_too_many_bytes_and_rows() -> None:
    with pytest.raises(ListTooLarge):
        read_guest_list(b"Nom\n" + b"x" * (20 * 1024 * 1024), "x.csv")
    with pytest.raises(ListTooLarge):
        read_guest_list(b"Nom\n" + b"x\n" * 100_001, "x.csv")


@pytest.mark.parametrize(
    "data",
    [
        b'Nom;Note\nIMBS;"never closed\nQUERNEZ;x\n',
        b"PK\x03\x04 not a zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook",
        b"\xff\xfeN\0o\0m",
    ],
)
def test_what_cannot_be_read_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableList):
        read_guest_list(data, "invites.csv")


def test_damaged_workbooks_never_raise_anything_but_refusals() -> None:
    whole = workbook(["Nom", "Prénom"], ["IMBS", "Pia"])
    for cut in range(4, len(whole), 97):
        with pytest.raises((UnreadableList, WrongKindOfFile)):
            read_guest_list(whole[:cut], "invites.xlsx")


def test_a_workbook_that_kills_its_reader_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "worker.py"
    script.write_text("import os, sys\nsys.stdin.buffer.read()\nos.abort()\n")
    monkeypatch.setattr(reading, "_WORKER", script)
    with pytest.raises(UnreadableList):
        read_guest_list(workbook(["Nom"], ["IMBS"]), "invites.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_give_a_list_or_a_refusal(data: bytes) -> None:
    for content in (data, b"Nom;Prenom\n" + data):
        with contextlib.suppress(Refusal):  # every refusal has a sentence: test_refusals
            assert read_guest_list(content, "x.csv").columns is not None


@pytest.mark.parametrize("data", [b"", b"\n\n ; ; \n", workbook()])
def test_empty(data: bytes) -> None:
    with pytest.raises(EmptyList):
        read_guest_list(data, "x.csv")


def test_a_list_without_header_line_says_what_was_seen() -> None:
    with pytest.raises(NoHeaderFound) as refused:
        read_guest_list(b"IMBS;Pia;pia@example.org\n", "x.csv")
    assert "IMBS, Pia" in refused.value.sentence
