"""Forms of address (domain 2.5 and 2.24)."""

import pytest

from app.directory.protocol import address_for, courtesy_title


@pytest.mark.parametrize(
    ("civility", "quality", "appel", "consideration"),
    [
        ("Mme", "Présidente de l’Eurométropole de Strasbourg", "Madame la Présidente", "haute considération"),
        ("M", "Maire de Sceaux", "Monsieur le Maire", "haute considération"),
        ("M", "Premier Vice-président de région", "Monsieur le Vice-président", "haute considération"),
        ("Mme", "1re vice-présidente", "Madame la Vice-présidente", "haute considération"),
        ("Mme", "Ancienne ministre", "Madame la Ministre", "très haute considération"),
        ("M", "Premier ministre", "Monsieur le Premier ministre", "très haute considération"),
        ("M", "Ministre délégué chargé de l’Europe", "Monsieur le Ministre", "très haute considération"),
        ("Mme", "Sénatrice des Yvelines", "Madame la Sénatrice", "haute considération"),
        ("M", "Député", "Monsieur le Député", "haute considération"),
        ("Mme", "Ambassadrice de France", "Madame l’Ambassadrice", "haute considération"),
        ("M", "Chargé d’affaires", "Monsieur le Chargé d’affaires", "haute considération"),
        ("Mme", "Chargée de mission", "Madame", "considération distinguée"),
        ("Mme", "2e adjointe au maire", "Madame l’Adjointe au maire", "haute considération"),
        ("M", "", "Monsieur", "considération distinguée"),
        ("", "Maire de Sceaux", "Madame, Monsieur", "considération distinguée"),
    ],
)
def test_french_form_follows_the_quality(civility: str, quality: str, appel: str, consideration: str) -> None:
    address = address_for(civility, quality, "fr")

    assert (address.appel, address.consideration) == (appel, consideration)


@pytest.mark.parametrize(("civility", "appel"), [("M", "Dear Sir"), ("Mme", "Dear Madam"), ("", "Dear Madam or Sir")])
def test_english_form_follows_the_civility(civility: str, appel: str) -> None:
    assert address_for(civility, "Maire", "en").appel == appel


def test_an_unknown_civility_gets_no_title() -> None:
    assert courtesy_title("", "fr") == ""
    assert courtesy_title("Mme", "fr") == "Madame"
    assert courtesy_title("M", "en") == "Mr"
