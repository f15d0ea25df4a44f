"""The list of those who wait: queue by queue, the queue named, by rank in each (domain 3.16)."""

import pytest

from app.clock import now
from app.exports.lists import attendees
from app.registration import service
from tests.factories import INVITEE


@pytest.fixture
def event(factory):
    """One place of the event, none in the second category: a queue of each."""
    event = factory.event(capacity=1)
    event.categories[1].quota = 0
    return event


def test_ranks_of_several_queues_do_not_interleave(factory, event):
    of_event, of_category = event.categories
    for key in (of_category.key, of_event.key, of_event.key, of_category.key):
        service.accept(factory.invitation(event, category=key), by="link", actor=INVITEE, at=now())
    factory.invitation(event)
    event.capacity = 9  # with places left at the event, the category alone is short
    service.accept(factory.invitation(event, category=of_category.key), by="link", actor=INVITEE, at=now())
    columns, rows = attendees(event, "en", "waiting")
    rank, queue = columns.index("Rank in the queue"), columns.index("Queue")
    found = [(row[queue], row[rank]) for row in rows]
    whole = [number for name, number in found if name == "The event"]
    part = [number for name, number in found if name == of_category.name.get("en")]
    assert found == [("The event", one) for one in whole] + [(of_category.name.get("en"), one) for one in part]
    assert (whole, part) == (sorted(whole), sorted(part))
    assert whole
    assert part
    assert all(len(row) == len(columns) for row in rows)
    assert "Queue" not in attendees(event, "en", "all")[0]
