"""Stub until its room is written."""

from app.outbox.composing import Letter
from app.outbox.models import Message


def compose_confirmation(message: Message) -> Letter:
    return Letter("", "", "")


def compose_waiting(message: Message) -> Letter:
    return Letter("", "", "")
