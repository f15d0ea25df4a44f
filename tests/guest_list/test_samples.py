"""The sample lists that the documentation hands out are read whole, and say the same."""

from dataclasses import replace
from pathlib import Path

from app.demonstration.assises_2 import CATEGORIES
from app.demonstration.words import NEW_GROUPS
from app.guest_list import read_guest_list
from app.text import fold

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


def test_both_samples_say_the_same() -> None:
    typed = read_guest_list((SAMPLES / "invites-assises.csv").read_bytes(), "invites-assises.csv")
    book = read_guest_list((SAMPLES / "invites-assises.xlsx").read_bytes(), "invites-assises.xlsx")
    assert (len(typed.rows), typed.rejected, book.rejected) == (25, [], [])
    assert (typed.header_row, book.header_row, book.sheet) == (1, 3, "Invités")
    assert [replace(row, number=row.number + 2) for row in typed.rows] == book.rows
    assert set(typed.mapping) == set(typed.columns)


def test_the_samples_hold_what_lists_hold() -> None:
    rows = read_guest_list((SAMPLES / "invites-assises.csv").read_bytes(), "invites-assises.csv").rows
    assert sum(row.family_name == "LAURENT" for row in rows) == 2
    assert sum(row.email == "cabinet.delafosse@example.org" for row in rows) == 2
    assert {row.country for row in rows} == {"FR", "UA", "PS"}
    assert {row.language for row in rows} == {"fr", "en"}
    assert [row.native_name for row in rows if row.native_name] == ["Олександр ЩЕРБАК", "محمد عبد الرحمن"]
    assert max(len(row.qualities) for row in rows) == 3
    assert all(row.email.endswith("@example.org") and not row.extra for row in rows)


def test_the_samples_name_categories_of_the_demonstration() -> None:
    rows = read_guest_list((SAMPLES / "invites-assises.csv").read_bytes(), "invites-assises.csv").rows
    names = [category.name for category in CATEGORIES] + [group[1] for group in NEW_GROUPS]
    assert {fold(row.category) for row in rows} <= {fold(name.fr) for name in names}
