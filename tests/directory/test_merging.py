"""Two entries that are one person: proposed with a reason, merged by a click, undone (scenario 5.7)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.clock import now
from app.columns import Bilingual
from app.database import Base, db
from app.directory.duplicates import list_doubles, list_doubles_of, list_merges_of
from app.directory.mandates import Term, add_mandate
from app.directory.merging import (
    AlreadyMerged,
    AlreadyUndone,
    LaterMerge,
    SameEntry,
    merge_people,
    tell_apart,
    undo_merge,
)
from app.directory.models import Merge, Person
from app.directory.overrides import decide, list_decisions_of
from app.directory.queries import get_entry, get_person, list_namesakes, search_people
from app.invitations.merging import BothComing, OtherAnswered
from app.invitations.models import Invitation
from app.invitations.service import withdraw
from app.programme.models import Session, SessionRole
from app.registration.merging import BothExpected
from tests.factories import ORGANISER, Factory

pytestmark = pytest.mark.usefixtures("app")
Maker = Callable[..., Any]


def merge(kept: Person, absorbed: Person, reason: str = "") -> Merge:
    made = merge_people(kept, absorbed, reason=reason, actor=ORGANISER, at=now())
    db.session.commit()
    return made


def undo(made: Merge) -> None:
    undo_merge(made, actor=ORGANISER, at=now())
    db.session.commit()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("Jean-Noël", "Barrot"), ("Tean-Noël", "BARROT"), "spelling"),
        (("Emma", "Véran"), ("Emma", "VERAN"), "same"),
        (("Tony", "Ben Lahoucine"), ("Ben Lahoucine", "Tony"), "order"),
        (("Oleksandr", "Shcherbak"), ("Oleksandr", "Chtcherbak"), "spelling"),
    ],
)
def test_entries_that_look_alike_are_proposed_with_the_reason(
    make_person: Maker, one: tuple[str, str], other: tuple[str, str], reason: str
) -> None:
    first, second = make_person(*one), make_person(*other)
    make_person("Nadia", "Pellefigue")

    assert [(pair.one, pair.other, pair.reason) for pair in list_doubles()] == [(first, second, reason)]
    assert [(pair.other, pair.reason) for pair in list_doubles_of(second)] == [(first, reason)]


def test_a_shared_mailbox_alone_proposes_nothing(make_person: Maker) -> None:
    for given in ("Anne", "Jean", "Zoé"):
        make_person(given, f"De {given}", email="cabinet@ville.example")

    assert list_doubles() == []


def test_a_man_and_a_woman_of_like_names_are_not_proposed(make_person: Maker) -> None:
    make_person("Michel", "Durand", civility="M")
    make_person("Michele", "Durand", civility="Mme")

    assert list_doubles() == []


def test_homonyms_said_to_be_two_people_are_not_proposed_again(make_person: Maker) -> None:
    mayor = make_person("Philippe", "Laurent", qualities=("Maire de Sceaux",), organisation="Ville de Sceaux")
    director = make_person("Philippe", "Laurent", qualities=("Directeur",), organisation="CC du Val")
    assert len(list_doubles()) == 1

    tell_apart(director, mayor, actor=ORGANISER, at=now())
    tell_apart(mayor, director, actor=ORGANISER, at=now())
    db.session.commit()

    assert list_doubles() == list_doubles_of(mayor) == []


def test_what_hangs_on_the_double_follows_and_comes_back(make_person: Maker, factory: Factory) -> None:
    kept = make_person("Jean-Noël", "Barrot", email="", qualities=("Ministre",), organisation="Ministère")
    double = make_person("Tean-Noël", "Barrot", email="ministre@example.org", qualities=("Député",), organisation="")
    registration = factory.registration(person=double)
    invitation = registration.invitation
    session = Session(event_id=invitation.event_id, kind="speech", title=Bilingual("Clôture"))
    session.roles = [SessionRole(person_id=double.id, role="speaker")]
    db.session.add(session)
    db.session.commit()
    role = session.roles[0]

    made = merge(kept, double, "OCR")

    assert [one.title for one in kept.mandates] == ["Ministre", "Député"]
    assert {invitation.person_id, registration.person_id, role.person_id} == {kept.id}
    assert (kept.email, kept.aliases) == ("ministre@example.org", ("Tean-Noël Barrot",))
    assert search_people("tean") == [kept]
    assert list_namesakes("tean noel", "barrot") == []
    assert get_person(double.public_id) is kept
    assert get_entry(double.public_id) is double
    assert [one.reason for one in list_merges_of(kept)] == ["OCR"]

    undo(made)

    assert [one.title for one in kept.mandates] == ["Ministre"]
    assert [one.title for one in double.mandates] == ["Député"]
    assert {invitation.person_id, registration.person_id, role.person_id} == {double.id}
    assert (kept.email, kept.aliases) == ("", ())
    assert search_people("tean") == [double]
    assert list_merges_of(kept) == []


def test_what_was_decided_of_the_double_follows_unless_the_same_was_decided_of_the_other(make_person: Maker) -> None:
    kept, double = make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    said = {"reason": "demandé", "actor": ORGANISER, "at": now()}
    decide(kept, "form_of_address", "Madame le Maire", language="fr", **said)
    decide(double, "form_of_address", "Madame", language="fr", **said)
    decide(double, "form_of_address", "Dear Zoé", language="en", **said)
    decide(double, "form_of_address", "Chère Zoé", language="fr", scope="one-list", **said)
    decide(double, "rank", "2", **said)
    db.session.commit()

    made = merge(kept, double)
    assert {one.value for one in list_decisions_of(kept)} == {"Madame le Maire", "Dear Zoé", "Chère Zoé", "2"}
    assert [one.value for one in list_decisions_of(double)] == ["Madame"]
    undo(made)

    assert [one.value for one in list_decisions_of(kept)] == ["Madame le Maire"]
    assert {one.value for one in list_decisions_of(double)} == {"Madame", "Dear Zoé", "Chère Zoé", "2"}


def test_a_session_prints_one_role_of_one_person(make_person: Maker, make_event: Maker) -> None:
    kept, double = make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    session = Session(event_id=make_event().id, kind="speech", title=Bilingual("Clôture"))
    session.roles = [
        SessionRole(person_id=kept.id, role="speaker", qualities=("Maire",)),
        SessionRole(person_id=double.id, role="moderator", position=2, qualities=("Députée",)),
    ]
    db.session.add(session)
    db.session.commit()
    address = session.roles[1].public_id

    made = merge(kept, double)
    assert [(one.person, one.role) for one in session.roles] == [(kept, "speaker")]
    assert made.moved["left_behind"] == ["Clôture"]
    undo(made)

    assert [(one.person, one.role, one.qualities) for one in session.roles] == [
        (kept, "speaker", ("Maire",)), (double, "moderator", ("Députée",)),
    ]  # fmt: skip
    assert session.roles[1].public_id == address


def test_a_mandate_both_have_stays_once(make_person: Maker) -> None:
    one, other = make_person("Zoé", "Martin"), make_person("Zoe", "Martin")

    made = merge(one, other)
    assert [mandate.title for mandate in one.mandates] == ["Maire"]
    add_mandate(one, Term("Présidente"), actor=ORGANISER, at=now())
    undo(made)

    assert [mandate.title for mandate in one.mandates] == ["Maire", "Présidente"]
    assert [mandate.title for mandate in other.mandates] == ["Maire"]


def test_invited_twice_the_unanswered_invitation_is_withdrawn_until_the_merge_is_undone(
    make_person: Maker, make_event: Maker, factory: Factory
) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    factory.registration(event, one)
    second = factory.invitation(event, other)

    made = merge(one, other)
    assert (second.state, second.person_id) == ("withdrawn", other.id)
    undo(made)

    assert second.state == "sent"


def test_the_entry_that_stays_is_the_one_that_comes(make_person: Maker, make_event: Maker, factory: Factory) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    factory.registration(event, one)
    factory.invitation(event, other)

    with pytest.raises(OtherAnswered):
        merge_people(other, one, actor=ORGANISER, at=now())
    db.session.rollback()

    assert db.session.get_one(Person, one.id).merged_into_id is None


def test_a_refusal_to_come_is_an_answer_too(make_person: Maker, make_event: Maker, factory: Factory) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    factory.invitation(event, one)
    declined = factory.invitation(event, other, state="declined")

    with pytest.raises(OtherAnswered):
        merge_people(one, other, actor=ORGANISER, at=now())
    db.session.rollback()
    merge(other, one)

    assert (declined.state, declined.person_id) == ("declined", other.id)


def test_two_places_are_never_made_one_by_a_merge(make_person: Maker, make_event: Maker, factory: Factory) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    first, second = factory.registration(event, one), factory.registration(event, other)

    with pytest.raises(BothComing):
        merge_people(one, other, actor=ORGANISER, at=now())
    db.session.rollback()
    for registration in (first, second):
        registration.invitation_id = None
    db.session.query(Invitation).delete()
    db.session.commit()

    with pytest.raises(BothExpected):
        merge_people(one, other, actor=ORGANISER, at=now())


def test_a_withdrawn_invitation_stays_withdrawn(make_person: Maker, make_event: Maker, factory: Factory) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    factory.invitation(event, one)
    second = factory.invitation(event, other)
    withdraw(second, actor=ORGANISER, at=now())
    db.session.commit()

    undo(merge(one, other))

    assert second.state == "withdrawn"


def test_merges_are_undone_once_and_in_reverse_order(make_person: Maker) -> None:
    one, other, third = (make_person("Zoé", "Martin") for _ in range(3))
    with pytest.raises(SameEntry):
        merge(one, one)
    first = merge(one, other)
    with pytest.raises(AlreadyMerged):
        merge(third, other)
    later = merge(third, one)
    with pytest.raises(LaterMerge):
        undo(first)
    undo(later)
    undo(first)
    with pytest.raises(AlreadyUndone):
        undo(first)


def test_every_table_that_names_a_person_follows_a_merge() -> None:
    """A new table with a person must say what becomes of its rows: add it here with its handler."""
    naming = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }

    assert naming == {
        # The directory's own.
        "person.merged_into_id", "name_word.person_id", "mandate.person_id", "contact_point.person_id",
        "presentation.person_id", "protocol_override.person_id", "merge.kept_id", "merge.absorbed_id",
        "known_apart.person_id", "known_apart.other_id",
        # app/<room>/merging.py
        "invitation.person_id", "invitation.former_person_id", "delegation_member.person_id",
        "registration.person_id", "session_role.person_id",
        "intervention.person_id", "calendar_subscription.person_id",
    }  # fmt: skip
