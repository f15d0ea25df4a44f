"""Whom the letters of an event go to, for the room of letters: its preview, its warnings, its mail merge."""

from collections.abc import Sequence

from flask import current_app, url_for

from app.directory.models import ProtocolOverride
from app.directory.overrides import Decided, list_decisions
from app.events.models import Event
from app.i18n import in_language
from app.invitations.deadlines import deadline_sentence_for, has_own_deadline
from app.invitations.models import NOT_SENT, Invitation
from app.invitations.queries import list_for_letters
from app.invitations.service import link_token
from app.letters.addressees import Addressee, Narrowing
from app.letters.placeholders import Recipient


def addressees(event: Event, narrowing: Narrowing, limit: int | None, with_links: bool) -> Sequence[Addressee]:
    """See `app.letters.addressees.list_addressees`. Needs a request context when links are wanted."""
    found = list_for_letters(
        event,
        category=narrowing.category,
        words=narrowing.words,
        channel=narrowing.channel,
        states=tuple(NOT_SENT) if narrowing.is_unsent else (),
        keys=narrowing.keys,
        limit=limit,
    )
    decided = list_decisions({one.person_id for one in found}, event.public_id)
    return [
        Addressee(
            key=one.public_id,
            recipient=recipient_of(one, decided.get(one.person_id, {}), link=link_of(one) if with_links else ""),
            category_id=one.category_id,
            language=one.language,
            state=one.state,
            channel=one.channel,
        )
        for one in found
    ]


def recipient_of(invitation: Invitation, decided: Decided | None = None, *, link: str = "") -> Recipient:
    """Whom the letter speaks to, in the quality of the invitation, as protocol or a decision has it.

    `decided`: what `list_decisions` found for the person on this event's list; asked here when None.
    `link`: only for paper.
    """
    person = invitation.person
    if decided is None:
        decided = list_decisions([person.id], invitation.event.public_id).get(person.id, {})
    form, consideration = (decided.get((kind, invitation.language)) for kind in ("form_of_address", "consideration"))
    with in_language(invitation.language):
        deadline = deadline_sentence_for(invitation) if has_own_deadline(invitation) else ""
    return Recipient(
        name=person.full_name,
        formal_name=person.formal_name,
        civility=person.civility,
        qualities=tuple(invitation.qualities),
        organisation=invitation.organisation,
        extra={title: str(value) for title, value in (invitation.extra or {}).items()},
        deadline=deadline,
        appel=form.value if form else "",
        consideration=consideration.value if consideration else "",
        link=link,
    )


def decided_for(invitation: Invitation) -> list[ProtocolOverride]:
    """What was decided, everywhere or on this list, of how letters address this guest in their language."""
    found = list_decisions([invitation.person_id], invitation.event.public_id).get(invitation.person_id, {})
    wanted = (found.get((kind, invitation.language)) for kind in ("form_of_address", "consideration"))
    return [one for one in wanted if one]


def link_of(invitation: Invitation) -> str:
    """The address of the personal answer page, in full."""
    token = link_token(invitation, current_app.config["SECRET_KEY"])
    return url_for("answers.open_link", token=token, _external=True)
