"""Waves, reminders and terms, as an organiser's browser sees them."""

from collections.abc import Callable
from typing import Any

import pytest

from app.database import db
from app.directory.mandates import Term, add_mandate
from app.directory.models import Office
from app.directory.service import get_or_add_organisation
from app.events.models import Event
from app.invitations.models import Campaign, Invitation, Reminder
from tests.browsing import Browser
from tests.factories import ORGANISER, evening, now

Make = Callable[..., Any]
WAVES = "/organise/assises/waves"


@pytest.fixture
def event(make_event: Make, organiser_client: Browser, admin_client: Browser) -> Event:
    for client in (organiser_client, admin_client):
        client.post("/language", data={"language": "en"})
    return make_event(slug="assises", categories=("elus", "presse"))


def open_wave(client: Browser, name: str = "A") -> str:
    """The address of a new wave."""
    return client.post(WAVES, data={"name": name, "planned_on": "2030-01-07"}).headers["Location"]


def test_two_people_let_a_wave_leave(
    organiser_client: Browser, admin_client: Browser, event: Event, make_invitation: Make, letters: Make
) -> None:
    make_invitation(event, category="elus", state="draft")
    wave = open_wave(organiser_client)
    assert "Monday 7 January 2030" in organiser_client.get(wave).text
    organiser_client.post(f"{wave}/fill", data={"category": "elus"})
    organiser_client.post(f"{wave}/submit")
    page = organiser_client.get(wave).text
    assert "ask a colleague" in page
    assert f'action="{wave}/approve"' not in page
    assert organiser_client.post(f"{wave}/approve").status_code == 409

    assert "Approve 1 invitation" in admin_client.get(wave).text
    admin_client.post(f"{wave}/approve")
    told = organiser_client.post(f"{wave}/send", follow_redirects=True).text
    assert "1 invitation is on its way." in told
    assert len(letters()) == 1
    assert "Wave A" in organiser_client.get("/organise/assises/invitations").text


def test_a_wave_comes_back_with_words_or_not_at_all(
    organiser_client: Browser, admin_client: Browser, event: Event, make_invitation: Make
) -> None:
    make_invitation(event, category="elus", state="draft")
    wave = open_wave(organiser_client)
    organiser_client.post(f"{wave}/fill", data={"category": "elus"})
    organiser_client.post(f"{wave}/submit")
    refused = admin_client.post(f"{wave}/send-back", data={"reason": ""})
    assert refused.status_code == 422
    assert "Please say what is to be changed" in refused.text
    admin_client.post(f"{wave}/send-back", data={"reason": "The senators are missing"})
    assert "The senators are missing" in organiser_client.get(wave).text


def test_a_name_taken_is_told_beside_its_field(organiser_client: Browser, event: Event) -> None:
    open_wave(organiser_client)
    again = organiser_client.post(WAVES, data={"name": "A"})
    assert again.status_code == 422
    assert "already a wave “A”" in again.text


def test_a_wave_of_another_event_is_not_found(organiser_client: Browser, event: Event, make_event: Make) -> None:
    make_event(slug="other")
    wave = open_wave(organiser_client)
    assert organiser_client.get(wave.replace("assises", "other")).status_code == 404


def test_a_reminder_shows_its_recipients_first(
    organiser_client: Browser, event: Event, make_person: Make, make_invitation: Make
) -> None:
    make_invitation(event, make_person("Zoé", "Silencieuse"), state="sent")
    make_invitation(event, make_person("Luc", "Présent"), state="accepted")
    address = "/organise/assises/reminders"
    organiser_client.post(address, data={"days_before": "5", "states": ["sent", "opened"], "note_fr": "Merci."})
    page = organiser_client.get(address).text
    assert "SILENCIEUSE" in page
    assert "PRÉSENT" not in page
    nobody = organiser_client.post(address, data={"days_before": "3"})
    assert nobody.status_code == 422
    assert "choose who is reminded" in nobody.text
    reminder = db.session.query(Reminder).one()
    organiser_client.post(f"{address}/{reminder.public_id}/drop")
    assert db.session.query(Reminder).count() == 0


def test_the_terms_of_one_guest(organiser_client: Browser, event: Event, make_invitation: Make) -> None:
    invitation = make_invitation(event, state="draft")
    open_wave(organiser_client)
    wave = db.session.query(Campaign).one()
    address = f"/organise/assises/guests/{invitation.public_id}/terms"
    day = (event.starts_at.date()).isoformat()
    typed = {"campaign": wave.public_id, "channel": "paper", "companions_allowed": "2", "deadline_day": day}
    late = organiser_client.post(address, data=typed)
    assert late.status_code == 422
    assert "must come before the event begins" in late.text
    hour_alone = organiser_client.post(address, data={**typed, "deadline_day": "", "deadline_time": "12:00"})
    assert "Please give the day as well." in hour_alone.text
    organiser_client.post(address, data={**typed, "deadline_day": evening(12).date().isoformat()})
    db.session.refresh(invitation)
    assert (invitation.channel, invitation.companions_allowed, invitation.is_transferable) == ("paper", 2, False)
    assert (invitation.deadline_day, invitation.campaign) == (evening(12).date(), wave)


def test_an_office_is_searched_and_invited(organiser_client: Browser, event: Event, make_person: Make) -> None:
    office = Office(
        organisation=get_or_add_organisation("Ville de X"), title_masculine="Maire de X", title_feminine="Maire de X",
        key="maire de x",
    )  # fmt: skip
    db.session.add(office)
    db.session.commit()
    address = "/organise/assises/guests/add-office"
    assert "No office found" in organiser_client.get(f"{address}?q=sceaux").text
    assert "Maire de X" in organiser_client.get(f"{address}?q=maire").text
    vacant = organiser_client.post(f"{address}?q=maire", data={"office": office.public_id, "category": "elus"})
    assert vacant.status_code == 422
    assert "Nobody is known to hold the office" in vacant.text
    holder = make_person("Anne", "Maire", qualities=())
    add_mandate(holder, Term("", office=office), actor=ORGANISER, at=now())
    db.session.commit()
    organiser_client.post(f"{address}?q=maire", data={"office": office.public_id, "category": "elus"})
    invited = db.session.query(Invitation).one()
    assert (invited.person, invited.office, invited.qualities) == (holder, office, ("Maire de X",))
    assert "whoever holds the office" in organiser_client.get(f"/organise/assises/guests/{invited.public_id}").text
