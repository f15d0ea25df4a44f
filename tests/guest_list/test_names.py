"""Whole names cut in two, letters untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guest_list.names import (
    FAMILY_FIRST,
    GIVEN_FIRST,
    find_civility,
    find_latin_spelling,
    is_latin,
    split_name,
    take_civility,
    told_order,
)


@pytest.mark.parametrize(
    ("text", "given_name", "family_name"),
    [
        ("DELAFOSSE Michaël", "Michaël", "DELAFOSSE"),
        ("Michaël DELAFOSSE", "Michaël", "DELAFOSSE"),
        ("de CIDRAC Marta", "Marta", "de CIDRAC"),
        ("Marta de CIDRAC", "Marta", "de CIDRAC"),
        ("BEN LAHOUCINE Tony", "Tony", "BEN LAHOUCINE"),
        ("IMBS, Pia", "Pia", "IMBS"),
        ("de Cidrac, Marta", "Marta", "de Cidrac"),
        ("Jean-François RAPIN", "Jean-François", "RAPIN"),
        ("Anne-Marie LE PELLETIER-ROY", "Anne-Marie", "LE PELLETIER-ROY"),
        ("d’ORNANO Claire", "Claire", "d’ORNANO"),
        ("Ian MacLEOD", "Ian", "MacLEOD"),
        ("J.-M. DUPONT", "J.-M.", "DUPONT"),
        ("Олександр ЩЕРБАК", "Олександр", "ЩЕРБАК"),
        ("Pia Imbs", "Pia", "Imbs"),
        ("Tony Ben Lahoucine", "Tony", "Ben Lahoucine"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("محمد عبد الرحمن", "محمد", "عبد الرحمن"),
        ("Suharto", "", "Suharto"),
        ("  Pia   IMBS ", "Pia", "IMBS"),
    ],
)
def test_split(text: str, given_name: str, family_name: str) -> None:
    assert split_name(text) == (given_name, family_name)


@pytest.mark.parametrize(
    ("text", "given_name", "family_name"),
    [
        ("Imbs Pia", "Pia", "Imbs"),
        ("DE CIDRAC MARTA", "MARTA", "DE CIDRAC"),
        ("Laurent Philippe Marie", "Philippe Marie", "Laurent"),
        ("Michaël DELAFOSSE", "Michaël", "DELAFOSSE"),
    ],
)
def test_split_when_the_column_says_family_name_first(text: str, given_name: str, family_name: str) -> None:
    assert split_name(text, FAMILY_FIRST) == (given_name, family_name)


@given(st.text(min_size=1, max_size=40), st.sampled_from([FAMILY_FIRST, GIVEN_FIRST]))
def test_no_letter_is_lost(text: str, order: str) -> None:
    name = split_name(text, order)
    assert sorted(c for c in "".join(name) if c.isalnum()) == sorted(c for c in text if c.isalnum())


def test_capitals_tell_the_order() -> None:
    assert told_order("IMBS Pia") == FAMILY_FIRST
    assert told_order("Pia IMBS") == GIVEN_FIRST
    assert told_order("Pia Imbs") is None


@pytest.mark.parametrize(
    ("text", "civility", "name"),
    [
        ("Mme Pia IMBS", "Mme", "Pia IMBS"),
        ("M. Philippe LAURENT", "M", "Philippe LAURENT"),
        ("Ms Jane Roe", "Mme", "Jane Roe"),
        ("IMBS Pia (Mme)", "Mme", "IMBS Pia"),
        ("Pia IMBS", "", "Pia IMBS"),
        ("Mme", "", "Mme"),
    ],
)
def test_civility_is_taken_off_a_name(text: str, civility: str, name: str) -> None:
    assert take_civility(text) == (civility, name)


def test_only_usual_civilities_are_known() -> None:
    assert find_civility(" Madame ") == "Mme"
    assert find_civility("MR") == "M"
    assert find_civility("S.E.M.") is None


def test_scripts() -> None:
    assert is_latin("Łódź Plœuc-L’Hermitage Nguyễn")
    assert not is_latin("Щербак")
    assert find_latin_spelling("ЩЕРБАК") == "SHCHERBAK"
    assert find_latin_spelling("Зеленський") == "Zelenskiy"
    assert find_latin_spelling("محمد") is None
    assert find_latin_spelling("王小明") is None
