"""The journal: written with the change, newest first, never changed afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit import queries, service
from app.audit.models import AuditEntry
from app.audit.service import Actor
from app.clock import now
from app.database import db

ZOE = Actor("user", "zoe-id", "Zoé Martin")


def note(action="event.opened", object_id="one", at=None, **more):
    return service.record(ZOE, action, kind="event", id=object_id, name="Assises", at=at or now(), **more)


def test_an_entry_says_who_did_what_to_what_and_when(app):
    at = now()
    note(topic="event-id", at=at, before={"status": "draft"}, after={"status": "open"})
    db.session.commit()
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("user", "zoe-id", "Zoé Martin")
    assert (entry.action, entry.object_kind, entry.object_id) == ("event.opened", "event", "one")
    assert (entry.before, entry.after) == ({"status": "draft"}, {"status": "open"})
    assert (entry.at, entry.topic) == (at, "event-id")


def test_an_entry_goes_with_a_change_that_is_taken_back(app):
    note()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_the_newest_comes_first_page_by_page(app):
    for n in range(5):
        note(f"event.changed_{n}", topic="here", at=now() + timedelta(seconds=n))
    note("event.elsewhere", topic="there")
    db.session.commit()
    pages = [queries.list_entries("here", page=page, size=2) for page in (1, 2, 3, 4)]
    assert [[entry.action[-1] for entry in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"], []]


def test_what_was_entered_late_stands_at_its_hour(app):
    for n in (2, 0, 1):
        note(f"event.changed_{n}", topic="here", at=now() + timedelta(seconds=n))
    db.session.commit()
    assert [entry.action[-1] for entry in queries.list_entries("here")] == ["2", "1", "0"]


def test_the_history_of_one_object(app):
    note("event.opened")
    note("event.closed")
    note("event.opened", object_id="another")
    db.session.commit()
    assert [entry.action for entry in queries.list_entries_of("one")] == ["event.closed", "event.opened"]


def test_a_very_long_name_is_cut_rather_than_refused(app):
    service.record(ZOE, "x", kind="event", id="one", name="é" * 400, at=now())
    db.session.commit()
    assert len(db.session.scalar(select(AuditEntry)).object_name) == 300


@pytest.mark.parametrize("actor", [service.SYSTEM, service.COMMAND_LINE])
def test_what_nobody_did_by_hand_has_an_author_too(app, actor):
    service.record(actor, "x", kind="event", id="one", name="", at=now())
    db.session.commit()
    assert db.session.scalar(select(AuditEntry)).actor_name in {"Parvis", "parvis"}
