"""The index of names: it follows every way of writing, and holds those who came before it (scenario 5.8)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import MetaData, func, insert, select, text

from app import create_app
from app.clock import now
from app.database import db, set_writing
from app.directory.models import NameWord, Person
from app.directory.names import words_of
from app.directory.queries import count_people, list_people, search_people
from app.directory.service import Contact, Names, NewPerson, add_people, add_person, rename
from app.extensions import MIGRATIONS
from app.text import search_key
from tests.databases import configuration

Maker = Callable[..., Any]


@pytest.mark.parametrize(
    ("given", "family", "native", "typed"),
    [
        ("Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК", ("sherbak", "shcherbak", "Щербак", "щерб", "oleksandr sh")),
        ("Mohammad", "ABD AL-RAHMAN", "محمد عبد الرحمن", ("abdelrahman", "abd al rahman", "mohamed", "rahman")),
        ("Marta", "de Cidrac", "", ("cidrac", "decidrac", "DE CIDRAC marta", "d", "m cidrac")),
        ("Tony", "Ben Lahoucine", "", ("lahousine", "benlahoucine", "ben tony")),
        ("Thibaut", "Plœuc-L’Hermitage", "", ("ploeuc", "plœuc", "ploëuc l'hermitage", "hermitage")),
        ("", "Deng", "邓", ("deng", "邓", "d")),
    ],
)
def test_a_person_is_found_by_every_spelling(
    app: Flask, given: str, family: str, native: str, typed: tuple[str, ...]
) -> None:
    person = add_person(Names(given, family, native), Contact(), at=now())
    add_person(Names("Nadia", "Pellefigue"), Contact(), at=now())
    db.session.commit()

    assert {words: search_people(words) for words in typed} == {words: [person] for words in typed}
    assert {count_people(words) for words in typed} == {1}


def test_every_word_typed_must_be_there(app: Flask, make_person: Maker) -> None:
    make_person("Philippe", "Laurent")

    assert search_people("laurent zoé") == search_people("zzz") == search_people("%") == search_people("") == []


def test_the_index_follows_every_way_of_writing(app: Flask) -> None:
    one = add_person(Names("Zoé", "Martin"), Contact(), at=now())
    [id_] = add_people([NewPerson(Names("Pia", "Imbs"))], at=now())
    db.session.commit()
    assert [person.id for person in search_people("imbs")] == [id_]

    rename(one, Names("Zoé", "Durand"))
    db.session.commit()
    assert search_people("martin") == []
    assert search_people("durand") == [one]
    one.phone = "01"
    db.session.commit()
    assert search_people("durand") == [one]

    db.session.delete(one)
    db.session.commit()
    words = select(func.count()).select_from(NameWord).where(NameWord.person_id != id_)
    assert db.session.scalar(words) == 0


def test_a_surname_of_sixty_letters_is_indexed_by_its_beginning(app: Flask) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"
    person = add_person(Names("", long), Contact(), at=now())
    db.session.commit()

    assert len(long) > 60
    assert person.family_name == long
    assert search_people(long) == search_people("wolfeschlegel") == [person]


def test_a_page_costs_as_many_statements_for_one_person_as_for_many(
    app: Flask, make_person: Maker, statement_count: Maker
) -> None:
    def read() -> list[str]:
        return [one.title for person in list_people() for one in person.mandates if one.organisation]

    make_person()
    db.session.expire_all()
    with statement_count() as few:
        read()
    for _ in range(6):
        make_person()
    db.session.expire_all()
    with statement_count() as many:
        assert len(read()) == 7

    assert many.count == few.count


@pytest.fixture(params=["sqlite", "postgresql"])
def before_offices(request: Any, tmp_path: Any) -> Iterator[Flask]:
    """The program on a database from before this index."""
    url = request.getfixturevalue("postgres").make_bare() if request.param == "postgresql" else ""
    program = create_app(configuration(tmp_path / "before", url))
    with program.app_context():
        set_writing(True)
        upgrade(directory=str(MIGRATIONS), revision="0002")
        yield program
        db.session.remove()
        db.engine.dispose()


def test_people_entered_before_the_index_are_in_it(before_offices: Flask) -> None:
    tables = MetaData()
    with db.engine.begin() as connection:
        tables.reflect(connection, only=["person"])
        key = search_key("Oleksandr", "Shcherbak", "Щербак")
        row = {column.name: "" for column in tables.tables["person"].columns}
        row |= {"id": 7, "public_id": "a", "search_key": key, "created_at": now().replace(tzinfo=None)}
        connection.execute(insert(tables.tables["person"]), row)
    upgrade(directory=str(MIGRATIONS), revision="0003")

    found = db.session.execute(text("SELECT word, person_id FROM name_word")).all()
    assert {word for word, _person in found} == set(words_of(key))
    assert {person for _word, person in found} == {7}
    assert Person.__tablename__ in tables.tables
