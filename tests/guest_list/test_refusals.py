"""Lists that cannot be taken in: each is refused in words, and none harms the server."""

import contextlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
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
from tests.guest_list.files import ods, ods_row, workbook


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"<html><table><tr><td>Nom", b"\0\1\2\3\4" * 40]
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


def test_a_workbook_that_kills_its_reader_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    script.write_text("import os, sys\nsys.stdin.buffer.read()\nos.abort()\n")
    monkeypatch.setattr(reading, "_WORKER", script)
    with pytest.raises(UnreadableList):
        read_guest_list(workbook(["Nom"], ["IMBS"]), "invites.xlsx")


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
