"""Files of every kind: encodings, separators, workbooks, and what is refused unopened."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from app.guest_list import read_guest_list
from tests.guest_list.files import FRENCH, ods, ods_row, workbook


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
    assert [(row.given_name, row.family_name) for row in found.rows] == [("Michaël", "QUERNEZ"), ("Frédéric", "CHOLÉ")]
    assert found.rows[0].qualities == ("Maire de Plœuc-L’Hermitage, élu",)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    written = io.StringIO(newline="")
    rows = [["Nom", "Prénom", "Fonction"], ["IMBS", "Pia", "Présidente ; Maire, ancienne"], ["X", "Y", ""]]
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
    assert (quernez.phone, quernez.extra) == ("0298961234", {"Code postal": "29300", "Note": "12.5"})


def test_a_merged_cell_speaks_for_all_its_rows() -> None:
    book = openpyxl.Workbook()
    for row in (["Structure", "Nom", "Prénom"], ["AFCCRE", "A", "B"], [None, "C", "D"], [None, "E", "F"]):
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    saved = io.BytesIO()
    book.save(saved)
    found = read_guest_list(saved.getvalue(), "x.xlsx")
    assert [row.organisation for row in found.rows] == ["AFCCRE"] * 3


def test_xls_of_1997() -> None:
    found = read_guest_list((Path(__file__).parent / "invites.xls").read_bytes(), "invites.xls")
    assert [row.family_name for row in found.rows] == ["IMBS", "QUERNEZ"]
    assert found.rows[1].qualities == ("Maire de Quimperlé", "Premier Vice-président de la région Bretagne")
    assert [row.phone for row in found.rows] == ["0102030405", "0298961234"]
    assert found.rows[0].extra == {"Code postal": "67000"}


def test_ods() -> None:
    found = read_guest_list(ods(ods_row("Nom", "Prénom") + ods_row("IMBS", "Pia")), "invites.ods")
    assert [(row.number, row.family_name) for row in found.rows] == [(2, "IMBS")]


def test_the_first_bytes_decide_whatever_the_extension_says() -> None:
    assert read_guest_list(workbook(["Nom", "Prénom"], ["IMBS", "Pia"]), "invites.csv").rows
    assert read_guest_list(FRENCH.encode(), "invites.xlsx").rows
