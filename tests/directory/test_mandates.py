"""Mandates, orders of printing, offices: Delafosse's three orders (domain 1.8 P13), scenario 5.14."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.directory.bodies import OfficeKnown, TitleOfOfficeMissing, add_office
from app.directory.mandates import (
    EmptyPresentation,
    EndsBeforeItBegins,
    NothingHeld,
    OfficeTaken,
    Term,
    add_mandate,
    change_mandate,
    hand_over,
    move_mandate,
    remove_mandate,
    remove_presentation,
    save_presentation,
    snapshot_qualities,
)
from app.directory.models import Mandate, Office, Person
from app.directory.offices import find_holder, find_office, list_holders, search_offices
from app.directory.service import Contact, Names, add_person, get_or_add_organisation, set_mandates
from tests.factories import ORGANISER

pytestmark = pytest.mark.usefixtures("app")
BY: dict[str, Any] = {"actor": ORGANISER}
DAY = date(2025, 11, 18)
ELECTION = date(2026, 3, 29)


def delafosse() -> tuple[Person, Mandate, Mandate, Mandate]:
    """As he appears in the documents: mayor, president of the metropole, president of CUF."""
    person = add_person(Names("Michaël", "Delafosse", civility="M"), Contact(), at=now())
    terms = (
        Term("Maire de Montpellier", "Ville de Montpellier"),
        Term("Président de Montpellier Méditerranée Métropole", "Montpellier Méditerranée Métropole"),
        Term("Président de Cités Unies France", "Cités Unies France"),
    )
    mayor, metropole, cuf = (add_mandate(person, term, **BY, at=now()) for term in terms)
    return person, mayor, metropole, cuf


def test_one_person_is_printed_in_the_three_orders_of_the_documents() -> None:
    person, mayor, metropole, cuf = delafosse()
    minutes = save_presentation(person, None, "Compte rendu", [[mayor], [cuf]], **BY, at=now())
    open_letter = save_presentation(person, None, "Tribune", [[cuf], [mayor, metropole]], **BY, at=now())
    save_the_date = save_presentation(person, None, "Rencontres", [[mayor], [metropole]], **BY, at=now())
    db.session.commit()

    assert snapshot_qualities(person, DAY, minutes) == ("Maire de Montpellier", "Président de Cités Unies France")
    assert snapshot_qualities(person, DAY, open_letter) == (
        "Président de Cités Unies France",
        "Maire de Montpellier et Président de Montpellier Méditerranée Métropole",
    )
    assert snapshot_qualities(person, DAY, save_the_date) == (
        "Maire de Montpellier",
        "Président de Montpellier Méditerranée Métropole",
    )
    assert [one.name for one in person.presentations] == ["Compte rendu", "Tribune", "Rencontres"]


def test_what_is_no_longer_held_is_no_longer_printed() -> None:
    person, mayor, metropole, cuf = delafosse()
    change_mandate(mayor, Term("Maire de Montpellier", "Ville de Montpellier", valid_to=ELECTION), **BY, at=now())
    letter = save_presentation(person, None, "Tribune", [[cuf], [mayor, metropole]], **BY, at=now())

    assert snapshot_qualities(person, ELECTION)[0] == "Maire de Montpellier"
    assert "Maire de Montpellier" not in snapshot_qualities(person, date(2026, 7, 8))
    assert snapshot_qualities(person, date(2026, 7, 8), letter) == (
        "Président de Cités Unies France",
        "Président de Montpellier Méditerranée Métropole",
    )


def test_the_order_is_changed_a_step_at_a_time() -> None:
    person, _mayor, _metropole, cuf = delafosse()

    assert move_mandate(cuf, -1, **BY, at=now())
    assert [one.title.split()[0] for one in person.mandates] == ["Maire", "Président", "Président"]
    assert person.mandates[1] is cuf
    assert not move_mandate(person.mandates[0], -1, **BY, at=now())


def test_a_mandate_says_what_and_when() -> None:
    person, mayor, *_rest = delafosse()
    with pytest.raises(NothingHeld):
        add_mandate(person, Term("  "), **BY, at=now())
    with pytest.raises(EndsBeforeItBegins):
        change_mandate(mayor, Term("Maire", valid_from=ELECTION, valid_to=DAY), **BY, at=now())
    with pytest.raises(EmptyPresentation):
        save_presentation(person, None, "Rien", [[]], **BY, at=now())


def test_taking_a_mandate_away_takes_it_out_of_the_orders_of_printing() -> None:
    person, mayor, metropole, cuf = delafosse()
    letter = save_presentation(person, None, "Tribune", [[cuf], [mayor, metropole]], **BY, at=now())
    db.session.commit()

    remove_mandate(mayor, **BY, at=now())
    db.session.commit()
    assert snapshot_qualities(person, DAY, letter)[1] == "Président de Montpellier Méditerranée Métropole"
    remove_presentation(letter, **BY, at=now())
    db.session.commit()

    assert person.presentations == []
    assert {entry.action for entry in list_entries_of(person.public_id)} >= {
        "mandate.added", "mandate.removed", "presentation.saved", "presentation.removed",
    }  # fmt: skip


def test_a_list_does_not_undo_what_was_kept_with_care() -> None:
    person, mayor, metropole, cuf = delafosse()
    change_mandate(mayor, Term("Maire de Montpellier", "Ville de Montpellier", valid_from=DAY), **BY, at=now())
    save_presentation(person, None, "Rencontres", [[metropole]], **BY, at=now())
    db.session.commit()

    set_mandates(person, ["PRÉSIDENT DE CITÉS UNIES FRANCE", "Professeur"], "Cités Unies France")
    db.session.commit()

    assert person.mandates[0] is cuf
    assert [one.title for one in person.mandates] == [
        "PRÉSIDENT DE CITÉS UNIES FRANCE", "Professeur", "Maire de Montpellier",
        "Président de Montpellier Méditerranée Métropole",
    ]  # fmt: skip
    assert mayor.valid_from == DAY


def test_a_list_replaces_what_only_a_list_said(make_person: Callable[..., Person]) -> None:
    person = make_person(qualities=("Maire",), organisation="Ville de Lens")

    set_mandates(person, ["Maire"], "Ville de Liévin")
    db.session.commit()

    assert [(one.title, one.organisation.name) for one in person.mandates if one.organisation] == [
        ("Maire", "Ville de Liévin")
    ]


def mayoralty() -> Office:
    return add_office(get_or_add_organisation("Commune de X"), "Maire de X", "Maire de X", **BY, at=now())


def test_an_office_has_one_holder_on_a_day_and_another_after_the_election(make_person: Callable[..., Person]) -> None:
    """Scenario 5.14: the May wave invites whoever is mayor then; the badge prints what holds on the day."""
    office, before, after = mayoralty(), make_person(qualities=()), make_person(qualities=())
    add_mandate(before, Term("", office=office, valid_from=date(2020, 5, 25)), **BY, at=now())

    hand_over(office, after, date(2026, 3, 29), **BY, at=now())
    db.session.commit()

    assert find_holder(office, date(2026, 1, 25)) is before
    assert find_holder(office, date(2026, 3, 28)) is before
    assert find_holder(office, date(2026, 3, 29)) is after
    assert find_holder(office, date(2020, 1, 1)) is None
    assert snapshot_qualities(before, date(2026, 7, 8)) == ()
    assert snapshot_qualities(after, date(2026, 7, 8)) == ("Maire de X",)
    assert [one.person for one in list_holders(office)] == [after, before]
    assert hand_over(office, after, date(2026, 7, 8), **BY, at=now()).person is after


@pytest.mark.parametrize(("since", "on"), [(DAY, DAY), (None, date.min)])
def test_an_office_is_not_handed_over_before_it_was_held(
    make_person: Callable[..., Person], since: date | None, on: date
) -> None:
    office, before, after = mayoralty(), make_person(), make_person()
    add_mandate(before, Term("", office=office, valid_from=since), **BY, at=now())
    with pytest.raises(EndsBeforeItBegins):
        hand_over(office, after, on, **BY, at=now())


def test_two_people_never_hold_an_office_at_once(make_person: Callable[..., Person]) -> None:
    office, one, other = mayoralty(), make_person(), make_person()
    add_mandate(one, Term("", office=office, valid_from=DAY, valid_to=ELECTION), **BY, at=now())

    for term in (Term("", office=office), Term("", office=office, valid_from=date(2026, 3, 29))):
        with pytest.raises(OfficeTaken):
            add_mandate(other, term, **BY, at=now())
    db.session.rollback()


def test_an_office_is_printed_for_its_holder() -> None:
    body = get_or_add_organisation("Cités Unies France")
    office = add_office(body, "Président de CUF", "Présidente de CUF", **BY, at=now())

    assert [office.title_for(civility) for civility in ("M", "Mme", "")] == [
        "Président de CUF", "Présidente de CUF", "Présidente de CUF / Président de CUF",
    ]  # fmt: skip
    assert find_office(body, "PRESIDENT DE CUF") is office
    assert search_offices("president cites unies") == [office]
    assert search_offices("maire") == search_offices("") == []
    with pytest.raises(OfficeKnown):
        add_office(body, "Président de CUF", "", **BY, at=now())
    with pytest.raises(TitleOfOfficeMissing):
        add_office(body, "", " ", **BY, at=now())
