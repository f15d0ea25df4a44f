"""The demonstration as a whole: loaded once, in every state, nothing left for the worker."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import func, select, table

from app.accounts.service import check_sign_in
from app.audit.models import AuditEntry
from app.badging.queries import list_active_badges
from app.checkin.models import Device
from app.checkin.service import examine_code
from app.clock import now
from app.database import db, set_writing
from app.demonstration.loader import NotEmpty, load
from app.events.queries import get_event
from app.events.service import closing_instant, is_answering_open
from app.exports.lists import attendee_records
from app.invitations.queries import count_by_state
from app.minutes.queries import find_published
from app.outbox.models import Message
from app.overview.queries import event_counts, event_state

AT = datetime(2026, 9, 8, 13, 30, tzinfo=UTC)


@pytest.fixture
def demonstration(app):
    steps = []
    with app.test_request_context(base_url="http://127.0.0.1:8000"):
        set_writing(True)
        signins = load(app, at=AT, report=lambda *step: steps.append(step))
        db.session.commit()
        yield signins, steps


def test_the_demonstration(app, demonstration):
    """One loading, many promises: it takes seconds, so it is not repeated for each."""
    signins, steps = demonstration
    event = get_event("assises-2026")
    _check_accounts(signins)
    _check_dates(event)
    _check_states(event)
    _check_letters(app, event)
    _check_door(event)
    _check_archive()
    _check_journal(event)
    assert steps[-1][0] == steps[-1][1]
    with pytest.raises(NotEmpty):
        load(app, at=AT, report=lambda *_step: None)


def _check_accounts(signins):
    assert {role for role, _email, _password in signins} == {"organiser", "reception", "admin"}
    for role, email, password in signins:
        assert len(password) >= 12
        assert check_sign_in(email, password, "127.0.0.1", now()).has_role(role)


def _check_dates(event):
    assert timedelta(days=18) < event.starts_at - AT < timedelta(days=26)
    assert timedelta(days=9) < closing_instant(event) - AT <= timedelta(days=10)
    assert is_answering_open(event, AT)
    assert (event.capacity, event.edition_number) == (300, 3)
    assert event.venue.name == get_event("assises-2025").venue.name


def _check_states(event):
    counts, states = event_counts(event), count_by_state(event)
    assert 400 <= counts["invited"] <= 440
    assert 250 <= counts["confirmed"] <= 300
    assert 5 <= counts["waiting"] <= 40
    assert counts["present"] == 0
    asked = {"draft", "sent", "opened", "bounced"}
    assert set(states) == {*asked, "accepted", "declined", "represented", "withdrawn"}
    found = {record["state"] for record in attendee_records(event)}
    assert found == {"confirmed", "waiting", "offered", "pending", *states} - {"accepted"}
    state = event_state(event)
    assert all(s.quota is not None and s.confirmed <= s.quota for s in state.seats)
    assert state.promotable == 0 < state.waiting  # a place that comes free is offered by itself


def _check_letters(app, event):
    messages = db.session.scalars(select(Message).where(Message.topic == event.public_id)).all()
    states = {message.state for message in messages}
    assert states == {"sent", "bounced", "failed"}
    assert all(message.sent_at < AT for message in messages if message.state == "sent")
    folder = Path(app.extensions["parvis"].instance) / "mail"
    sent = next(m for m in messages if m.kind == "invitation" and m.state == "sent")
    letter = message_from_bytes((folder / f"{sent.public_id}.eml").read_bytes(), policy=default)
    (pdf,) = [part for part in letter.walk() if part.get_content_type() == "application/pdf"]
    assert pdf.get_content().startswith(b"%PDF")
    assert letter["Date"].datetime == (sent.queued_at + timedelta(minutes=2)).replace(microsecond=0)
    jobs = table("workflow_status", schema="dbos" if db.engine.dialect.name == "postgresql" else None)
    assert db.session.scalar(select(func.count()).select_from(jobs)) == 0


def _check_door(event):
    badges = list_active_badges(event)
    assert len(badges) == event_counts(event)["confirmed"]
    assert examine_code(event, badges[0].code, AT).result == "admitted"
    assert db.session.scalar(select(func.count()).where(Device.event_id == event.id)) == 2


def _check_archive():
    event = get_event("assises-2025")
    assert (event.status, event_counts(event)["confirmed"]) == ("archived", 18)
    assert closing_instant(event) == datetime(2025, 11, 6, 23, tzinfo=UTC)
    record = find_published(event)
    assert record.issued_on.isoformat() == "2025-11-25"
    assert [d.number for d in record.decisions] == [1, 2, 3, 4, 5, 6, 7, None]
    assert len(record.sections) == 3
    other = get_event("rencontres-2026")
    assert (other.deadline, other.guest_country, other.has_guest_country) == (None, None, True)


def _check_journal(event):
    latest = db.session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.topic == event.public_id))
    assert latest < AT
