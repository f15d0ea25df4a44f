"""After the deadline: a request, decided by the organiser with a reason (domain 1.1 R0.8, scenario 5.2 step 3)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.audit.models import AuditEntry
from app.database import db
from app.directory.service import NameMissing
from app.registration import late_requests, service
from app.registration.composing_late import compose_decided
from app.registration.life import LateRequest
from app.registration.models import Registration
from app.registration.printing import Printed
from app.registration.queries import find_standing
from tests.factories import INVITEE, ORGANISER
from tests.registration.telling import let_ask

LAST = datetime(2026, 11, 6, 22, 59, 59, tzinfo=UTC)
CLOSED = LAST + timedelta(seconds=1)
STARTS = datetime(2026, 11, 18, 16, 30, tzinfo=UTC)
ZOE = {"given_name": "Zoé", "family_name": "Yvon", "quality": "Adjointe", "email": "zoe@example.org"}


@pytest.fixture
def event(factory):
    return factory.event(starts_at=STARTS, deadline=date(2026, 11, 7), capacity=1)


@pytest.fixture
def invitation(factory, event):
    return factory.invitation(event)


def ask(invitation, kind, at=CLOSED, **more):
    request = late_requests.ask(invitation, kind, at=at, **more)
    db.session.commit()
    return request


def grant(request, reason="Une place s’est libérée."):
    late_requests.grant(request, reason=reason, actor=ORGANISER, at=CLOSED)
    db.session.commit()


def accept(invitation):
    service.accept(invitation, by="link", actor=INVITEE, at=LAST)
    db.session.commit()


def test_before_the_deadline_nobody_asks_and_at_its_second_one_may(invitation):
    with pytest.raises(late_requests.StillOpen):
        ask(invitation, "attend", LAST)
    assert ask(invitation, "attend", CLOSED).state == "waiting"


@pytest.mark.parametrize("spoil", ["begun", "cancelled", "archived"])
def test_nothing_is_asked_of_an_event_that_began_or_takes_nothing(event, invitation, spoil):
    at = STARTS if spoil == "begun" else CLOSED
    event.status = "open" if spoil == "begun" else spoil
    with pytest.raises(late_requests.TooLateToAsk):
        ask(invitation, "attend", at)
    assert late_requests.can_ask(invitation, STARTS - timedelta(seconds=1)) is (spoil == "begun")


def test_a_request_takes_no_seat_and_changes_no_answer(event, invitation):
    ask(invitation, "attend")
    assert (invitation.state, db.session.query(Registration).count()) == ("sent", 0)


def test_granted_it_is_the_answer_and_a_seat_is_given_only_if_there_is_one(factory, event, invitation):
    other = factory.invitation(event)
    first, second = ask(invitation, "attend"), ask(other, "attend")
    grant(first)
    grant(second)
    assert [find_standing(one).state for one in (invitation, other)] == ["confirmed", "waiting"]
    entry = db.session.query(AuditEntry).filter_by(action="late.granted").first()
    assert (entry.after["reason"], entry.actor_name) == ("Une place s’est libérée.", ORGANISER.name)


def test_who_does_not_come_any_more_gives_the_seat_back_only_when_granted(factory, event, invitation, letters):
    accept(invitation)
    waiting = factory.registration(event)
    request = ask(invitation, "decline", message="Empêchement")
    assert find_standing(invitation).state == "confirmed"
    grant(request)
    db.session.refresh(waiting)
    assert (invitation.state, invitation.decline_reason) == ("declined", "Empêchement")
    assert waiting.state != "waiting"
    assert [one.subject_id for one in letters(kind="late_decided")] == [request.public_id]


def test_refused_it_stays_and_the_letter_says_why(invitation, letters):
    request = ask(invitation, "attend")
    late_requests.refuse(request, reason="La liste est close.", actor=ORGANISER, at=CLOSED)
    db.session.commit()
    assert (invitation.state, request.state) == ("sent", "refused")
    assert [one.recipient for one in letters(kind="late_decided")] == [invitation.email]


@pytest.mark.parametrize("decide", [late_requests.grant, late_requests.refuse])
def test_a_decision_has_a_reason_and_is_taken_once(invitation, decide):
    request = ask(invitation, "attend")
    with pytest.raises(late_requests.ReasonMissing):
        decide(request, reason="  ", actor=ORGANISER, at=CLOSED)
    decide(request, reason="Parce que.", actor=ORGANISER, at=CLOSED)
    for again in (late_requests.grant, late_requests.refuse):
        with pytest.raises(late_requests.DecidedBefore):
            again(request, reason="Encore.", actor=ORGANISER, at=CLOSED)


def test_somebody_else_may_be_asked_for_by_name(invitation):
    with pytest.raises(NameMissing):
        ask(invitation, "represented", content={})
    db.session.rollback()
    grant(ask(invitation, "represented", content=ZOE))
    assert find_standing(invitation).registration.person.full_name == "Zoé Yvon"


def test_an_invitation_in_person_stays_in_person(invitation):
    invitation.is_transferable = False
    db.session.commit()
    with pytest.raises(service.NotTransferable):
        ask(invitation, "represented", content=ZOE)


def test_to_be_printed_otherwise_is_asked_too(event, invitation, letters):
    let_ask(event, "title")
    with pytest.raises(late_requests.NothingToChange):
        ask(invitation, "change", content=late_requests.content_of(Printed(("Sénatrice",), "Sénat")))
    db.session.rollback()
    accept(invitation)
    request = ask(invitation, "change", content=late_requests.content_of(Printed(("Sénatrice",), "Sénat")))
    grant(request)
    registration = find_standing(invitation).registration
    assert (registration.qualities, registration.organisation) == (("Sénatrice",), "Sénat")
    assert len(letters(kind="late_decided")) == 1


def test_what_is_so_already_is_not_asked(invitation):
    accept(invitation)
    with pytest.raises(late_requests.NothingToChange):
        ask(invitation, "attend")
    service.decline(invitation, by="link", actor=INVITEE, at=LAST)
    with pytest.raises(late_requests.NothingToChange):
        ask(invitation, "decline")


def test_asked_again_is_asked_once_with_the_latest_words(invitation):
    ask(invitation, "attend", message="Puis-je ?")
    ask(invitation, "attend", message="S’il vous plaît.")
    assert [one.message for one in db.session.query(LateRequest)] == ["S’il vous plaît."]


def test_a_later_day_of_one_s_own_is_not_late(invitation):
    invitation.deadline_day = date(2026, 11, 14)
    db.session.commit()
    with pytest.raises(late_requests.StillOpen):
        ask(invitation, "attend")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("decide", [late_requests.grant, late_requests.refuse])
def test_the_letter_says_what_was_decided_and_leads_back(factory, event, letters, language, decide):
    invitation = factory.invitation(event, language=language)
    accept(invitation)
    decide(ask(invitation, "decline"), reason="La liste est close.", actor=ORGANISER, at=CLOSED)
    db.session.commit()
    letter = compose_decided(letters(kind="late_decided")[0])
    is_refused = decide is late_requests.refuse
    for body in (letter.text, letter.html):
        assert ("La liste est close." in body) is is_refused
        assert "/i/" in body
    asked = {"fr": "Ne plus participer", "en": "Not to attend any more"}[language]
    assert asked in letter.text
