"""Answers received by mail, telephone or on paper: the hour of receipt decides (scenario 5.2)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.audit.models import AuditEntry
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.words import deadline_sentence
from app.registration import keying
from app.registration.queries import find_registration_of
from app.registration.representatives import Representative
from tests.factories import ORGANISER

LAST_SECOND, CLOSED = (datetime(2025, 11, 6, 22, 59, 59, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC))
A_DAY = timedelta(days=1)


@pytest.fixture
def assises(factory):
    """The evening of 18 November 2025; answers expected before 7 November."""
    return factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))


def keyed(invitation, answer="attend", *, received_at, late_reason="", at=None, who=None):
    receipt = keying.Receipt("mail", received_at, late_reason)
    keying.key_in(
        invitation, answer, receipt, actor=ORGANISER, at=at or now(), who=who,
        deadline_sentence=deadline_sentence(invitation.event),
    )  # fmt: skip


def test_the_hour_of_receipt_counts_and_not_that_of_keying(factory, assises, frozen):
    frozen(CLOSED + A_DAY)
    invitation = factory.invitation(assises)
    keyed(invitation, received_at=LAST_SECOND)
    assert (invitation.state, invitation.answered_by) == ("accepted", "mail")
    entry = db.session.query(AuditEntry).filter_by(action="answer.keyed_in").one()
    assert entry.after["received_at"] == LAST_SECOND.isoformat()


def test_a_late_answer_needs_a_reason_which_is_kept(factory, assises, frozen):
    frozen(CLOSED + A_DAY)
    invitation = factory.invitation(assises)
    with pytest.raises(keying.LateNeedsReason):
        keyed(invitation, received_at=CLOSED)
    assert invitation.state == "sent"
    keyed(invitation, received_at=CLOSED, late_reason="Demande du cabinet")
    entry = db.session.query(AuditEntry).filter_by(action="answer.keyed_in").one()
    assert (entry.after["late_reason"], entry.actor_name) == ("Demande du cabinet", ORGANISER.name)


def test_nothing_is_received_in_the_future(factory):
    with pytest.raises(keying.ReceivedLater):
        keyed(factory.invitation(), received_at=now() + A_DAY)


@pytest.mark.parametrize("status", ["draft", "archived", "cancelled"])
def test_nothing_is_keyed_in_for_an_event_that_is_over(factory, status):
    with pytest.raises(keying.NotKeyable):
        keyed(factory.invitation(factory.event(status=status)), received_at=now())


def test_a_withdrawn_invitation_takes_no_answer(factory):
    with pytest.raises(keying.NotKeyable):
        keyed(factory.invitation(state="withdrawn"), received_at=now())


def test_declining_and_representing_are_keyed_in_too(factory):
    event = factory.event()
    absent, other = factory.invitation(event), factory.invitation(event)
    keyed(absent, "decline", received_at=now())
    keyed(other, "represented", received_at=now(), who=Representative(Names("Zoé", "Yvon")))
    assert (absent.state, other.state) == ("declined", "represented")
    assert find_registration_of(event.id, absent.person_id) is None
