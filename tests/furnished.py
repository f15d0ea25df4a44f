"""One event with something of everything, and an address for each page of the program."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from app.badging.queries import find_active_badge
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.invitations.models import GuestListImport, Invitation
from app.invitations.service import link_token, send
from app.minutes.models import Decision, Intervention, Minutes, Section
from app.outbox.models import Message
from app.programme.models import Session, SessionRole
from tests.databases import KEY
from tests.factories import ORGANISER, Factory


@dataclass(frozen=True)
class Furnished:
    """The rows pages are asked for, as plain values: any browser may use them."""

    # Value of each argument of an address: "blueprint.argument", else "argument".
    arguments: dict[str, str]
    event: Event
    invitation: Invitation
    token: str
    # What programs send, by endpoint.
    bodies: dict[str, dict[str, str]]

    def address(self, app: Flask, rule: Rule) -> str:
        """The page of a route. Raises KeyError for an argument nobody has told about here."""
        blueprint = rule.endpoint.split(".")[0]
        values = {
            name: self.arguments.get(f"{blueprint}.{name}") or self.arguments[name] for name in rule.arguments
        }
        with app.test_request_context():
            return app.url_for(rule.endpoint, **values)


def furnish(factory: Factory) -> Furnished:
    """An open event with guests, answers, letters, badges, a desk, a programme and minutes."""
    event = factory.event()
    confirmed = factory.registration(event)
    invitation = confirmed.invitation
    waiting = factory.invitation(event, state="draft")
    send(waiting, actor=ORGANISER, at=now())
    device = factory.device(event)
    session, role = _programme(event, confirmed.person_id)
    minutes, section, intervention = _minutes(event, session)
    guest_list = GuestListImport(event=event, category=event.categories[0], file_name="guests.csv")
    db.session.add(guest_list)
    db.session.commit()
    badge = find_active_badge(confirmed.id)
    letter = db.session.query(Message).filter_by(kind="confirmation").one()
    assert badge
    arguments = {
        "slug": event.slug,
        "filename": "css/tokens.css",
        "language": "en",
        "token": link_token(invitation, KEY),
        "answers.public_id": invitation.public_id,
        "invitations.public_id": invitation.public_id,
        "invitation": invitation.public_id,
        "guest_lists.public_id": guest_list.public_id,
        "import_id": guest_list.public_id,
        "registrations.public_id": confirmed.public_id,
        "registration": confirmed.public_id,
        "desk.person": confirmed.public_id,
        "letters.public_id": letter.public_id,
        "message": letter.public_id,
        "device": device.public_id,
        "scan": _scan(event, confirmed, device),
        "code": badge.short_code,
        "programme.public_id": session.public_id,
        "session": session.public_id,
        "role": role.public_id,
        "minutes.public_id": section.public_id,
        "section": section.public_id,
        "intervention": intervention.public_id,
        "version": str(minutes.version),
        "format": "pdf",
        "person": confirmed.person.public_id,
        "category": event.categories[0].key,
        "kind": "invitation",
        "part": "0",
        "index": "0",
        "number": "0",
    }
    bodies = {"checkin_api.scans": {"device": device.public_id, "code": badge.code, "nonce": "n-1"}}
    return Furnished(arguments, event, invitation, arguments["token"], bodies)


def _scan(event: Event, registration: Any, device: Any) -> str:
    from app.checkin.service import Passage, admit

    passage = Passage(device, "first-nonce", "typed", "Reception of the tests", now())
    verdict = admit(event, registration, passage)
    db.session.commit()
    assert verdict.scan
    return str(verdict.scan.public_id)


def _programme(event: Event, person_id: int) -> tuple[Session, SessionRole]:
    session = Session(
        event_id=event.id, kind="round_table", number=1, title=Bilingual("Agir", "Acting"),
        starts_at=event.starts_at, room="Salon",
    )  # fmt: skip
    role = SessionRole(person_id=person_id, role="speaker", qualities=("Maire",))
    session.roles = [role]
    db.session.add(session)
    db.session.commit()
    return session, role


def _minutes(event: Event, session: Session) -> tuple[Minutes, Section, Intervention]:
    """Version 1, published, so that the public page has something to show; version 2, a draft."""
    made = []
    for version, state in ((1, "published"), (2, "draft")):
        intervention = Intervention(name="Camille DURAND", text=Bilingual("Il agit.", "He acts."))
        section = Section(
            session_id=session.id, label=Bilingual("Table ronde 1"), interventions=[intervention],
            composition=[{"role": "speaker", "name": "Camille DURAND", "qualities": ["Maire"]}],
        )  # fmt: skip
        minutes = Minutes(
            event_id=event.id, version=version, state=state, issued_on=now().date(),
            title=Bilingual("Compte rendu", "Minutes"), sections=[section],
            published_at=now() if state == "published" else None,
            decisions=[Decision(number=1, text=Bilingual("Agir.", "Act."))],
        )  # fmt: skip
        db.session.add(minutes)
        made.append((minutes, section, intervention))
    db.session.commit()
    return made[1]
