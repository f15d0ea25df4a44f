"""People and organisations of the directory."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.clock import now
from app.database import db
from app.directory.models import Organisation, Person
from app.directory.queries import list_namesakes, list_offices, list_people_by_family, search_people
from app.directory.service import (
    Contact,
    NameMissing,
    Names,
    NewPerson,
    add_people,
    add_person,
    get_or_add_organisation,
    get_or_add_organisations,
)

pytestmark = pytest.mark.usefixtures("app")


def test_a_person_needs_a_name_in_latin_letters() -> None:
    with pytest.raises(NameMissing):
        add_person(Names(native="محمد"), Contact(), at=now())


def test_names_are_kept_as_typed_and_found_however_they_are_spelt() -> None:
    add_person(Names("Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК"), Contact(), at=now())
    db.session.commit()

    for typed in ("sherbak", "Щербак", "shcherbak oleksandr"):
        assert [one.family_name for one in search_people(typed)] == ["SHCHERBAK"]


def test_an_organisation_is_entered_once_however_it_is_written() -> None:
    first = get_or_add_organisation("Région Bretagne")
    second = get_or_add_organisation("REGION BRETAGNE")

    assert first is second


def test_many_people_cost_the_same_statements_as_few(statement_count: Callable[..., Any]) -> None:
    def people(number: int) -> list[NewPerson]:
        return [
            NewPerson(Names("Zoé", f"Martin{n}"), Contact(), (f"Maire {n}", "Présidente"), "Ville de Lens")
            for n in range(number)
        ]

    with statement_count() as few:
        add_people(people(2), at=now())
    db.session.commit()
    with statement_count() as many:
        ids = add_people(people(300), at=now())

    assert many.count <= few.count
    assert len(set(ids)) == 300
    assert list_offices(ids[:1]) == [(ids[0], "Maire 0", "Ville de Lens"), (ids[0], "Présidente", "Ville de Lens")]


def test_nobody_is_entered_when_one_has_no_name() -> None:
    with pytest.raises(NameMissing):
        add_people([NewPerson(Names("Zoé", "Martin")), NewPerson(Names())], at=now())
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_namesakes_are_found_by_folded_names(make_person: Callable[..., Person]) -> None:
    make_person("Hélène", "Lefèvre")
    make_person("HELENE", "LEFEVRE")

    assert len(list_namesakes("helene", "lefevre")) == 2
    assert len(list_people_by_family(["lefevre"])) == 2


def test_organisations_of_a_list_are_entered_together() -> None:
    found = get_or_add_organisations(["Ville de Lens", "VILLE DE LENS", "Sénat", ""])

    assert found["Ville de Lens"] is found["VILLE DE LENS"]
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


@pytest.mark.parametrize(
    ("given", "family", "printed"),
    [
        ("Marta", "de Cidrac", "Marta de CIDRAC"),
        ("Tony", "Ben Lahoucine", "Tony BEN LAHOUCINE"),
        ("Michel", "d’Ornano", "Michel d’ORNANO"),
        ("Anna", "von der Leyen", "Anna von der LEYEN"),
        ("Jean", "de la Tour", "Jean de LA TOUR"),
        ("Zoé", "De Smet", "Zoé DE SMET"),
        ("Deng", "de", "Deng DE"),
        ("", "Deschamps", "DESCHAMPS"),
    ],
)
def test_a_programme_prints_the_surname_in_capitals_and_leaves_its_particle(
    given: str, family: str, printed: str
) -> None:
    assert Person(given_name=given, family_name=family).formal_name == printed
