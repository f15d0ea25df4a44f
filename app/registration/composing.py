"""Letters of this room: codes, requests to come instead, delegations and their places."""

from dataclasses import replace
from typing import Any

from flask import render_template

from app.clock import now
from app.errors import NotFound
from app.events.models import Event
from app.events.words import event_when
from app.extensions import settings
from app.i18n import _, here, in_language
from app.invitations import delegations
from app.invitations.deadlines import deadline_sentence_of_delegation
from app.invitations.delegation import Delegation
from app.invitations.delegation_queries import find_delegation
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation
from app.invitations.service import link_token
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.registration import mailbox_proof
from app.registration.delegating import list_standings
from app.registration.models import RepresentationRequest
from app.registration.queries import find_request

HIDDEN = "••••••"


def compose_code(message: Message) -> Letter:
    """The six digits, in clear only while they can be typed. Raises NotFound."""
    invitation = find_invitation(message.subject_id)
    if invitation is None:
        raise NotFound
    number = int(message.context["number"])
    last = mailbox_proof.find_last(invitation.id)
    is_live = last is not None and last.number == number and mailbox_proof.is_live(last, now())
    secret = settings().secret_key
    sent = mailbox_proof.digits(invitation.public_id, number, secret=secret) if is_live else HIDDEN
    with in_language(message.language):
        values = _values(invitation.event, digits=sent, until=last.expires_at if last and is_live else None)
        subject = _("Your code: %(title)s", title=here(invitation.event.title))
        letter = _letter(subject, "code", invitation.event, values)
        return replace(letter, secrets=(f"{sent[:3]} {sent[3:]}",) if is_live else ())


def compose_request(message: Message) -> Letter:
    """Somebody asks to come instead: who, and the personal link behind which it is decided. Raises NotFound."""
    request = _request_of(message)
    invitation = request.invitation
    with in_language(message.language):
        link = _link(invitation)
        values = _values(invitation.event, request=request, invitation=invitation, link=link)
        subject = _("Somebody asks to come in your place: %(title)s", title=here(invitation.event.title))
        return _letter(subject, "representation_asked", invitation.event, values)


def compose_refused(message: Message) -> Letter:
    """The request was not granted. Raises NotFound."""
    request = _request_of(message)
    event = request.invitation.event
    with in_language(message.language):
        subject = _("Your request: %(title)s", title=here(event.title))
        return _letter(subject, "representation_refused", event, _values(event, request=request))


def compose_delegation(message: Message) -> Letter:
    """To the contact of a delegation: how many may come, and the link where they are named. Raises NotFound."""
    delegation = _delegation_of(message)
    event = delegation.event
    with in_language(message.language):
        until = deadline_sentence_of_delegation(delegation)
        values = _values(event, delegation=delegation, link=_contact_link(delegation), until=until)
        return _letter(_("Your delegation: %(title)s", title=here(event.title)), "delegation", event, values)


def compose_places(message: Message) -> Letter:
    """To the contact: every member and the place as it is when the letter leaves. Raises NotFound."""
    delegation = _delegation_of(message)
    event = delegation.event
    with in_language(message.language):
        standings = list_standings(delegation)
        values = _values(event, delegation=delegation, link=_contact_link(delegation), standings=standings)
        subject = _("Places of your delegation: %(title)s", title=here(event.title))
        return _letter(subject, "delegation_places", event, values)


def _delegation_of(message: Message) -> Delegation:
    delegation = find_delegation(message.subject_id)
    if delegation is None:
        raise NotFound
    return delegation


def _contact_link(delegation: Delegation) -> str:
    return f"{settings().base_url}/d/{delegations.link_token(delegation, settings().secret_key)}"


def _request_of(message: Message) -> RepresentationRequest:
    request = find_request(message.subject_id)
    if request is None:
        raise NotFound
    return request


def _link(invitation: Invitation) -> str:
    return f"{settings().base_url}/i/{link_token(invitation, settings().secret_key)}"


def _values(event: Event, **more: Any) -> dict[str, Any]:
    return {"event": event, "when": event_when(event), **more}


def _letter(subject: str, kind: str, event: Event, values: dict[str, Any]) -> Letter:
    return Letter(
        subject=subject,
        text=render_template(f"mail/{kind}.txt", **values),
        html=render_template(f"mail/{kind}.html", **values),
        reply_to=event.mailbox,
    )
