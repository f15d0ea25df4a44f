"""How letters address one guest on one event's list, decided with a reason and undone (domain 2.5, 2.24)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.audit.queries import list_entries_of
from app.database import db
from app.directory.overrides import list_decisions_of
from app.invitations.batches import compose_invitations
from app.invitations.composing import sheet_salutation
from app.invitations.models import Invitation
from app.invitations.service import send
from app.outbox.models import Message
from tests.browsing import Browser
from tests.factories import ORGANISER, Factory

Make = Callable[..., Any]
SAID = {"kind": "form_of_address", "language": "fr", "value": "Madame le Maire", "reason": "À sa demande"}


@pytest.fixture
def guests(make_event: Make, factory: Factory) -> tuple[Invitation, Invitation]:
    """One mayor on the lists of two events."""
    mayor = factory.person("Zoé", "Martin", civility="Mme")
    here, there = make_event(slug="ici", status="open"), make_event(slug="ailleurs", status="open")
    values: dict[str, Any] = {"qualities": ("Maire de Lens",), "state": "draft", "email": "maire@example.org"}
    return factory.invitation(here, mayor, **values), factory.invitation(there, mayor, **values)


def page_of(one: Invitation) -> str:
    return f"/organise/{one.event.slug}/guests/{one.public_id}"


def test_a_form_of_address_is_decided_for_one_list_shown_and_undone(
    guests: tuple[Invitation, Invitation], organiser_client: Browser
) -> None:
    here, there = guests
    address = f"{page_of(here)}/address"
    assert f'href="{address}"' in organiser_client.get(page_of(here)).text

    assert organiser_client.post(address, data={**SAID, "reason": ""}).status_code == 422
    assert organiser_client.post(address, data={**SAID, "kind": "rank", "value": "1"}).status_code == 422
    assert organiser_client.post(address, data=SAID).status_code == 303

    assert (sheet_salutation(here), sheet_salutation(there)) == ("Madame le Maire", "Madame la Maire")
    [one] = list_decisions_of(here.person)
    for page in (page_of(here), address, f"/directory/people/{here.person.public_id}"):
        shown = organiser_client.get(page).text
        assert one.author_name in shown
        assert "À sa demande" in shown
    assert "À sa demande" not in organiser_client.get(page_of(there)).text
    assert page_of(here) in organiser_client.get(f"/directory/people/{here.person.public_id}").text

    assert organiser_client.post(f"{page_of(there)}/address/{one.public_id}/by-rule").status_code == 404
    assert organiser_client.post(f"{address}/{one.public_id}/by-rule").status_code == 303
    assert sheet_salutation(here) == "Madame la Maire"
    actions = {entry.action for entry in list_entries_of(here.person.public_id)}
    assert {"protocol.decided", "protocol.rule_again"} <= actions


def test_the_letters_that_leave_say_what_was_decided_for_their_list(
    guests: tuple[Invitation, Invitation], organiser_client: Browser, app: Any
) -> None:
    here, there = guests
    for said in (SAID, {**SAID, "kind": "consideration", "value": "respectueuse considération"}):
        organiser_client.post(f"{page_of(here)}/address", data=said)
    for one in guests:
        send(one, actor=ORGANISER, at=one.event.created_at)
    db.session.commit()

    messages = list(db.session.query(Message))
    with app.test_request_context():
        letters = compose_invitations(messages)
    by_subject = {one.subject_id: letters[one.public_id].html for one in messages}

    assert "Madame le Maire" in by_subject[here.public_id]
    assert "respectueuse considération" in by_subject[here.public_id]
    assert "Madame la Maire" in by_subject[there.public_id]
    assert "respectueuse" not in by_subject[there.public_id]


def test_the_directory_decides_for_one_of_the_lists_a_person_is_on(
    guests: tuple[Invitation, Invitation], make_event: Make, organiser_client: Browser
) -> None:
    here, there = guests
    address = f"/directory/people/{here.person.public_id}/decisions/add"
    assert f'value="{there.event.public_id}"' in organiser_client.get(address).text

    stranger = {**SAID, "scope": make_event().public_id}
    assert organiser_client.post(address, data=stranger).status_code == 422
    organiser_client.post(address, data={**SAID, "scope": there.event.public_id})

    assert (sheet_salutation(here), sheet_salutation(there)) == ("Madame la Maire", "Madame le Maire")


def test_the_list_wins_over_what_holds_everywhere_which_its_page_cannot_undo(
    guests: tuple[Invitation, Invitation], organiser_client: Browser
) -> None:
    here, there = guests
    organiser_client.post(
        f"/directory/people/{here.person.public_id}/decisions/add", data={**SAID, "value": "Madame la Sénatrice"}
    )
    [everywhere] = list_decisions_of(here.person)
    organiser_client.post(f"{page_of(here)}/address", data=SAID)

    assert (sheet_salutation(here), sheet_salutation(there)) == ("Madame le Maire", "Madame la Sénatrice")
    assert organiser_client.post(f"{page_of(here)}/address/{everywhere.public_id}/by-rule").status_code == 404


def test_an_organiser_of_the_event_alone_decides_for_its_list(
    guests: tuple[Invitation, Invitation], app: Any, make_user: Make
) -> None:
    here, there = guests
    browser = app.test_client()
    browser.sign_in(make_user("organiser", event=here.event))

    assert browser.post(f"{page_of(here)}/address", data=SAID).status_code == 303
    assert browser.post(f"{page_of(there)}/address", data=SAID).status_code in {403, 404}
    assert len(list_decisions_of(here.person)) == 1
