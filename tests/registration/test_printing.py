"""Function, organisation and the document's name: changed freely, then kept as a difference the desk is told."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import now
from app.database import db
from app.events.asking import set_freezes
from app.registration import printing
from app.registration.desk_notes import desk_notes
from app.registration.life_queries import find_detail
from app.registration.printing import Printed
from tests.factories import INVITEE, ORGANISER
from tests.registration.telling import let_ask

FREEZE = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)  # midnight in Paris, the 10th
SECOND = timedelta(seconds=1)


@pytest.fixture
def guest(factory):
    event = let_ask(factory.event(starts_at=datetime(2026, 11, 18, 16, 30, tzinfo=UTC), deadline=None), "title")
    days = {one.key: FREEZE.date() + timedelta(days=1) for one in event.categories[:1]}
    set_freezes(event, days, actor=ORGANISER, at=now())
    return factory.registration(event, qualities=("Maire",), organisation="Ville de Sceaux")


def change(registration, at, *lines, organisation="Ville de Sceaux", **more):
    done = printing.print_as(registration, Printed(lines, organisation), actor=INVITEE, at=at, **more)
    db.session.commit()
    return done


def notes(registration):
    return {one.kind: one.text for one in desk_notes(registration)}


def test_before_the_freeze_a_change_changes_what_is_printed(guest):
    assert change(guest, FREEZE - SECOND, "Sénatrice", "Maire honoraire") == "changed"
    assert guest.qualities == ("Sénatrice", "Maire honoraire")
    assert notes(guest) == {}


def test_from_the_day_of_the_freeze_it_is_a_difference_the_desk_is_told(guest):
    assert change(guest, FREEZE, "Sénatrice", organisation="Sénat") == "kept_aside"
    assert (guest.qualities, guest.organisation) == (("Maire",), "Ville de Sceaux")
    assert "Sénatrice, Sénat" in notes(guest)["difference"]
    assert change(guest, FREEZE, "Sénatrice", organisation="Sénat") == "same"


def test_a_category_that_is_not_frozen_changes_still(guest, factory):
    other = factory.registration(guest.event, category="associations")
    assert change(other, FREEZE + SECOND, "Présidente") == "changed"
    assert other.qualities == ("Présidente",)


def test_the_difference_ends_when_it_is_what_was_printed(guest):
    change(guest, FREEZE, "Sénatrice")
    assert change(guest, FREEZE + SECOND, "Maire") == "changed"
    assert notes(guest) == {}


def test_the_organiser_has_it_printed_all_the_same(guest):
    change(guest, FREEZE, "Sénatrice")
    assert change(guest, FREEZE + SECOND, "Sénatrice", may_thaw=True) == "changed"
    assert guest.qualities == ("Sénatrice",)
    assert notes(guest) == {}


def test_the_organiser_sets_it_aside(guest):
    change(guest, FREEZE, "Sénatrice")
    printing.set_aside(guest, actor=ORGANISER, at=FREEZE)
    assert notes(guest) == {}
    assert guest.qualities == ("Maire",)


def test_empty_lines_go_and_a_badge_holds_four(guest):
    change(guest, FREEZE - SECOND, "  Maire  de\tSceaux ", "", "Conseillère")
    assert guest.qualities == ("Maire de Sceaux", "Conseillère")
    with pytest.raises(printing.TooManyLines):
        change(guest, FREEZE - SECOND, "a", "b", "c", "d", "e")


def test_the_document_name_is_told_to_the_desk_when_it_differs(guest):
    let_ask(guest.event, "document_name")
    person = guest.person
    same = Printed(guest.qualities, guest.organisation, (person.given_name, person.family_name))
    assert printing.print_as(guest, same, actor=INVITEE, at=FREEZE) == "same"
    assert "document_name" not in notes(guest)
    other = Printed(guest.qualities, guest.organisation, ("Camille Jeanne", "Durand épouse Roux"))
    assert printing.print_as(guest, other, actor=INVITEE, at=FREEZE) == "changed"  # never frozen: the door compares it
    assert "Camille Jeanne Durand épouse Roux" in notes(guest)["document_name"]
    with pytest.raises(printing.DocumentNameMissing):
        printing.print_as(guest, Printed((), "", (" ", "")), actor=INVITEE, at=FREEZE)


def test_nothing_is_asked_of_the_database_for_an_event_that_asks_nothing(factory, statement_count):
    plain = factory.registration(factory.event())
    assert (plain.event.asks, plain.category.frozen_on) == ((), None)
    with statement_count() as seen:
        assert desk_notes(plain) == ()
    assert [one for one in seen if "registration_detail" in one or "consent" in one or "question" in one] == []


def test_a_detail_goes_with_its_registration(guest):
    change(guest, FREEZE, "Sénatrice")
    number = guest.id
    assert find_detail(number) is not None
    db.session.delete(guest)
    db.session.commit()
    assert find_detail(number) is None
