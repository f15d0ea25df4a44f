"""A forwarded link: whoever received it asks to come instead; nothing is given before it is granted."""

from datetime import datetime

from app.audit.service import Actor, record
from app.codes import new_public_id
from app.database import db, lock_row
from app.errors import Refusal
from app.i18n import lazy
from app.invitations.models import Invitation
from app.outbox import service as outbox
from app.registration import representatives, service
from app.registration.models import Registration, RepresentationRequest
from app.registration.queries import list_requests_about
from app.registration.representatives import Representative
from app.text import fold

MOST_WAITING = 3


class TooManyRequests(Refusal):
    """Enough people ask to come instead of one person."""

    message = lazy("Several requests wait for an answer already. Please write to the organiser.")
    status = 429


class AlreadyDecided(Refusal):
    """A request is granted or refused once."""

    message = lazy("This request was decided already: the page was out of date.")


def ask(invitation: Invitation, who: Representative, *, message: str, at: datetime) -> RepresentationRequest:
    """Write the request down and tell the mailbox of the invitation; the answer stays as it is.

    Asked twice in one name is asked once. Raises NotTransferable, NameMissing, OneSelf, AlreadyComing,
    TooManyRequests.
    """
    lock_row(invitation)
    who = who.cleaned()
    if not invitation.is_transferable:
        raise service.NotTransferable(name=invitation.person.full_name)
    if who.has_name_of(invitation.person):
        raise representatives.OneSelf(name=invitation.person.full_name)
    representatives.check_free(invitation.event, who)
    waiting = list_requests_about(invitation.id)
    same = next((one for one in waiting if _key(one) == _key_of(who)), None)
    if same:
        return same
    if len(waiting) >= MOST_WAITING:
        raise TooManyRequests
    request = _new(invitation, who, message, at)
    db.session.add(request)
    asker = Actor("invitee", invitation.public_id, request.full_name)
    _record(request, "representation.asked", asker, at)
    if invitation.email:
        _write(request, "representation_asked", invitation.email, invitation.person.full_name, at)
    return request


def grant(request: RepresentationRequest, *, by: str, actor: Actor, at: datetime) -> Registration:
    """Whoever asked comes instead: the place passes as when the invited person names somebody.

    `by` is the road: link, or staff. Raises AlreadyDecided, and what `be_represented_by` raises.
    """
    invitation = request.invitation
    names = representatives.names_of(request)
    who = Representative(names, request.quality, request.email)
    registration = service.be_represented_by(invitation, who, by=by, actor=actor, at=at)
    _decide(request, "granted", actor, at)
    return registration


def refuse(request: RepresentationRequest, *, actor: Actor, at: datetime) -> None:
    """Nobody comes instead; a letter says so to whoever asked. Raises AlreadyDecided."""
    _decide(request, "refused", actor, at)
    if request.email:
        _write(request, "representation_refused", request.email, request.full_name, at)


def _decide(request: RepresentationRequest, state: str, actor: Actor, at: datetime) -> None:
    lock_row(request)
    if request.state != "waiting":
        raise AlreadyDecided
    request.state, request.decided_at, request.decided_by = state, at, actor.name
    _record(request, f"representation.{state}", actor, at)


def _new(invitation: Invitation, who: Representative, message: str, at: datetime) -> RepresentationRequest:
    return RepresentationRequest(
        public_id=new_public_id(),
        invitation=invitation,
        civility=who.names.civility,
        given_name=who.names.given,
        family_name=who.names.family,
        quality=who.quality,
        email=who.email,
        message=message,
        state="waiting",
        created_at=at,
    )


def _key(request: RepresentationRequest) -> tuple[str, str]:
    return fold(request.given_name), fold(request.family_name)


def _key_of(who: Representative) -> tuple[str, str]:
    return fold(who.names.given), fold(who.names.family)


def _record(request: RepresentationRequest, action: str, actor: Actor, at: datetime) -> None:
    invitation = request.invitation
    record(
        actor,
        action,
        kind="invitation",
        id=invitation.public_id,
        name=invitation.person.full_name,
        topic=invitation.event.public_id,
        at=at,
        after={"who": request.full_name, "quality": request.quality},
    )


def _write(request: RepresentationRequest, kind: str, recipient: str, name: str, at: datetime) -> None:
    outbox.write(
        cause=f"{kind}:{request.public_id}",
        kind=kind,
        topic=request.invitation.event.public_id,
        subject_id=request.public_id,
        recipient=recipient,
        recipient_name=name,
        language=request.invitation.language,
        at=at,
    )
