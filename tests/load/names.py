"""Typing a name among fifty thousand people: what a search of the directory takes, on both databases."""

import random
import time

from flask import Flask
from sqlalchemy import text

from app.clock import now
from app.database import db, reading, set_writing
from app.directory.queries import search_people
from app.directory.service import Contact, Names, NewPerson, add_people
from tests.load.report import Figure

PEOPLE = 50_000
_GIVEN = (
    "Jean", "Pierre", "Marie", "Anne", "Zoé", "Philippe", "Michaël", "Mohammad", "Claire", "Nadia", "Bruno", "Emma",
    "Christophe", "Tony", "Léa", "Hugo", "Inès", "Lucas", "Manon", "Oleksandr",
)  # fmt: skip
_SYLLABLES = (
    "ba", "be", "bi", "bo", "du", "de", "la", "le", "lo", "ma", "me", "mo", "na", "ni", "pa", "ra", "re", "ro", "sa",
    "se", "ta", "te", "ti", "va", "vi", "cha", "tre", "gran", "mon", "tin", "ber", "nar", "lau", "ren",
)  # fmt: skip
_KNOWN = (
    NewPerson(Names("Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК")),
    NewPerson(Names("Mohammad", "ABD AL-RAHMAN", "محمد عبد الرحمن")),
)
_TYPED = ("sherbak", "shcherbak", "Щербак", "abdelrahman", "jean", "marie mar", "be", "zzz", "m")


def measure_names(app: Flask, database: str, scale: float) -> list[Figure]:
    """One row: 129 searches, of rare names, common ones, half words and names in another script."""
    number, dice = int(PEOPLE * scale), random.Random(4)
    families = ["".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 3, 4)))).capitalize() for _ in range(12_000)]
    with app.app_context():
        set_writing(True)
        people = [_somebody(dice, families) for _ in range(number - len(_KNOWN))]
        add_people([*_KNOWN, *people], at=now())
        db.session.commit()
        if database != "sqlite":
            db.session.execute(text("ANALYZE"))
            db.session.commit()
        typed = [*_TYPED, *(one[:5] for one in dice.sample(families, 60))]
        typed += [f"{dice.choice(_GIVEN)} {one}" for one in dice.sample(families, 60)]
        with reading():
            times = sorted(_milliseconds(words) for words in typed)
        db.session.remove()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    about = f"{number} people"
    return [Figure("search a name", database, n=len(times), p50_ms=middle, p95_ms=late, about=about, errors=0)]


def _somebody(dice: random.Random, families: list[str]) -> NewPerson:
    given, family = dice.choice(_GIVEN), dice.choice(families)
    return NewPerson(Names(given, f"de {family}" if dice.random() < 0.05 else family), Contact())


def _milliseconds(words: str) -> float:
    """One search with its mandates, as the page asks it."""
    begun = time.perf_counter()
    search_people(words)
    taken = (time.perf_counter() - begun) * 1000
    db.session.rollback()
    return taken
