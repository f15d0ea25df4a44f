"""The order of precedence: décret 89-655, arts. 2, 3, 9, 13, 14; domain 2.3-2.4."""

from datetime import date

import pytest

from app.directory.functions import function_of
from app.directory.precedence import Decision, Guest, order_of_precedence


@pytest.mark.parametrize(
    ("quality", "kind", "function"),
    [
        ("Ministre de l’Europe et des Affaires étrangères", "", "minister"),
        ("Ministre délégué chargé de l’Europe", "", "minister"),
        ("Première ministre", "", "prime_minister"),
        ("Ancien Premier ministre", "", "former_prime_minister"),
        ("Ancienne ministre", "", "former_minister"),
        ("Président du Sénat", "", "president_of_the_senate"),
        ("Président de la commission des Affaires européennes du Sénat", "", "senator"),
        ("Président de la commission des affaires étrangères de l’Assemblée nationale", "", "deputy"),
        ("Sénateur du Pas-de-Calais", "", "senator"),
        ("Députée européenne", "", "member_of_the_european_parliament"),
        ("Député du Haut-Rhin", "", "deputy"),
        ("Préfète du Tarn", "", "prefect"),
        ("Sous-préfet de Castres", "", "prefectoral_corps"),
        ("Présidente de la région Occitanie", "", "region_president"),
        ("Présidente", "region", "region_president"),
        ("Premier Vice-président de la région Bretagne", "", "region_vice_president"),
        ("Vice-présidente", "department", "department_vice_president"),
        ("Président du département du Tarn", "", "department_president"),
        ("Présidente de l’Eurométropole de Strasbourg", "", "intercommunality_president"),
        ("Président de Montpellier Méditerranée Métropole", "", "intercommunality_president"),
        ("Maire de Quimperlé", "", "mayor"),
        ("Adjointe au maire de Cannes", "", "deputy_mayor"),
        ("2e adjoint au maire", "", "deputy_mayor"),
        ("Président de Cités Unies France", "", "association_president"),
        ("Secrétaire général de l’AFCCRE", "", "director"),
        ("Journaliste", "", ""),
    ],
)
def test_a_quality_names_a_function(quality: str, kind: str, function: str) -> None:
    assert function_of(quality, kind) == function


def guest(name: str, *qualities: str, **more: object) -> Guest:
    return Guest(name, name, qualities, **more)  # type: ignore[arg-type] # facts by name


def order(city: str, *guests: Guest, by_government: bool = False) -> list[str]:
    return [place.guest.name for place in order_of_precedence(guests, city=city, by_government=by_government)]


MINISTER = guest("Barrot", "Ministre de l’Europe et des Affaires étrangères")
DEPUTY = guest("Fuchs", "Député du Haut-Rhin", "Président de la commission des affaires étrangères")
SENATOR = guest("Rapin", "Président de la commission des Affaires européennes du Sénat", "Sénateur du Pas-de-Calais")
REGION = guest("Delga", "Présidente de la région Occitanie")
DEPARTMENT = guest("Ramond", "Président du département du Tarn")
METROPOLE = guest("Imbs", "Présidente de l’Eurométropole de Strasbourg")
MAYOR = guest("Quernez", "Maire de Quimperlé", "Secrétaire général de l’AFCCRE")
PREFECT = guest("Préfet", "Préfet du Finistère")


def test_in_paris_the_order_is_that_of_article_2() -> None:
    everyone = (MAYOR, METROPOLE, REGION, SENATOR, DEPUTY, MINISTER)
    assert order("Paris", *everyone) == ["Barrot", "Fuchs", "Rapin", "Delga", "Imbs", "Quernez"]


def test_elsewhere_the_prefect_comes_before_parliament_and_the_mayor_of_the_place_before_others() -> None:
    found = order("Quimperlé", METROPOLE, MAYOR, DEPARTMENT, REGION, SENATOR, DEPUTY, PREFECT)

    assert found == ["Préfet", "Fuchs", "Rapin", "Delga", "Ramond", "Quernez", "Imbs"]


def test_every_place_says_where_it_comes_from() -> None:
    places = order_of_precedence([DEPUTY, METROPOLE, guest("Anonyme", "Journaliste")], city="Paris")

    assert "12" in places[0].source
    assert "18" in places[1].source
    assert len({place.source for place in places}) == 3


def test_a_national_mandate_prevails_over_a_local_one() -> None:
    both = guest("Cumul", "Maire de Vitré", "Sénatrice")
    assert order("Rennes", REGION, both) == ["Cumul", "Delga"]


def test_equals_go_by_first_election_then_by_name() -> None:
    old, new = (
        guest("Zoé", "Députée", seniority=date(2002, 6, 16)),
        guest("Anne", "Députée", seniority=date(2024, 7, 7)),
    )
    unknown = guest("Basile", "Député")
    assert order("Paris", unknown, new, old) == ["Zoé", "Anne", "Basile"]


def test_the_host_comes_second_unless_the_government_ordered_the_ceremony() -> None:
    host = guest("Hôte", "Président de Cités Unies France", is_host=True)
    assert order("Paris", MINISTER, DEPUTY, host) == ["Barrot", "Hôte", "Fuchs"]
    assert order("Paris", MINISTER, DEPUTY, host, by_government=True) == ["Barrot", "Fuchs", "Hôte"]


def test_a_host_who_is_first_stays_first() -> None:
    host = guest("Ministre", "Ministre", is_host=True)
    assert order("Paris", DEPUTY, host) == ["Ministre", "Fuchs"]


def test_an_adjointe_keeps_the_rank_of_her_mayor_and_a_chief_of_staff_does_not() -> None:
    """Scenario 5.4, articles 13 and 14."""
    laurent = ("Philippe Laurent", ("Maire de Sceaux",))
    adjointe = guest("Adjointe", "Adjointe au maire de Sceaux", represents=laurent)
    chief = guest("Chef", "Directeur de cabinet", represents=laurent)
    deputy_mayor = guest("Autre", "Adjoint au maire")

    assert order("Paris", chief, deputy_mayor, adjointe) == ["Adjointe", "Autre", "Chef"]


@pytest.mark.parametrize(
    ("own", "authority", "keeps"),
    [
        ("Vice-présidente de la région Bretagne", "Président de la région Bretagne", True),
        ("Vice-président du département", "Présidente du département", True),
        ("Sous-préfète de Castres", "Préfet du Tarn", True),
        ("Conseiller régional", "Président de la région Bretagne", False),
        ("Députée suppléante", "Ministre", False),
    ],
)
def test_who_keeps_the_rank_of_the_authority_represented(own: str, authority: str, keeps: bool) -> None:
    [place] = order_of_precedence([guest("X", own, represents=("Y", (authority,)))], city="Rennes")

    assert ("14" in place.source) is keeps
    assert ("13" in place.source) is not keeps


def test_a_decision_wins_over_the_rule_and_says_whose_and_why() -> None:
    moved = guest("Imbs", *METROPOLE.qualities, decision=Decision(1, "Claire Fontaine", "ville hôte"))

    places = order_of_precedence([MINISTER, DEPUTY, moved], city="Paris")

    assert [place.guest.name for place in places] == ["Imbs", "Barrot", "Fuchs"]
    assert "Claire Fontaine" in places[0].source
    assert "ville hôte" in places[0].source
