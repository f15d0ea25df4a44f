"""Stub until its room is written."""

from app.outbox.composing import Letter
from app.outbox.models import Message


def compose_invitation(message: Message) -> Letter:
    return Letter("", "", "")
