"""From lines to people: what is taken, what is passed over, what is rejected and why."""

import pytest

from app.guest_list import REASONS, GuestList, GuestRow, read_guest_list


def read(text: str, **options: dict[str, str]) -> GuestList:
    return read_guest_list(text.encode(), "invites.csv", **options)


def test_a_complete_row() -> None:
    found = read(
        "Civilité;Prénom;Nom;Nom (écriture d'origine);Fonction 1;Fonction 2;"
        "Structure;Mél;Portable;Collège;Langue;Pays;Régime\n"
        "M.;Oleksandr;SHCHERBAK;Олександр ЩЕРБАК;Maire;Président;"
        "Ovroutch;O.S@Example.ORG;+380 67 000;Étrangers;ukrainien;Ukraine;x\n"
    )
    assert found.rejected == []
    assert found.rows == [
        GuestRow(
            number=2,
            civility="M",
            given_name="Oleksandr",
            family_name="SHCHERBAK",
            native_name="Олександр ЩЕРБАК",
            qualities=("Maire", "Président"),
            organisation="Ovroutch",
            email="O.S@example.org",
            phone="+380 67 000",
            category="Étrangers",
            language="uk",
            country="UA",
            extra={"Régime": "x"},
        )
    ]
    assert found.mapping["Portable"] == "phone"
    assert "Régime" not in found.mapping
    assert GuestRow.from_json(found.rows[0].as_json()) == found.rows[0]


@pytest.mark.parametrize(
    "cell", ["Maire ; Président", "Maire / Président", "- Maire\n- Président", "1) Maire\n2) Président"]
)
def test_several_functions_in_one_cell_keep_their_order(cell: str) -> None:
    found = read(f'Nom;Prénom;Fonction\nQUERNEZ;Michaël;"{cell}"\n')
    assert found.rows[0].qualities == ("Maire", "Président")


def test_whole_names_follow_the_capitals_of_their_neighbours() -> None:
    found = read("Nom complet\nDELAFOSSE Michaël\nIMBS Pia\nLaurent Philippe\nMme CHOLÉ Frédérique\n")
    assert [(row.civility, row.given_name, row.family_name) for row in found.rows] == [
        ("", "Michaël", "DELAFOSSE"),
        ("", "Pia", "IMBS"),
        ("", "Philippe", "Laurent"),
        ("Mme", "Frédérique", "CHOLÉ"),
    ]


def test_a_function_behind_the_name_and_a_civility_with_an_office() -> None:
    found = read(
        "Civilité;Nom et prénom\nMme la Présidente;Pia IMBS, présidente de l’Eurométropole\n;LAURENT, Philippe\n"
    )
    imbs, laurent = found.rows
    assert (imbs.civility, imbs.family_name, imbs.given_name) == ("Mme", "IMBS", "Pia")
    assert (imbs.qualities, imbs.extra) == (("présidente de l’Eurométropole",), {"Civilité": "Mme la Présidente"})
    assert (laurent.family_name, laurent.given_name) == ("LAURENT", "Philippe")


def test_names_are_kept_as_typed_in_nfc() -> None:
    found = read("Nom;Prénom\n de  la\u00a0Tour ;Miche\u0301le\n")
    assert (found.rows[0].family_name, found.rows[0].given_name) == ("de la Tour", "Mich\u00e9le")


def test_blank_lines_totals_and_repeated_headers_are_passed_over() -> None:
    found = read("Nom;Prénom;Mél\nA;B;\n\nNom;Prénom;Mél\nC;D;\nTotal;;2\nTotal général : 2;;\n")
    assert [row.number for row in found.rows] == [2, 5]
    assert found.rejected == []


def test_headings_and_notes_are_rejected_with_their_number() -> None:
    found = read("Nom;Prénom;Mél\nSénateurs;;\nA;B;a@example.org\nC;D;c@example.org\n;;Liste arrêtée au 3 novembre\n")
    assert [row.number for row in found.rows] == [3, 4]
    assert found.rejected == [(2, "heading_or_note", ""), (5, "heading_or_note", "")]


def test_a_person_called_total_stays() -> None:
    found = read("Nom;Prénom;Mél\nTotal;Anne;anne@example.org\n")
    assert [row.family_name for row in found.rows] == ["Total"]


def test_rows_without_name_or_with_broken_address_are_rejected() -> None:
    found = read("Nom;Prénom;Mél;Fonction\n;;a@example.org;Maire\n—;;b@example.org;x\nA;B;sans arobase;\nC;D;c@d;\n")
    assert found.rows == []
    assert found.rejected == [(2, "no_name", ""), (3, "no_name", ""), (4, "bad_email", "Mél"), (5, "bad_email", "Mél")]
    assert {code for _, code, _ in found.rejected} <= REASONS.keys()


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("Pia Imbs <p.imbs@example.org>", "p.imbs@example.org"),
        ("mailto:p@example.org", "p@example.org"),
        ("p@example.org, q@example.org", "p@example.org"),
    ],
)
def test_the_first_address_of_a_cell_is_taken(cell: str, email: str) -> None:
    row = read(f'Nom;Prénom;Mél\nIMBS;Pia;"{cell}"\n').rows[0]
    assert row.email == email
    assert row.extra == ({"Mél (2)": "q@example.org"} if "q@" in cell else {})


def test_one_mailbox_may_serve_five_people() -> None:
    lines = "".join(f"Élu{n};P{n};cabinet@ville.example\n" for n in range(5))
    found = read("Nom;Prénom;Mél\n" + lines)
    assert len(found.rows) == 5


def test_second_columns_and_unknown_words_are_kept() -> None:
    row = read(
        "Nom;Prénom;Tél;Portable;Langue;Pays;Civilité\nA;B;0102030405;0602030405;klingon;Atlantide;S.E.M.\n"
    ).rows[0]
    assert (row.phone, row.language, row.country, row.civility) == ("0102030405", "", "", "")
    assert row.extra == {"Portable": "0602030405", "Langue": "klingon", "Pays": "Atlantide", "Civilité": "S.E.M."}


def test_names_in_other_alphabets() -> None:
    found = read("Nom;Prénom\nЩЕРБАК;Олександр\nعبد الرحمن;محمد\n")
    assert (found.rows[0].family_name, found.rows[0].native_name) == ("SHCHERBAK", "Олександр ЩЕРБАК")
    assert found.rejected == [(3, "no_latin_name", "")]


def test_a_formula_and_its_disarmed_copy_are_text() -> None:
    found = read("Nom;Prénom;Fonction;Tél\n=1+1 A;B;'=HYPERLINK(1);'+33 1 02\n")
    assert found.rows[0].qualities == ("=HYPERLINK(1)",)
    assert (found.rows[0].family_name, found.rows[0].phone) == ("=1+1 A", "+33 1 02")


def test_what_is_too_long_is_rejected_not_cut() -> None:
    found = read(f"Nom;Prénom;Fonction\n{'x' * 121};B;\n{'x' * 120};B;\nC;D;{'y' * 301}\n")
    assert [row.number for row in found.rows] == [3]
    assert found.rejected == [(2, "too_long", "Nom"), (4, "too_long", "Fonction")]


def test_a_person_may_decide_what_a_column_holds() -> None:
    found = read("Nom;Prénom;Corps\nA;B;Préfet\n", mapping={"Corps": "qualities"})
    assert found.rows[0].qualities == ("Préfet",)


def test_homonyms_stay_two() -> None:
    found = read("Nom;Prénom;Structure\nLAURENT;Philippe;Sceaux\nLAURENT;Philippe;CC du Val\n")
    assert [row.organisation for row in found.rows] == ["Sceaux", "CC du Val"]
