"""Guests who are given tables and languages, and their badges."""

from datetime import timedelta

from app.audit.service import Actor
from app.badging import faces
from app.badging.layout import Layout
from app.badging.models import Badge
from app.badging.queries import list_badges
from app.clock import now
from app.database import db
from app.events.asking import set_freezes
from app.events.models import Event
from app.invitations import importing
from app.registration.tables import show_on_badge

CLAIRE = Actor("user", "claire", "Claire")
MAILBOXES = {"Pia": "pia@example.org", "Zoé": "zoe@example.org"}
KEY = "a key of thirty-two characters or more"


def show(registration, zone="Table 12", spoken=("fr", "de"), **more):
    is_news = show_on_badge(registration, zone, spoken, actor=CLAIRE, at=now(), **more)
    db.session.commit()
    return is_news


def freeze(registration):
    yesterday = (now() - timedelta(days=1)).date()
    set_freezes(registration.event, {registration.category.key: yesterday}, actor=CLAIRE, at=now())
    db.session.commit()


def printed(registration):
    number = db.session.query(Badge.id).filter_by(registration_id=registration.id, state="active").scalar()
    event_id = registration.event_id
    db.session.expunge_all()
    event = db.session.get(Event, event_id)
    return faces.list_faces(event, list_badges(event, [number]), Layout(language="fr"))[0]


def take_in(event, text):
    """`text` names nobody's mailbox: each row gets the one that tests give."""
    head, *rows = text.splitlines()
    text = "\n".join([f"{head};Courriel", *(f"{row};{MAILBOXES[row.split(';')[0]]}" for row in rows)])
    found = importing.import_file(
        event, text.encode(), "tables.csv", event.categories[0].key, secret=KEY, actor=CLAIRE, at=now()
    )
    db.session.commit()
    return found
