"""Objects read by a few columns are objects of the session like any other."""

import pytest
from sqlalchemy import select

from app.database import db
from app.directory.models import Person
from app.prepared import Prepared
from app.reading import Reading, divide, rows_of

NAMES = Reading(Person, "given_name", "family_name")


@pytest.fixture
def person(make_person):
    number = make_person("Pia", "IMBS", email="pia@example.org").id
    db.session.commit()
    db.session.expunge_all()
    return number


def read(number):
    row = rows_of(Prepared(select(*NAMES.columns).where(Person.id == number)), {})[0]
    return divide(row, NAMES)[0]


def test_what_was_not_read_is_loaded_when_somebody_asks(person):
    found = read(person)
    assert found.given_name == "Pia"
    assert found.email == "pia@example.org"
    assert len(found.mandates) == 1


def test_it_is_the_one_object_of_its_row(person):
    found = read(person)
    assert db.session.get(Person, person) is found
    assert db.session.scalar(select(Person).where(Person.id == person)) is found
    assert read(person) is found


def test_a_change_is_written(person):
    read(person).family_name = "IMBS-LEROY"
    db.session.commit()
    assert read(person).family_name == "IMBS-LEROY"


def test_a_change_not_yet_written_is_not_read_over(person):
    found = read(person)
    found.family_name = "IMBS-LEROY"
    assert read(person).family_name == "IMBS-LEROY"


def test_what_somebody_else_wrote_is_read_again(person):
    found = read(person)
    table = Person.__table__
    db.session.connection().execute(table.update().where(table.c.id == person).values(given_name="Léa"))
    assert read(person) is found
    assert found.given_name == "Léa"


def test_after_a_commit_nothing_old_is_shown(person):
    found = read(person)
    db.session.commit()
    table = Person.__table__
    db.session.connection().execute(table.update().where(table.c.id == person).values(given_name="Léa"))
    assert found.given_name == "Léa"


def test_the_empty_side_of_an_outer_join_is_nobody(app):
    assert NAMES.of((None, None, None)) is None
