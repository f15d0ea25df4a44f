"""A device as a program speaks for it: enrolled by a code, then with its token alone."""

from app.audit.service import Actor
from app.badging.queries import find_active_badge
from app.checkin.enrolling import Wanted, code_of, invite_device
from app.clock import now
from app.database import db
from tests.databases import KEY

LEAD = Actor("user", "lead-of-tests", "Lead of the tests")
ENGLISH = {"Accept-Language": "en"}


def code_for(event, name="Téléphone de Léa", role="agent", gates=(), days=()):
    """A code that the lead made."""
    enrolment = invite_device(event, Wanted(name, role, gates, days), secret=KEY, actor=LEAD, at=now())
    db.session.commit()
    return code_of(enrolment, KEY)


class Program:
    """What an enrolled device may send; no session, no CSRF token."""

    def __init__(self, app, event, **rights):
        self.browser = app.test_client()
        self.browser.sends_token = False
        self.base = f"/api/v1/events/{event.slug}"
        told = self.browser.post("/api/v1/enrol", json={"code": code_for(event, **rights)}).json
        self.token, self.device = told["token"], told["device"]

    @property
    def headers(self):
        return {**ENGLISH, "Authorization": f"Bearer {self.token}"}

    def post(self, path, body):
        return self.browser.post(self.base + path, json=body, headers=self.headers)

    def get(self, path, **headers):
        return self.browser.get(self.base + path, headers={**self.headers, **headers})

    def scan(self, *rows, **device):
        answer = self.post("/scans", {"scans": list(rows), "device": device} if device else {"scans": list(rows)})
        assert answer.status_code == 200, answer.text
        return answer.json["answers"]

    def one(self, **row):
        return self.scan(row)[0]


def code_on(registration):
    """What the badge of somebody says."""
    badge = find_active_badge(registration.id)
    assert badge
    return badge.code
