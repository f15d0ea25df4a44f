"""Thirty days after the event this room erases what it says it erases, and the journal has the counts (domain 3.4)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.audit.models import AuditEntry
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.service import Names
from app.events.asking import set_asked
from app.registration import given_answers, printing, representation_requests, retention, security_list
from app.registration.life import LateRequest, QuestionAnswer, RegistrationDetail
from app.registration.models import Registration, RepresentationRequest
from app.registration.printing import Printed
from app.registration.questions import QuestionFacts, add_question
from app.registration.representatives import Representative
from app.registration.security_models import SecurityList
from tests.factories import INVITEE, ORGANISER

STARTS = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
# The eighteenth of December is kept whole, in Paris.
KEPT, OVER = datetime(2025, 12, 18, 22, 59, tzinfo=UTC), datetime(2025, 12, 18, 23, 0, tzinfo=UTC)
ERASED = {"security_lists": 1, "answers": 1, "requests": 1, "late_requests": 1, "document_names": 1}


@pytest.fixture
def event(factory, frozen):
    """An event with one row of each kind."""
    clock = frozen(STARTS - timedelta(days=20))
    event = factory.event(starts_at=STARTS)
    set_asked(event, ("title", "document_name"), actor=ORGANISER, at=now())
    question = add_question(event, QuestionFacts("text", Bilingual("Train ?")), actor=ORGANISER, at=now())
    guest = factory.registration(event)
    printing.print_as(guest, Printed(("Maire",), "Ville", ("Anne Jeanne", "Petit")), actor=INVITEE, at=now())
    given_answers.answer(guest, {question: "Oui"}, actor=INVITEE, at=now())
    asker = Representative(Names("Paul", "Autre"), "Adjoint", "paul@example.org")
    representation_requests.ask(guest.invitation, asker, message="", at=now())
    db.session.add(LateRequest(invitation=guest.invitation, kind="decline", created_at=now()))
    security_list.lock(event, recipient="Préfecture", seen=0, language="fr", actor=ORGANISER, at=now())
    db.session.commit()
    event.clock = clock
    return event


def run(event, at):
    event.clock.move_to(at)
    list(retention.erase_all())
    db.session.commit()
    db.session.expire_all()
    entries = db.session.query(AuditEntry).filter_by(action="retention.erased")
    return [entry.after for entry in entries]


def left():
    kinds = (SecurityList, QuestionAnswer, RepresentationRequest, LateRequest)
    return [db.session.query(kind).count() for kind in kinds]


def test_until_the_end_of_the_thirtieth_day_all_of_it_is_kept(event):
    assert run(event, KEPT) == []
    assert left() == [1, 1, 1, 1]
    assert db.session.query(RegistrationDetail).one().document_name == "Anne Jeanne Petit"


def test_then_it_is_erased_once_and_the_journal_has_counts_without_names(event):
    assert run(event, OVER) == [ERASED]
    assert left() == [0, 0, 0, 0]
    assert db.session.query(RegistrationDetail).one().document_name == ""
    assert db.session.query(Registration).count() == 1
    assert run(event, OVER + timedelta(days=1)) == [ERASED]  # the second night finds nothing


def test_a_postponed_event_keeps_its_days_and_another_event_is_left_alone(event, factory):
    event.starts_at += timedelta(days=60)
    db.session.commit()
    assert run(event, OVER) == []
    assert left() == [1, 1, 1, 1]
