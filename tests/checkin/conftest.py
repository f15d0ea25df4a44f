"""What most doors of the tests have: an event of tonight, a guest of it; the invented guests of its rehearsal."""

import pytest

from app.checkin import rehearsing
from app.clock import now
from app.database import db
from tests.checkin.programs import LEAD
from tests.databases import KEY
from tests.factories import evening


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, capacity=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def guests(event):
    made = rehearsing.open_rehearsal(event, secret=KEY, actor=LEAD, at=now())
    db.session.commit()
    return made
