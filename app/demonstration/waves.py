"""The live edition's mailing goes on: a second wave waits for approval, reminders are planned, some have looked."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.columns import Bilingual
from app.events.models import Event
from app.invitations.campaigns import open_campaign, put_into, submit
from app.invitations.queries import list_invitations
from app.invitations.reminders import plan_reminder
from app.invitations.tracing import note_opened

NOTE = Bilingual(
    "Nous serions heureux de pouvoir compter sur votre présence.", "We would be delighted to count on your presence."
)
# One silent guest in so many has looked at the page without answering.
LOOKED = 3


def follow_up(event: Event, *, actor: Actor, at: datetime) -> None:
    """Submit the latecomers as wave B, plan two reminders, and let some of the silent have looked."""
    drafts = list_invitations(event, state="draft")
    wave = open_campaign(event, "B", planned_on=at.date() + timedelta(days=2), actor=actor, at=at - timedelta(hours=5))
    put_into(wave, drafts, actor=actor, at=at - timedelta(hours=4))
    submit(wave, actor=actor, at=at - timedelta(hours=3))
    for days, states in ((5, ("sent", "opened")), (1, ("sent", "opened"))):
        plan_reminder(event, days, states=states, note=NOTE, actor=actor, at=at - timedelta(days=11))
    for invitation in list_invitations(event, state="sent")[::LOOKED]:
        note_opened(invitation, at - timedelta(days=1))
