"""The guest list taken out, changed in a spreadsheet, and sent back: nothing is lost, only what was changed changes."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.exports.guest_list import guest_list_file
from app.invitations import importing
from app.invitations.models import Invitation

Make = Callable[..., Any]
KEY = "a key of thirty-two characters or more"


@pytest.fixture
def event(make_event: Make, make_invitation: Make, make_person: Make) -> Event:
    event: Event = make_event(categories=("elus", "presse"))
    event.categories[0].name = Bilingual("Élus locaux", "Local authorities")
    odd = make_person(
        "محمد", "Abd Al-Rahman", native="محمد عبد الرحمن", civility="M", phone="+33 (0)6 12 34 56 78", country="PS"
    )
    odd.given_name = "Mohammad"
    make_invitation(
        event, odd, state="draft", email="=cmd@example.org", language="en",
        qualities=("Maire / Président ; en exercice", "- Conseiller, élu"), organisation="SIVOM « Œuvres » ; 2e",
        extra={"Table": "-12", "Pays": "Kosovë", "Téléphone (2)": "0102030405", "Note": "=SUM(A1)"},
    )  # fmt: skip
    make_invitation(event, make_person("", "O’Brien-d’Ornano", phone="0612345678"), category="presse", email="")
    make_invitation(event, make_person("Total", "Effectif"), state="withdrawn", extra={"Table": "1"})
    make_invitation(event, make_person("Zoé", "MARTIN", country="DE"), state="accepted")
    return event


def facts() -> list[dict[str, Any]]:
    db.session.expire_all()
    wanted = select(Invitation).order_by(Invitation.id)
    return [
        {
            **{name: getattr(one, name) for name in ("public_id", "state", "qualities", "organisation", "email")},
            **{name: getattr(one, name) for name in ("language", "extra", "category_id")},
            **{name: getattr(one.person, name) for name in ("civility", "given_name", "family_name", "native_name")},
            **{name: getattr(one.person, name) for name in ("phone", "country", "email")},
        }
        for one in db.session.scalars(wanted)
    ]


def send_back(event: Event, data: bytes, name: str) -> dict[str, Any]:
    found = importing.import_file(event, data, name, secret=KEY, actor=COMMAND_LINE, at=now())
    db.session.commit()
    return found


def edited(event: Event, change: Callable[[list[dict[str, str]]], None]) -> bytes:
    """Our own CSV with its rows changed, as a spreadsheet would save it."""
    text = guest_list_file(event, "csv", "en", "Tests", now()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    change(rows)
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_list_sent_back_as_it_is_changes_nothing(event: Event, format: str, language: str) -> None:
    before = facts()

    found = send_back(event, guest_list_file(event, format, language, "Tests", now()), f"list.{format}")

    assert found == {"created": 0, "updated": 0, "unchanged": 4, "possible_duplicates": [], "rejected": []}
    assert facts() == before


def test_a_row_speaks_of_its_guest_whatever_is_changed_in_it(event: Event) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["Surname"] == "MARTIN")
        row |= {"Surname": "Martin-Dupré", "First name": "Zoë", "E-mail": "zoe@new.example", "Organisation": "Ailleurs"}
        row |= {"Functions": "Maire\nDéputée", "Category": "Presse", "Language": "en", "Telephone": "+49 30 1234567"}

    found = send_back(event, edited(event, change), "list.csv")

    assert (found["created"], found["updated"], found["unchanged"]) == (0, 1, 3)
    zoe = facts()[3]
    assert (zoe["given_name"], zoe["family_name"], zoe["state"]) == ("Zoë", "Martin-Dupré", "accepted")
    assert (zoe["qualities"], zoe["organisation"]) == (("Maire", "Députée"), "Ailleurs")
    assert (zoe["email"], zoe["language"], zoe["phone"]) == ("zoe@new.example", "en", "+49 30 1234567")
    assert zoe["category_id"] == event.categories[1].id


def test_an_emptied_cell_empties_and_a_deleted_row_or_column_says_nothing(event: Event) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        del rows[1:]
        rows[0] |= {"Telephone": "", "Functions": "", "Table": ""}
        for gone in ("Organisation", "Note"):
            for row in rows:
                del row[gone]

    before = {one["public_id"]: one for one in facts()}
    data = edited(event, change)
    reference = data.decode().splitlines()[1].split(";")[0]
    found = send_back(event, data, "list.csv")

    assert (found["created"], found["updated"]) == (0, 1)
    after = {one["public_id"]: one for one in facts()}
    changed = after.pop(reference)
    was = before.pop(reference)
    assert after == before
    assert (changed["phone"], changed["qualities"], changed["organisation"]) == ("", (), was["organisation"])
    assert changed["extra"] == {title: text for title, text in was["extra"].items() if title != "Table"}


def test_a_reference_of_another_event_is_an_ordinary_row(event: Event, make_event: Make) -> None:
    other = make_event(categories=("elus",))

    found = send_back(other, guest_list_file(event, "csv", "fr", "Tests", now()), "list.csv")

    assert (found["created"], found["updated"]) == (4, 0)
    assert len(facts()) == 8
