"""One badge before many desks in the same second, on both databases (scenario 5.6).

All threads meet after they have read today's passages. The row lock keeps them from meeting on
PostgreSQL and the write transaction on SQLite; without the lock the key of the entry decides alone;
without both the door lets the same badge in more than once: the negative control.
"""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin import service
from app.checkin.models import Device, Scan
from app.checkin.service import Passage
from app.clock import now
from app.database import db
from app.events.models import Event
from app.registration.models import Registration
from tests.meeting import Meeting
from tests.pressing import until_told

DESKS = 12


@pytest.fixture
def door(factory) -> tuple[int, int, list[int]]:
    """Ids of an event, of a guest and of DESKS desks."""
    event = factory.event()
    guest = factory.registration(event)
    desks = [factory.device(event, f"Porte {n}").id for n in range(DESKS)]
    return event.id, guest.id, desks


@pytest.fixture
def meeting(monkeypatch) -> Meeting:
    """Everyone waits for the others after looking."""
    met = Meeting(DESKS)
    monkeypatch.setattr(service, "list_passages", met.after(service.list_passages))
    return met


def scan_everywhere(app: Flask, door: tuple[int, int, list[int]], nonce: str = "") -> list[str]:
    """Every desk admits the guest at the same instant; what each was answered."""
    event_id, guest_id, desks = door
    answers: list[str] = []
    start = threading.Barrier(len(desks))

    def run(desk: int) -> None:
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            guest = db.session.get_one(Registration, guest_id)
            device = db.session.get_one(Device, desk)
            db.session.rollback()
            start.wait()
            passage = Passage(device, nonce or f"n-{desk}", "camera", "Agent", now())
            answers.append(until_told(lambda: service.admit(event, guest, passage).result))
            db.session.remove()

    db.session.commit()
    together([lambda desk=desk: run(desk) for desk in desks])  # type: ignore[misc] # bound now
    return sorted(answers)


def together(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def list_results() -> list[str]:
    return sorted(db.session.scalars(select(Scan.result)))


EXACTLY_ONE = ["admitted", *["already_in"] * (DESKS - 1)]


@pytest.mark.usefixtures("meeting")
def test_in_the_same_second_one_desk_admits(app, door):
    assert scan_everywhere(app, door) == EXACTLY_ONE
    assert list_results() == EXACTLY_ONE


def test_the_key_of_the_entry_holds_without_the_lock(app, door, meeting, monkeypatch):
    meeting.without_lock(monkeypatch, service, "lock_rows")
    assert scan_everywhere(app, door) == EXACTLY_ONE
    assert list_results() == EXACTLY_ONE


def test_negative_control_without_lock_and_key_the_badge_opens_twice(app, door, meeting, monkeypatch):
    meeting.without_lock(monkeypatch, service, "lock_rows")
    keep = service._keep

    def keep_without_key(event, verdict, passage, key=None, *, document=""):  # type: ignore[no-untyped-def] # as it is
        unguarded = key and f"{key}:{passage.device.id}"
        return keep(event, verdict, passage, unguarded, document=document)

    monkeypatch.setattr(service, "_keep", keep_without_key)
    assert scan_everywhere(app, door).count("admitted") > 1


def test_one_request_sent_many_times_at_once_is_one_row(app, door):
    event, guest, desks = door
    answers = scan_everywhere(app, (event, guest, [desks[0]] * DESKS), nonce="the-same")
    assert answers == ["admitted"] * DESKS
    assert list_results() == ["admitted"]
