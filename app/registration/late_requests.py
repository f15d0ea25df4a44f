"""After the deadline an invitee asks, and the organiser decides with a reason (domain 1.1 R0.8).

Nothing changes before: a late answer takes no seat, a late cancellation gives none back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.codes import new_public_id
from app.database import db, lock_row
from app.directory.service import Names
from app.errors import Refusal
from app.i18n import _, lazy
from app.invitations.deadlines import is_answering_open_for
from app.invitations.models import Invitation
from app.outbox import service as outbox
from app.registration import printing, service
from app.registration.keying import KEYED_STATUSES
from app.registration.life import LATE_KINDS, LateRequest
from app.registration.life_queries import list_late_requests_of
from app.registration.printing import Printed
from app.registration.queries import find_standing
from app.registration.representatives import Representative

MOST_WAITING = 3


class StillOpen(Refusal):
    """Before the deadline nobody needs to ask."""

    message = lazy("Answers are still taken: please answer on the page of the invitation, nobody needs to decide.")


class TooLateToAsk(Refusal):
    """Once the event has begun, or takes nothing any more, the desk decides."""

    message = lazy("Nothing can be asked here any more. Please write to %(mailbox)s, or ask at the entrance.")


class NothingToChange(Refusal):
    """What is asked is what is so."""

    message = lazy("This is what is recorded already: there is nothing to ask.")


class TooManyWaiting(Refusal):
    """The organiser reads each of them."""

    message = lazy("Several requests of yours wait for a decision already. Please wait for the answer by mail.")
    status = 429


class ReasonMissing(Refusal):
    """Who asked reads why."""

    message = lazy("Please say why: the reason stays in the journal, and whoever asked reads it when you refuse.")
    status = 422


class DecidedBefore(Refusal):
    """A request is decided once."""

    message = lazy("This request was decided already: the page was out of date.")


def can_ask(invitation: Invitation, at: datetime) -> bool:
    """Whether a late request is taken: answers are closed, and the event has neither begun nor been called off."""
    event = invitation.event
    is_taken = event.status in KEYED_STATUSES and invitation.state != "withdrawn" and at < event.starts_at
    return is_taken and not is_answering_open_for(invitation, at)


def late_state(invitation: Invitation, at: datetime, *, is_open: bool) -> dict[str, Any]:
    """For a page: `can_ask`, and `asked` so far, latest first. Nothing is read while answers are open."""
    if is_open:
        return {"can_ask": False, "asked": []}
    return {"can_ask": can_ask(invitation, at), "asked": list_late_requests_of(invitation.id)}


def ask(
    invitation: Invitation, kind: str, *, content: Mapping[str, Any] | None = None, message: str = "", at: datetime
) -> LateRequest:
    """Write down what is asked, of LATE_KINDS; asked again, the latest words replace the others.

    `content`: of "represented" the fields of `representative_of`, of "change" those of `printed_of`.
    Raises StillOpen, TooLateToAsk, NothingToChange, TooManyWaiting, and for somebody named NotTransferable,
    NameMissing.
    """
    if kind not in LATE_KINDS:
        raise ValueError(kind)
    lock_row(invitation)
    _check(invitation, kind, at)
    request = _one_of(invitation, kind, at)
    request.content, request.message, request.created_at = dict(content or {}), message[:500], at
    if kind == "represented":
        if not invitation.is_transferable:
            raise service.NotTransferable(name=invitation.person.full_name)
        representative_of(request).cleaned()
    elif kind == "change":
        printed_of(request).cleaned()
    db.session.flush()
    _record(request, "late.asked", Actor("invitee", invitation.public_id, invitation.person.full_name), at)
    return request


def grant(request: LateRequest, *, reason: str, actor: Actor, at: datetime) -> None:
    """Do what was asked as if it had come in time; seats are given only as far as there are any.

    Raises ReasonMissing, DecidedBefore, and what the answer itself raises.
    """
    _decide(request, "granted", reason, actor, at)
    invitation = request.invitation
    if request.kind == "attend":
        service.accept(invitation, by="link", actor=actor, at=at)
    elif request.kind == "decline":
        service.decline(invitation, by="link", actor=actor, at=at, reason=request.message)
    elif request.kind == "represented":
        service.be_represented_by(invitation, representative_of(request), by="link", actor=actor, at=at)
    else:
        registration = find_standing(invitation).registration
        if registration is None or registration.state == "cancelled":
            raise NothingToChange
        printing.print_as(registration, printed_of(request), actor=actor, at=at)
    if request.kind in {"decline", "change"}:  # the others have the letter that says the place, or the rank
        _write(request, at)


def refuse(request: LateRequest, *, reason: str, actor: Actor, at: datetime) -> None:
    """Leave everything as it is; a letter says why. Raises ReasonMissing, DecidedBefore."""
    _decide(request, "refused", reason, actor, at)
    _write(request, at)


def representative_of(request: LateRequest) -> Representative:
    """Who should come instead, as it was typed."""
    said = request.content
    names = Names(said.get("given_name", ""), said.get("family_name", ""), civility=said.get("civility", ""))
    return Representative(names, said.get("quality", ""), said.get("email", ""))


def content_of(printed: Printed) -> dict[str, Any]:
    """How to be printed, as a request keeps it."""
    names = list(printed.document_names) if printed.document_names else None
    return {"qualities": list(printed.qualities), "organisation": printed.organisation, "document_names": names}


def printed_of(request: LateRequest) -> Printed:
    """How to be printed, as it was asked."""
    said = request.content
    names = said.get("document_names")
    return Printed(tuple(said.get("qualities", ())), said.get("organisation", ""), tuple(names) if names else None)


def _check(invitation: Invitation, kind: str, at: datetime) -> None:
    if is_answering_open_for(invitation, at):
        raise StillOpen
    if not can_ask(invitation, at):
        raise TooLateToAsk(mailbox=invitation.event.mailbox or _("the organiser"))
    standing = find_standing(invitation)
    is_coming = invitation.state == "accepted" and standing.state not in {"", "cancelled"}
    is_same = (kind == "attend" and is_coming) or (kind == "decline" and invitation.state == "declined")
    if is_same or (kind == "change" and not is_coming):
        raise NothingToChange


def _one_of(invitation: Invitation, kind: str, at: datetime) -> LateRequest:
    waiting = [one for one in list_late_requests_of(invitation.id) if one.state == "waiting"]
    same = next((one for one in waiting if one.kind == kind), None)
    if same:
        return same
    if len(waiting) >= MOST_WAITING:
        raise TooManyWaiting
    request = LateRequest(public_id=new_public_id(), invitation=invitation, kind=kind, state="waiting", created_at=at)
    db.session.add(request)
    return request


def _decide(request: LateRequest, state: str, reason: str, actor: Actor, at: datetime) -> None:
    lock_row(request)
    if request.state != "waiting":
        raise DecidedBefore
    if not reason.strip():
        raise ReasonMissing
    request.state, request.decided_at, request.decided_by = state, at, actor.name
    request.decided_because = reason.strip()[:500]
    db.session.flush()
    _record(request, f"late.{state}", actor, at)


def _record(request: LateRequest, action: str, actor: Actor, at: datetime) -> None:
    invitation = request.invitation
    record(
        actor, action, kind="invitation", id=invitation.public_id, name=invitation.person.full_name,
        topic=invitation.event.public_id, at=at,
        after={"asked": request.kind, "reason": request.decided_because},
    )  # fmt: skip


def _write(request: LateRequest, at: datetime) -> None:
    invitation = request.invitation
    if invitation.email:
        outbox.write(
            cause=f"late_decided:{request.public_id}", kind="late_decided", topic=invitation.event.public_id,
            subject_id=request.public_id, recipient=invitation.email, recipient_name=invitation.person.full_name,
            language=invitation.language, at=at,
        )  # fmt: skip
