"""Exported lists, opened by the programs that will open them."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from app.guest_list import read_guest_list
from app.tables import cell_words, csv_bytes, xlsx_bytes

MADE_AT = datetime(2025, 11, 14, 9, 5, tzinfo=UTC)
COLUMNS = ["Nom", "Prénom", "Fonctions", "Téléphone", "Places", "Présent"]
ROWS = [
    ["IMBS", "Pia", ["Présidente de l’Eurométropole", "Élue"], "+33 3 00 00 00 00", 2, True],
    ["ЩЕРБАК", "=1+1", (), "0102030405", 1.5, None],
    ["@SUM(A1)", "-2+3", None, '=HYPERLINK("http://x.example")', -5, False],
]


def workbook(rows: object = ROWS, title: str = "Assises : liste") -> bytes:
    return xlsx_bytes(COLUMNS, rows, title=title, made_by="Anne & Cie", made_at=MADE_AT)  # type: ignore[arg-type] # odd rows on purpose


def test_french_csv_opens_in_french_excel() -> None:
    data = csv_bytes(COLUMNS, ROWS, "fr")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines == [
        COLUMNS,
        ["IMBS", "Pia", "Présidente de l’Eurométropole ; Élue", "+33 3 00 00 00 00", "2", "oui"],
        ["ЩЕРБАК", "'=1+1", "", "0102030405", "1,5", ""],
        ["'@SUM(A1)", "'-2+3", "", '\'=HYPERLINK("http://x.example")', "-5", "non"],
    ]


def test_english_csv_uses_commas_and_points() -> None:
    lines = csv_bytes(COLUMNS, ROWS, "en").decode("utf-8-sig").split("\r\n")
    assert lines[2].startswith("ЩЕРБАК,'=1+1,,0102030405,1.5,")
    assert lines[1].endswith(",yes")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (date(2025, 11, 18), "2025-11-18"),
        (MADE_AT, "2025-11-14 09:05+00:00"),
        (Decimal("1.50"), "1,50"),
        (["A", "", None, "B"], "A ; B"),
        (False, "non"),
        ("0612", "0612"),
    ],
)
def test_cell_words(value: object, words: str) -> None:
    assert cell_words(value) == words


def test_openpyxl_opens_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    sheet = book.active
    assert sheet.title == "Assises   liste"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert [cell.value for cell in sheet[3]] == ["ЩЕРБАК", "=1+1", None, "0102030405", 1.5, None]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert sheet["D2"].value == "+33 3 00 00 00 00"
    assert sheet["D4"].hyperlink is None
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["A"].width
    assert sheet.oddFooter.left.text == "Anne && Cie – 2025-11-14 09:05 UTC"
    assert book.properties.creator == "Anne & Cie"
    assert book.properties.title == "Assises : liste"


def test_calamine_opens_the_workbook() -> None:
    sheet = python_calamine.load_workbook(io.BytesIO(workbook())).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == COLUMNS
    assert rows[1] == ["IMBS", "Pia", "Présidente de l’Eurométropole ; Élue", "+33 3 00 00 00 00", 2.0, "oui"]


@pytest.mark.parametrize("title", ["", "[a]:*?/\\", "'x'", "é" * 60])
def test_any_title_names_a_sheet(title: str) -> None:
    assert openpyxl.load_workbook(io.BytesIO(workbook(title=title))).sheetnames[0].strip()


def test_rows_may_be_a_generator_and_there_may_be_none() -> None:
    many = ([f"Nom {n}", "x", None, "", n, None] for n in range(1000))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(many))).active
    assert (sheet.max_row, sheet["A1001"].value) == (1001, "Nom 999")
    assert openpyxl.load_workbook(io.BytesIO(workbook(iter(())))).active.max_row == 1


def test_a_cell_longer_than_excel_holds_is_kept_up_to_its_limit() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([["x" * 40_000]]))).active
    assert len(sheet["A2"].value) == 32_767


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), min_size=1, max_size=4))
def test_every_text_survives_the_workbook(texts: list[str]) -> None:
    sheet = python_calamine.load_workbook(
        io.BytesIO(xlsx_bytes(["a"] * len(texts), [texts], title="t", made_by="m", made_at=MADE_AT))
    ).get_sheet_by_index(0)
    assert [str(cell) for cell in sheet.to_python()[1]] == texts


def test_what_we_export_we_read_back() -> None:
    for data, name in ((csv_bytes(COLUMNS, ROWS, "fr"), "x.csv"), (workbook(), "x.xlsx")):
        found = read_guest_list(data, name)
        assert found.rows[0].qualities == ("Présidente de l’Eurométropole", "Élue")
        assert [row.phone for row in found.rows][:2] == ["+33 3 00 00 00 00", "0102030405"]
        assert found.rows[1].given_name == "=1+1"
