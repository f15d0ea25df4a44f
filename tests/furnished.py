"""One event with something of everything, and an address for each page of the program."""

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from app.badging.queries import find_active_badge
from app.checkin.service import Passage, admit
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.overrides import decide
from app.events.logo import set_logo
from app.events.models import Event
from app.invitations.campaigns import open_campaign
from app.invitations.examining import Sent, examine
from app.invitations.lists import keep, settle
from app.invitations.models import Invitation
from app.invitations.reminders import plan_reminder, stop_token
from app.invitations.service import link_token, send
from app.minutes.models import Decision, Intervention, Minutes, Section
from app.outbox.models import Message
from app.programme.models import Session, SessionRole
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER, Factory
from tests.furnished_badging import furnish_badging
from tests.furnished_calendars import furnish_calendars
from tests.furnished_delegation import furnish_delegation
from tests.furnished_directory import furnish_directory
from tests.furnished_door import furnish_arrangement
from tests.furnished_life import furnish_life
from tests.furnished_papers import furnish_papers
from tests.furnished_seats import furnish_seats
from tests.furnished_security import furnish_security
from tests.furnished_sessions import furnish_sessions
from tests.test_pictures import png

Values = dict[str, str]


@dataclass(frozen=True)
class Furnished:
    """The rows pages are asked for, as plain values: any browser may use them."""

    # Value of each argument of an address: "endpoint.argument", else "blueprint.argument", else
    # "argument"; of what follows its question mark: "endpoint?argument".
    arguments: Values
    event: Event
    invitation: Invitation
    token: str
    # What programs send, by endpoint.
    bodies: dict[str, Values]

    def address(self, app: Flask, rule: Rule) -> str:
        """The page of a route. Raises KeyError for an argument nobody has told about here."""
        values = {name: self._value(rule.endpoint, name) for name in rule.arguments}
        asked = f"{rule.endpoint}?"
        values |= {key.removeprefix(asked): value for key, value in self.arguments.items() if key.startswith(asked)}
        with app.test_request_context():
            return app.url_for(rule.endpoint, **values)

    def _value(self, endpoint: str, name: str) -> str:
        for key in (f"{endpoint}.{name}", f"{endpoint.split('.', maxsplit=1)[0]}.{name}", name):
            if key in self.arguments:
                return self.arguments[key]
        raise KeyError(f"tests/furnished.py has no value for {name} of {endpoint}")


def furnish(factory: Factory) -> Furnished:
    """An open event with guests, answers, letters, badges, a desk, a programme and minutes."""
    event = factory.event()
    set_logo(event, png(), actor=ORGANISER, at=now())
    confirmed = factory.registration(event)
    invitation = confirmed.invitation
    waiting = factory.invitation(event, state="draft")
    send(waiting, actor=ORGANISER, at=now())
    db.session.commit()
    token = link_token(invitation, KEY)
    door, bodies = _door(factory, event, confirmed)
    arguments = {
        **door,
        **_guest_list(event),
        **_mailing(event, invitation, waiting),
        **_content(event, confirmed.person_id),
        **furnish_directory(confirmed),
        **furnish_delegation(event),
        **furnish_calendars(event, confirmed),
        **furnish_life(event, confirmed),
        **_plain(event, confirmed, waiting),
        "token": token,
        **furnish_papers(event),
        **furnish_seats(event, confirmed),
        **furnish_security(event),
        **furnish_sessions(confirmed, invitation),
        **furnish_badging(event, confirmed),
    }
    return Furnished(arguments, event, invitation, token, bodies)


def _plain(event: Event, confirmed: Registration, waiting: Invitation) -> Values:
    """Addresses of who comes, of who was only written to, and words that stand for themselves."""
    assert confirmed.invitation
    return {
        "slug": event.slug,
        "logos.picture?v": event.logo_digest,
        "filename": "css/tokens.css",
        "categories.key": event.categories[0].key,
        "answers.public_id": confirmed.invitation.public_id,
        "mailbox.public_id": confirmed.invitation.public_id,
        "mailbox.request_id": "nobodyasks",
        "mailbox.decision": "refuse",
        "registrations.decision": "refuse",
        "invitations.public_id": waiting.public_id,
        "registrations.public_id": confirmed.public_id,
        "registrations.key_in.public_id": waiting.public_id,
        "letters.public_id": db.session.query(Message).filter_by(kind="confirmation").one().public_id,
        "letters.name": "invitation.ics",
        "wording.code": "fr",
    }


def _guest_list(event: Event) -> Values:
    """A list that was read and waits to be taken in."""
    sent = Sent(event, "Prénom;Nom\nZoé;Martin\n".encode(), "guests.csv", event.categories[0])
    guest_list = keep(sent, actor=ORGANISER, at=now())
    settle(guest_list, examine(sent), actor=ORGANISER, at=now())
    db.session.commit()
    return {"guest_lists.public_id": guest_list.public_id, "guest_lists.number": "2"}


def _mailing(event: Event, invitation: Invitation, waiting: Invitation) -> Values:
    """A wave, the terms of a guest, the end of their reminders."""
    wave = open_campaign(event, "A", planned_on=None, actor=ORGANISER, at=now())
    reminder = plan_reminder(event, 5, states=["sent"], note=Bilingual(), actor=ORGANISER, at=now())
    decided = decide(
        waiting.person, "consideration", "haute considération", reason="asked for", language="fr",
        scope=event.public_id, actor=ORGANISER, at=now(),
    )  # fmt: skip
    db.session.commit()
    return {
        "terms.public_id": waiting.public_id,
        "addressing.public_id": waiting.public_id,
        "addressing.decision": decided.public_id,
        "campaigns.public_id": wave.public_id,
        "campaigns.guest": waiting.public_id,
        "reminders.public_id": reminder.public_id,
        "invited.public_id": invitation.public_id,
        "invited.token": stop_token(invitation, KEY),
    }


def _door(factory: Factory, event: Event, guest: Registration) -> tuple[Values, dict[str, Values]]:
    """A desk, a passage, and what a program sends to the door."""
    device = factory.device(event)
    passage = Passage(device, "first-nonce", "typed", "Reception of the tests", now())
    verdict = admit(event, guest, passage)
    db.session.commit()
    badge = find_active_badge(guest.id)
    assert badge
    assert verdict.scan
    values = {
        "desk.device": device.public_id,
        "desk.registration": guest.public_id,
        "desk.scan": verdict.scan.public_id,
        "desk_lead.device": device.public_id,
        "desk_lead.registration": guest.public_id,
        "desk_app.device": device.public_id,
        "desk_party.device": device.public_id,
        "desk_party.registration": guest.public_id,
        "desk_badge.device": device.public_id,
        **furnish_arrangement(event, guest),
    }
    body = {"device": device.public_id, "code": badge.code, "nonce": "second-nonce"}
    return values, {"checkin_api.scans": body}


def _content(event: Event, person_id: int) -> Values:
    """What is said: a programme with a speaker, minutes published and in draft."""
    session, role = _programme(event, person_id)
    minutes, section, intervention = _minutes(event, session)
    return {
        "programme.session": session.public_id,
        "programme.role": role.public_id,
        "programme.person": role.person.public_id,
        "public_minutes.version": "1",
        "minutes.version": str(minutes.version),
        "minutes.section": section.public_id,
        "minutes.one": intervention.public_id,
        "minutes.kind": "sections",
        "minutes.part": section.public_id,
        "minutes.position": "1",
    }


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
