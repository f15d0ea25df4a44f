"""Many invitations written out at once: wordings and facts are read once, their PDFs drawn by one process."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.database import db
from app.directory.overrides import Decided, list_decisions
from app.events.models import Event
from app.invitations.composing import compose_for, day_of, frozen_of
from app.invitations.models import Invitation
from app.invitations.recipients import recipient_of
from app.letters.drawing import Sheet, letter_job, write_letter
from app.letters.placeholders import event_values
from app.letters.wording import Wording, wording_for
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.typeset import compile_pdfs


def compose_invitations(messages: Sequence[Message]) -> Mapping[str, Letter]:
    """The letters of `messages` by public id, as `compose_invitation` writes each.

    Those whose invitation is no more are left out.
    Runs in a request context whose base is the program's public address. Raises TypesettingFailed.
    """
    invitations = _find_invitations([message.subject_id for message in messages])
    known = [message for message in messages if message.subject_id in invitations]
    writer = _Writer(list(invitations.values()))
    sheets = [writer.sheet(message, invitations[message.subject_id]) for message in known]
    events = [invitations[message.subject_id].event for message in known]
    pdfs = compile_pdfs([letter_job(sheet, event) for sheet, event in zip(sheets, events, strict=True)])
    return {
        message.public_id: compose_for(
            invitations[message.subject_id],
            day_of(message, invitations[message.subject_id].event),
            message.language,
            pdf,
            sheet=sheet,
        )
        for message, sheet, pdf in zip(known, sheets, pdfs, strict=True)
    }


class _Writer:
    """Writes sheets one after another, asking for each wording and each event's facts once."""

    def __init__(self, invitations: Sequence[Invitation]) -> None:
        self.wordings: dict[tuple[int, int, str], Wording] = {}
        self.facts: dict[tuple[int, str], Mapping[str, str]] = {}
        self.decided: dict[str, Mapping[int, Decided]] = {}
        for event in {one.event for one in invitations}:
            people = {one.person_id for one in invitations if one.event is event}
            self.decided[event.public_id] = list_decisions(people, event.public_id)

    def sheet(self, message: Message, invitation: Invitation) -> Sheet:
        event = invitation.event
        wording = self._wording(event, invitation, message.language)
        recipient = recipient_of(invitation, self.decided[event.public_id].get(invitation.person_id, {}))
        frozen = frozen_of(message)
        if frozen:
            recipient = replace(recipient, **{**frozen, "qualities": tuple(frozen["qualities"])})
        return write_letter(wording, recipient, event, day_of(message, event), facts=self._facts(event, wording))

    def _wording(self, event: Event, invitation: Invitation, language: str) -> Wording:
        key = (event.id, invitation.category_id, language)
        if key not in self.wordings:
            self.wordings[key] = wording_for(event, invitation.category, language)
        return self.wordings[key]

    def _facts(self, event: Event, wording: Wording) -> Mapping[str, str]:
        key = (event.id, wording.language)
        if key not in self.facts:
            self.facts[key] = event_values(event, wording.language)
        return self.facts[key]


def _find_invitations(public_ids: Sequence[str]) -> dict[str, Invitation]:
    wanted = select(Invitation).where(Invitation.public_id.in_(public_ids))
    event = joinedload(Invitation.event)
    wanted = wanted.options(
        joinedload(Invitation.person),
        joinedload(Invitation.category),
        event.joinedload(Event.deadline),
        event.joinedload(Event.venue),
    )
    return {one.public_id: one for one in db.session.scalars(wanted).unique()}
