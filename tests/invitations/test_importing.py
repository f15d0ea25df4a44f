"""Taking in a list: who is who, what is told, all or nothing (domain 5.1, 5.7)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.audit.service import COMMAND_LINE
from app.clock import now
from app.database import db
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.guest_list import NoHeaderFound
from app.invitations import importing
from app.invitations.models import Invitation

SECRET = "a key of thirty-two characters or more"
HEADER = "Civilité;Prénom;Nom;Fonction;Organisme;Courriel;Catégorie;Table"


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(categories=("elus", "parlementaires"))


def take_in(event: Event, *rows: str, header: str = HEADER, **options: Any) -> dict[str, Any]:
    data = "\n".join([header, *rows]).encode()
    found = importing.import_file(
        event, data, "liste.csv", options.pop("category", None), secret=SECRET, actor=COMMAND_LINE,
        at=now(), **options,
    )  # fmt: skip
    db.session.commit()
    db.session.expire_all()
    return found


def counts(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["created"], found["updated"], found["unchanged"]


def invited(event: Event) -> list[Invitation]:
    wanted = select(Invitation).where(Invitation.event_id == event.id).order_by(Invitation.id)
    return list(db.session.scalars(wanted))


PIA = "Mme;Pia;Imbs;Présidente de l’Eurométropole;Eurométropole de Strasbourg;pia@strasbourg.example;;1"
LAURENT_MAYOR = "M.;Philippe;Laurent;Maire de Sceaux / Président;Ville de Sceaux;cabinet@ville.example;;"
LAURENT_DIRECTOR = "M.;Philippe;Laurent;Directeur;CC du Val;p.laurent@ccval.example;;"


def test_a_list_becomes_draft_invitations_with_their_facts(event: Event) -> None:
    found = take_in(event, PIA)

    assert found == {
        "created": 1, "updated": 0, "unchanged": 0, "possible_duplicates": [], "rejected": [],
    }  # fmt: skip
    (one,) = invited(event)
    assert (one.state, one.category.key, one.extra) == ("draft", "elus", {"Table": "1"})
    assert one.qualities == ("Présidente de l’Eurométropole",)
    assert (one.person.civility, one.person.full_name) == ("Mme", "Pia Imbs")
    assert one.person.mandates[0].organisation.name == "Eurométropole de Strasbourg"


def test_the_same_list_again_changes_nothing(event: Event) -> None:
    rows = (PIA, LAURENT_MAYOR, LAURENT_DIRECTOR)
    take_in(event, *rows)

    assert counts(take_in(event, *rows)) == (0, 0, 3)
    assert len(invited(event)) == 3


def test_homonyms_are_two_people_and_both_are_told(event: Event) -> None:
    found = take_in(event, LAURENT_MAYOR, LAURENT_DIRECTOR)

    assert counts(found) == (2, 0, 0)
    assert [(one["row"], one["with"]) for one in found["possible_duplicates"]] == [
        (3, "Philippe Laurent (Ville de Sceaux)")
    ]
    first, second = invited(event)
    assert first.person_id != second.person_id
    assert first.token_hash != second.token_hash


def test_homonyms_of_one_organisation_keep_their_two_mailboxes(event: Event) -> None:
    one, other = (f"M.;Jean;Martin;Agent;Ville de Lens;{box}@lens.example;;" for box in ("a", "b"))

    assert counts(take_in(event, one, other)) == (2, 0, 0)
    assert counts(take_in(event, other, one)) == (0, 0, 2)


def test_one_mailbox_serves_several_people(event: Event) -> None:
    names = ("Anne;Petit", "Luc;Roux", "Zoé;Blanc")
    found = take_in(event, *(f";{name};Adjoint;Ville;cabinet@ville.example;;" for name in names))
    assert counts(found) == (3, 0, 0)
    assert found["possible_duplicates"] == []


def test_the_same_mailbox_updates_what_the_row_says_and_nothing_it_leaves_empty(event: Event) -> None:
    take_in(event, PIA)

    found = take_in(event, "Mme;Pia;Imbs;Présidente;;pia@strasbourg.example;;")

    assert counts(found) == (0, 1, 0)
    (one,) = invited(event)
    assert one.qualities == ("Présidente",)
    assert one.organisation == "Eurométropole de Strasbourg"
    assert one.extra == {"Table": "1"}


def test_the_same_organisation_brings_a_new_mailbox(event: Event) -> None:
    take_in(event, PIA)

    found = take_in(event, ";Pia;IMBS;;EUROMETROPOLE DE STRASBOURG;presidence@strasbourg.example;;")

    assert counts(found) == (0, 1, 0)
    (one,) = invited(event)
    assert one.email == one.person.email == "presidence@strasbourg.example"
    assert one.person.full_name == "Pia Imbs"


def test_capitals_change_nothing_but_missing_accents_are_added(event: Event) -> None:
    take_in(event, "M.;Michael;Delafosse;Maire;Ville de Montpellier;m@ville.example;;")

    assert counts(take_in(event, "M.;MICHAEL;DELAFOSSE;;;m@ville.example;;")) == (0, 0, 1)
    assert counts(take_in(event, "M.;Michaël;Delafosse;;;m@ville.example;;")) == (0, 1, 0)
    assert invited(event)[0].person.given_name == "Michaël"


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ("M.;Jean-Noël;Barrot", "M.;Tean-Noël;BARROT"),
        ("Mme;Hélène;Kermadec", "Mme;Hélène;Kermadek"),
        ("M.;Philippe;Lamy", "M.;Lamy;Philippe"),
        ("Mme;Marie-Claude;Dupont", "Mme;Marie;Dupont"),
        ("M.;Tony;Ben Lahoucine", "M.;Tony;Benlahoucine"),
    ],
)
def test_close_spellings_are_told_and_never_merged(event: Event, known: str, row: str) -> None:
    take_in(event, f"{known};;Ministère;x@ministere.example;;")

    found = take_in(event, f"{row};;Ministère;x@ministere.example;;")

    assert counts(found) == (1, 0, 0)
    assert len(found["possible_duplicates"]) == 1
    assert len(invited(event)) == 2


@pytest.mark.parametrize(
    "row", ["M.;Jean;Durand", "Mme;Louise;Martin", "M.;Paul;Marin"], ids=["other", "gender", "given"]
)
def test_other_people_are_not_told(event: Event, row: str) -> None:
    take_in(event, "M.;Louis;Martin;;Ville A;a@a.example;;")

    assert take_in(event, f"{row};;Ville B;b@b.example;;")["possible_duplicates"] == []


def test_ligatures_and_accents_make_no_other_organisation(event: Event) -> None:
    take_in(event, "M.;Loïc;Le Goff;Maire;Ploëuc-L’Hermitage;;;")

    assert counts(take_in(event, "M.;Loic;LE GOFF;Maire;Plœuc-L'Hermitage;;;")) == (0, 0, 1)


def test_names_alone_prove_nothing(event: Event) -> None:
    take_in(event, PIA)

    found = take_in(event, ";Pia;Imbs;;;;;")

    assert counts(found) == (1, 0, 0)
    assert found["possible_duplicates"][0]["with"] == "Pia Imbs (Eurométropole de Strasbourg)"


def test_bare_names_again_are_the_same_person(event: Event) -> None:
    take_in(event, ";Pia;Imbs;;;;;")

    assert counts(take_in(event, ";Pia;Imbs;;;;;")) == (0, 0, 1)


def test_somebody_twice_in_one_list_is_one_person_and_told(event: Event) -> None:
    found = take_in(event, PIA, PIA.replace("Présidente", "Ancienne présidente"))

    assert counts(found) == (1, 1, 0)
    assert [one["row"] for one in found["possible_duplicates"]] == [3]
    assert len(invited(event)) == 1


def test_a_person_of_an_earlier_edition_is_used_again(event: Event, make_event: Callable[..., Event]) -> None:
    take_in(make_event(), PIA)

    assert counts(take_in(event, PIA)) == (1, 0, 0)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_namesake_of_an_earlier_edition_is_told_and_not_used(event: Event, make_event: Callable[..., Event]) -> None:
    take_in(make_event(), LAURENT_MAYOR)

    found = take_in(event, LAURENT_DIRECTOR)

    assert counts(found) == (1, 0, 0)
    assert len(found["possible_duplicates"]) == 1
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_withdrawn_invitation_stays_so(event: Event) -> None:
    take_in(event, PIA)
    invited(event)[0].state = "withdrawn"
    db.session.commit()

    found = take_in(event, PIA.replace("Présidente", "Maire"))

    assert counts(found) == (0, 0, 1)
    assert len(found["possible_duplicates"]) == 1
    assert invited(event)[0].state == "withdrawn"


@pytest.mark.parametrize("named", ["parlementaires", "PARLEMENTAIRES", "Parlementaires"])
def test_the_category_a_row_names_wins(event: Event, named: str) -> None:
    take_in(event, f"M.;Jean;Petit;;;j@x.example;{named};", "M.;Luc;Roux;;;l@x.example;;")

    assert [one.category.key for one in invited(event)] == ["parlementaires", "elus"]


def test_the_category_asked_for_is_for_new_guests_only(event: Event) -> None:
    take_in(event, PIA)

    found = take_in(event, PIA, LAURENT_MAYOR, category="parlementaires")

    assert counts(found) == (1, 0, 1)
    assert [one.category.key for one in invited(event)] == ["elus", "parlementaires"]


def test_an_unknown_category_is_refused(event: Event) -> None:
    with pytest.raises(importing.UnknownCategory, match="elus, parlementaires"):
        take_in(event, PIA, category="presse")


def test_rows_that_cannot_be_used_say_why_and_the_others_are_taken(event: Event) -> None:
    found = take_in(event, PIA, ";;;Maire;Ville;x@x.example;;", "M.;Luc;Roux;;;no address;;")

    assert found["created"] == 1
    assert [one["row"] for one in found["rejected"]] == [3, 4]
    assert all(one["reason"] for one in found["rejected"])


def test_a_dry_run_writes_nothing(event: Event) -> None:
    assert take_in(event, PIA, dry_run=True)["created"] == 1
    assert invited(event) == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_an_unreadable_list_is_refused_in_a_sentence(event: Event) -> None:
    with pytest.raises(NoHeaderFound) as refusal:
        take_in(event, "1;2;3", header="a;b;c")
    assert isinstance(refusal.value, Refusal)


def test_the_journal_has_one_line_for_the_list_and_one_for_each_correction(event: Event) -> None:
    take_in(event, PIA)
    take_in(event, PIA.replace("Présidente", "Maire"), LAURENT_MAYOR)

    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["guest_list.applied", "invitation.changed", "guest_list.applied"]


def test_all_or_nothing(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(importing, "record", broken)
    with pytest.raises(RuntimeError):
        take_in(event, PIA, LAURENT_MAYOR)
    db.session.rollback()

    assert invited(event) == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_long_list_costs_no_statement_per_row(event: Event, statement_count: Callable[..., Any]) -> None:
    def rows(first: int, number: int) -> list[str]:
        return [
            f";Anne;{chr(65 + n % 26) * 3}{n}x;Maire;Ville {n % 40};p{n}@x.example;;"
            for n in range(first, first + number)
        ]

    with statement_count() as short:
        take_in(event, *rows(0, 10))
    with statement_count() as long:
        take_in(event, *rows(100, 900))

    # Rows go in by pieces of as many values as SQLite takes in one statement.
    assert long.count < short.count + 45
