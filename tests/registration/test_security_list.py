"""The list for security: locked version by version, never rewritten (domain 2.10, scenario 5.1.4, 5.4.3)."""

import csv
import io
from hashlib import sha256

import pytest
from openpyxl import load_workbook

from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations.service import link_token
from app.registration import representation_requests, security_list, service
from app.registration.models import RepresentationRequest
from app.registration.queries import find_standing
from app.registration.representatives import AlreadyComing, Representative
from app.registration.security_files import changes_file, changes_in, version_file
from app.registration.security_list import NobodyToList, NothingNew, OutOfDate, RecipientMissing
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

ZOE = Representative(Names("Zoé", "Martin", civility="Mme"), "Adjointe au maire", "zoe@example.org")


@pytest.fixture
def event(make_event):
    return make_event(slug="essai")


def seat(factory, event, family="Durand", **values):
    return factory.registration(event, factory.person("Anne", family, civility="Mme"), **values)


def lock(event, seen=0, recipient="Préfecture de police"):
    made = security_list.lock(event, recipient=recipient, seen=seen, language="fr", actor=ORGANISER, at=now())
    db.session.commit()
    return made


def name_instead(invitation, who=ZOE, actor=INVITEE, by="link"):
    return service.be_represented_by(invitation, who, by=by, actor=actor, at=now())


def told(changes):
    return [(one.kind, one.cells[1]) for one in changes]


def test_a_version_holds_six_cells_of_those_with_a_place(factory, event):
    event.capacity = 2
    monsieur = factory.person("Paul", "Ah", civility="M")
    seat(factory, event, qualities=("Maire", "Sénatrice"), organisation="Ville d’Arras")
    factory.registration(event, monsieur, organisation="", qualities=())
    seat(factory, event, "Attend")

    first = lock(event)

    assert first.titles == ("Civilité", "Nom", "Prénoms", "Organisme", "Fonction", "Collège")
    assert list(first.people.values()) == [
        ["M.", "Ah", "Paul", "", "", "Elus"],
        ["Mme", "Durand", "Anne", "Ville d’Arras", "Maire ; Sénatrice", "Elus"],
    ]
    assert (first.version, first.locked_by, first.recipient) == (1, ORGANISER.name, "Préfecture de police")
    assert event.list_locked_at == first.locked_at


def test_the_digest_is_that_of_the_file(factory, event):
    seat(factory, event)
    first = lock(event)
    content = version_file(event, first, "csv")
    assert sha256(content).hexdigest() == first.digest
    assert security_list.is_intact(first)
    first.people = {key: [*cells[:1], "Autre", *cells[2:]] for key, cells in first.people.items()}
    assert not security_list.is_intact(first)


def test_two_changes_make_a_second_version_and_leave_the_first(factory, event):
    """Scenario 5.1.4: one added, one removed; never a silent rewrite."""
    seat(factory, event, "Reste")
    leaver = seat(factory, event, "Part")
    first = lock(event)
    before = (first.digest, dict(first.people))

    service.cancel_registration(leaver, actor=ORGANISER, at=now())
    seat(factory, event, "Arrive")
    db.session.commit()
    assert told(security_list.changes_since_last(event)) == [("added", "Arrive"), ("removed", "Part")]
    second = lock(event, seen=1)

    assert (second.version, told(changes_in(event, second))) == (2, [("added", "Arrive"), ("removed", "Part")])
    db.session.expire_all()
    assert (first.digest, first.people) == before
    assert security_list.changes_since_last(event) == []


def test_a_corrected_function_is_a_change_with_what_it_was(factory, event):
    guest = seat(factory, event, qualities=("Maire",))
    lock(event)
    guest.qualities = ("Présidente",)
    db.session.commit()
    (change,) = security_list.changes_since_last(event)
    assert (change.kind, change.cells[4], change.differs) == ("changed", "Présidente", ["Maire"])


def test_what_cannot_be_locked(factory, event):
    with pytest.raises(NobodyToList):
        lock(event)
    seat(factory, event)
    with pytest.raises(RecipientMissing):
        lock(event, recipient=" ")
    lock(event)
    with pytest.raises(NothingNew):
        lock(event, seen=1)
    seat(factory, event, "Autre")
    with pytest.raises(OutOfDate):
        lock(event, seen=0)
    assert [one.after["version"] for one in list_entries_of(event.public_id)] == [1]


def test_files_say_the_change_and_disarm_cells(factory, event):
    seat(factory, event)
    first = lock(event)
    seat(factory, event, "Martin", organisation="=1+1")
    second = lock(event, seen=1)

    rows = list(csv.reader(io.StringIO(changes_file(event, second, "csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Ce qui a changé", *first.titles, "Avant"]
    assert (rows[1][0], rows[1][2], rows[1][4]) == ("Ajouté", "Martin", "'=1+1")
    book = load_workbook(io.BytesIO(version_file(event, second, "xlsx")))
    assert [[cell.data_type for cell in row] for row in book.active.iter_rows(min_row=2)] == [["s"] * 6] * 2


def test_before_the_lock_the_invitee_decides_alone(factory, event):
    invitation = seat(factory, event).invitation
    assert name_instead(invitation).state == "confirmed"


def test_after_the_lock_the_invitee_asks_and_the_organiser_grants(factory, event):
    """Scenario 5.4.3."""
    guest = seat(factory, event)
    lock(event)
    with pytest.raises(service.ListLocked):
        name_instead(guest.invitation)
    request = representation_requests.ask(guest.invitation, ZOE, message="", at=now())
    with pytest.raises(service.ListLocked):
        representation_requests.grant(request, by="link", actor=INVITEE, at=now())
    db.session.commit()
    assert (guest.state, security_list.changes_since_last(event)) == ("confirmed", [])

    representation_requests.grant(request, by="staff", actor=ORGANISER, at=now())
    db.session.commit()

    assert told(security_list.changes_since_last(event)) == [("added", "Martin"), ("removed", "Durand")]


def test_after_the_lock_the_organiser_names_somebody_at_once(factory, event):
    guest = seat(factory, event)
    lock(event)
    assert name_instead(guest.invitation, actor=ORGANISER, by="staff").state == "confirmed"


def test_after_the_lock_somebody_registered_is_refused_with_the_reason(factory, event):
    """Scenario 5.4.5: the reason comes first, nothing waits."""
    seat(factory, event, "Martin")
    guest = seat(factory, event)
    lock(event)
    who = Representative(Names("Anne", "Martin"), "Maire", "")
    with pytest.raises(AlreadyComing):
        name_instead(guest.invitation, who)
    with pytest.raises(AlreadyComing):
        representation_requests.ask(guest.invitation, who, message="", at=now())


def test_an_answer_asks_the_database_as_much_before_a_lock_as_after(factory, event, statement_count):
    """The lock is a column of the event, which every answer has read already."""
    seat(factory, event)
    counts = []
    for _ in range(2):
        invitation = factory.invitation(event)
        with statement_count() as seen:
            service.accept(invitation, by="link", actor=INVITEE, at=now())
        counts.append(seen.count)
        db.session.commit()
        if event.list_locked_at is None:
            lock(event)
    assert counts[0] == counts[1]


def test_the_page_of_the_invitee_makes_a_request(client, factory, event):
    guest = factory.invitation(event, factory.person("Paul", "Invité"))
    seat(factory, event)
    lock(event)
    browser, address = client, f"/invitation/{guest.public_id}/"
    browser.get(f"/i/{link_token(guest, KEY)}")
    assert "Demander à l’organisateur" in browser.get(f"{address}?answer=represented").text
    said = {"answer": "represented", "given_name": "Zoé", "family_name": "Martin", "email": "zoe@example.org"}

    answer = browser.post(address, data={**said, "quality": "Adjointe"}, follow_redirects=True)

    assert "attend la décision de l’organisateur" in answer.text
    assert (guest.state, find_standing(guest).registration) == ("sent", None)
    assert [one.state for one in db.session.query(RepresentationRequest)] == ["waiting"]


def test_the_organiser_locks_on_the_page_and_takes_the_files(factory, event, organiser_client):
    seat(factory, event)
    page = "/organise/essai/security-list"
    assert organiser_client.get(page).status_code == 200
    refused = organiser_client.post(f"{page}/lock", data={"recipient": "", "seen": "0"})
    assert refused.status_code == 422

    assert organiser_client.post(f"{page}/lock", data={"recipient": "Préfecture", "seen": "0"}).status_code == 303

    shown = organiser_client.get(page).text
    taken = organiser_client.get(f"{page}/1?format=csv").data
    assert sha256(taken).hexdigest() in shown
    assert organiser_client.get(f"{page}/1?format=xlsx&what=changes").status_code == 200
    assert organiser_client.get(f"{page}/1?format=pdf").status_code == 404
    assert organiser_client.get(f"{page}/2").status_code == 404
    again = organiser_client.post(f"{page}/lock", data={"recipient": "Préfecture", "seen": "1"})
    assert again.status_code == 422
