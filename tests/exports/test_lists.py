"""The attendee list: who is on it, in which state, as which file."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from app.badging.queries import find_active_badge
from app.checkin.service import Passage, admit, undo
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.queries import get_event
from app.exports.lists import UnknownFormat, attendee_records, attendees, attendees_file
from app.guest_list import read_guest_list
from app.registration.service import Representative, be_represented_by, cancel_registration, decline
from tests.factories import INVITEE, ORGANISER

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def _file(event, format="csv", language="fr", **more):
    return attendees_file(event, format, language, "Camille Organisatrice", AT, **more)


def test_json_says_exactly_what_the_contract_says(make_event, make_person, make_registration):
    event = make_event()
    person = make_person("Oleksandr", "SHCHERBAK", native="Олександр ЩЕРБАК", qualities=())
    registration = make_registration(
        event, person, category="elus", qualities=("Maire", "Sénateur"), organisation="Kharkiv"
    )
    badge = find_active_badge(registration.id)

    records = json.loads(_file(event, "json"))

    assert records == [
        {
            "name": "Олександр ЩЕРБАК",
            "latin_name": "Oleksandr SHCHERBAK",
            "organisation": "Kharkiv",
            "qualities": ["Maire", "Sénateur"],
            "category": "elus",
            "state": "confirmed",
            "badge_code": badge.code,
        }
    ]


def test_a_latin_name_is_given_as_typed_in_both_places(make_event, make_person, make_registration):
    event = make_event()
    make_registration(event, make_person("marta", "de CIDRAC"))

    (record,) = attendee_records(event)

    assert record["name"] == record["latin_name"] == "marta de CIDRAC"


@pytest.mark.parametrize("state", ["draft", "sent", "declined", "withdrawn"])
def test_who_has_no_place_shows_what_became_of_the_invitation(state, make_event, make_invitation):
    event = make_event()
    make_invitation(event, state=state)

    (record,) = attendee_records(event)

    assert (record["state"], record["badge_code"]) == (state, None)


def test_someone_represented_and_who_comes_instead(make_event, make_invitation, make_person):
    event = make_event()
    invitation = make_invitation(event, make_person("Philippe", "LAURENT"))
    who = Representative(Names("Anne", "Dupré"), "Adjointe au maire")
    be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())
    db.session.commit()

    states = {r["latin_name"]: r["state"] for r in attendee_records(event)}
    columns, rows = attendees(event, "en")

    assert states == {"Philippe LAURENT": "represented", "Anne Dupré": "confirmed"}
    assert rows[0][columns.index("Represents")] == "Philippe LAURENT"


def test_declining_after_accepting_says_declined_and_ends_the_code(make_event, make_registration):
    event = make_event()
    registration = make_registration(event)
    decline(registration.invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()

    (record,) = attendee_records(event)

    assert (record["state"], record["badge_code"]) == ("declined", None)


def test_a_place_cancelled_by_the_organiser_says_cancelled(make_event, make_registration):
    event = make_event()
    cancel_registration(make_registration(event), actor=ORGANISER, at=now())
    db.session.commit()

    assert [r["state"] for r in attendee_records(event)] == ["cancelled"]


def test_those_who_wait_have_a_rank_and_no_badge(make_event, make_registration):
    event = make_event(capacity=1)
    make_registration(event)
    make_registration(event)

    columns, rows = attendees(event, "en", "waiting")

    assert [row[columns.index("Rank in the queue")] for row in rows] == [1]
    assert [row[columns.index("Badge")] for row in rows] == [""]


def test_those_who_wait_stand_in_the_order_of_the_queue(make_event, make_person, make_registration):
    event = make_event(capacity=1)
    for family in ("Abel", "Zola", "Martin", "Brun"):
        make_registration(event, make_person("Pia", family))

    columns, rows = attendees(event, "en", "waiting")

    assert [row[columns.index("Surname")] for row in rows] == ["Zola", "Martin", "Brun"]


def test_presence_comes_from_the_door_and_can_be_taken_back(make_event, make_registration, make_device):
    event = make_event(starts_at=datetime(2026, 3, 2, 16, 30, tzinfo=UTC), deadline=None)
    came, left = make_registration(event), make_registration(event)
    desk = make_device(event)
    for number, registration in enumerate((came, left)):
        admit(event, registration, Passage(desk, f"n{number}", "typed", "Accueil", AT))
    undo(event, left, Passage(desk, "n9", "typed", "Accueil", AT + timedelta(minutes=1)))
    db.session.commit()

    columns, rows = attendees(event, "en")
    arrivals = {row[2]: row[-1] for row in rows}

    assert columns[-1] == "Came in on 2 March 2026"
    assert arrivals == {came.person.family_name: "10:30", left.person.family_name: None}


def test_a_two_day_event_has_a_column_a_day(make_event):
    event = make_event(
        starts_at=datetime(2026, 7, 7, 22, tzinfo=UTC), ends_at=datetime(2026, 7, 9, 22, tzinfo=UTC), deadline=None
    )

    columns, _rows = attendees(event, "en")

    assert columns[-2:] == ["Came in on 8 July 2026", "Came in on 9 July 2026"]


def test_csv_opens_in_french_excel_and_no_cell_is_a_formula(make_event, make_person, make_registration):
    event = make_event()
    make_registration(event, make_person("Zoé", "=1+1"), organisation="@import")

    content = _file(event, "csv", "fr")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")

    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert "'=1+1" in row.values()
    assert "'@import" in row.values()
    assert "Zoé" in row.values()


def test_xlsx_keeps_names_as_text_and_is_signed(make_event, make_person, make_registration):
    event = make_event()
    make_registration(event, make_person("محمد", "=HYPERLINK(1)"))

    book = load_workbook(io.BytesIO(_file(event, "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert book.properties.creator == "Camille Organisatrice"


def test_the_list_is_read_back_by_the_import(make_event, make_person, make_registration):
    event = make_event()
    make_registration(event, make_person("Tony", "BEN LAHOUCINE"), qualities=("Adjoint", "Président"))

    found = read_guest_list(_file(event, "xlsx", "en"), "list.xlsx")

    (guest,) = found.rows
    assert (guest.given_name, guest.family_name) == ("Tony", "BEN LAHOUCINE")
    assert guest.qualities == ("Adjoint", "Président")


def test_another_format_is_refused(make_event):
    event = make_event()
    with pytest.raises(UnknownFormat):
        _file(event, "pdf")


def test_a_long_list_costs_as_many_queries_as_a_short_one(make_event, make_registration, statement_count):
    event = make_event()
    slug = event.slug
    make_registration(event)
    with statement_count() as short:
        attendee_records(get_event(slug))
    for _ in range(5):
        make_registration(event)
    with statement_count() as long:
        attendee_records(get_event(slug))

    assert long.count == short.count <= 9
