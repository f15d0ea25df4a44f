"""Header lines in French and English, in any order and spelling."""

import pytest

from app.guest_list.headers import find_field, find_layout, header_score


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Courriel", "email"),
        ("Mél.", "email"),
        ("E-mail *", "email"),
        ("Adresse électronique (obligatoire)", "email"),
        ("Collectivité", "organisation"),
        ("Organisme / Institution", "organisation"),
        ("Structure", "organisation"),
        ("Fonction 1", "qualities"),
        ("Fonction2", "qualities"),
        ("Fonction(s)", "qualities"),
        ("Qualité", "qualities"),
        ("Job title", "qualities"),
        ("Nom Prénom", "family_first"),
        ("NOM, Prénom", "family_first"),
        ("Nom / Prénom", "family_first"),
        ("Last, First", "family_first"),
        ("Prénom et NOM", "given_first"),
        ("First name / Last name", "given_first"),
        ("Prénom(s)", "given_name"),
        ("Nom de famille", "family_name"),
        ("Nom (écriture d’origine)", "native_name"),
        ("Native-script name", "native_name"),
        ("Tél.", "phone"),
        ("N° de téléphone", "phone"),
        ("Collège", "category"),
        ("Langue", "language"),
        ("Pays / Country", "country"),
        ("Civilité", "civility"),
        ("Title", "title"),
        ("Régime alimentaire", ""),
        ("Courriel ou téléphone", ""),
        ("", ""),
    ],
)
def test_titles(title: str, field: str) -> None:
    assert find_field(title) == field


def test_the_header_line_is_found_under_titles() -> None:
    rows = [["Invités — Nom du projet"], [], ["Nom", "Prénom", "Mél"], ["IMBS", "Pia", ""]]
    assert header_score(rows) == 3
    layout = find_layout(rows)
    assert layout is not None
    assert (layout.header, layout.fields) == (2, ("family_name", "given_name", "email"))


def test_a_list_without_names_of_columns_has_no_layout() -> None:
    rows = [["IMBS", "Pia", "pia@example.org"], ["QUERNEZ", "Michaël", ""]]
    assert header_score(rows) == 0
    assert find_layout(rows) is None


def test_title_is_a_civility_or_a_function_as_its_cells_tell() -> None:
    civil = find_layout([["Title", "First name", "Last name"], ["Mr", "A", "B"], ["Ms", "C", "D"]])
    office = find_layout([["Title", "First name", "Last name"], ["Mayor", "A", "B"], ["", "C", "D"]])
    assert civil is not None
    assert office is not None
    assert (civil.fields[0], office.fields[0]) == ("civility", "qualities")


def test_a_lone_name_column_holds_whole_names() -> None:
    layout = find_layout([["Nom", "Ville"], ["Pia IMBS", "Strasbourg"]])
    assert layout is not None
    assert layout.fields == ("full_name", "")
    layout = find_layout([["Name", "Organisation"], ["Pia IMBS", "Strasbourg"]])
    assert layout is not None
    assert layout.fields == ("full_name", "organisation")


def test_titles_are_told_apart_and_a_person_may_decide() -> None:
    rows = [["Nom", "Prénom", "Note", "Note", ""], ["A", "B", "x", "y", "z"]]
    layout = find_layout(rows, {"Note (2)": "category", "Prénom": "given_name"})
    assert layout is not None
    assert layout.titles == ("Nom", "Prénom", "Note", "Note (2)", "E")
    assert layout.fields == ("family_name", "given_name", "", "category", "")
