"""What other people wait for the organiser to decide, and what security does not know yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.events.models import Event
from app.i18n import _, ngettext
from app.overview.queries import EventState


@dataclass(frozen=True)
class Decision:
    """Something that waits for the organiser: what, the detail, the verb and where to act."""

    title: str
    detail: str
    action: str
    url: str


def to(endpoint: str, event: Event, **query: Any) -> str:
    """The address of a page of the event."""
    return url_for(endpoint, slug=event.slug, **query)


def waiting(event: Event, state: EventState) -> list[Decision]:
    """What other people wait for the organiser to decide."""
    found = []
    if state.requests:
        title = ngettext(
            "%(num)s person asks to come in a guest’s name",
            "%(num)s people ask to come in a guest’s name",
            state.requests,
        )
        detail = _("through a link that was passed on: nothing is accepted yet")
        found.append(Decision(title, detail, _("Review"), to("registrations.requests", event)))
    if state.late:
        title = ngettext("%(num)s late request waits", "%(num)s late requests wait", state.late)
        detail = _("asked for after the deadline: you decide, with a reason")
        found.append(Decision(title, detail, _("Decide"), to("registrations.requests", event)))
    if state.added:
        title = ngettext(
            "%(num)s person added to the list for security waits for you",
            "%(num)s people added to the list for security wait for you",
            state.added,
        )
        detail = _("named since the list was handed over: they come if you say so")
        found.append(Decision(title, detail, _("Decide"), to("registrations.requests", event)))
    if state.conflicts:
        title = ngettext("%(num)s conflict at the door waits", "%(num)s conflicts at the door wait", state.conflicts)
        detail = _("what desks decided without a network and does not agree: you say what it was")
        found.append(Decision(title, detail, _("Decide"), to("conflicts.conflicts", event)))
    if state.pending:
        title = ngettext(
            "%(num)s person waits for your decision", "%(num)s people wait for your decision", state.pending
        )
        detail = _("they accepted, in a category whose acceptances are decided on one by one")
        found.append(Decision(title, detail, _("Decide"), to("triage.triage", event)))
    if state.submitted:
        title = ngettext("%(num)s wave waits for approval", "%(num)s waves wait for approval", state.submitted)
        detail = _("by somebody other than who put it together")
        found.append(Decision(title, detail, _("Approve"), to("invitations.mailing", event)))
    return found


def security(event: Event, state: EventState, at: datetime) -> list[Decision]:
    """What changed since security was given its list, until the event begins."""
    if not state.unlocked or event.starts_at <= at:
        return []
    title = ngettext(
        "%(num)s change since the list for security was locked",
        "%(num)s changes since the list for security was locked",
        state.unlocked,
    )
    detail = _("security does not know of it yet: the next version holds the difference")
    return [Decision(title, detail, _("See the difference"), to("security.versions", event))]
