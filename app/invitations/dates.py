"""Dates of invitations: waves to leave, reminders, those who have another deadline."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.database import db
from app.events.dates import last_day
from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _, ngettext
from app.invitations.campaign_queries import list_campaigns, standings
from app.invitations.deadlines import closing_of, deadline_sentence_for
from app.invitations.delegation import Delegation
from app.invitations.models import NOT_SENT, Invitation
from app.invitations.reminders import list_planned


def dates_of_invitations(event: Event, at: datetime) -> Iterator[Dated]:
    """Waves by the day they are meant to leave, reminders to come, guests and delegations with their own deadline."""
    yield from _waves(event, at)
    yield from _reminders(event, at)
    yield from _own_deadlines(event)
    yield from _delegations(event)


def _waves(event: Event, at: datetime) -> Iterator[Dated]:
    by_wave, _by_category = standings(event)
    today = at.astimezone(ZoneInfo(event.timezone)).date()
    for one in list_campaigns(event):
        if one.planned_on is None:
            continue
        standing = by_wave.get(one.id)
        waiting = standing.count(NOT_SENT) if standing else 0
        late = ngettext("%(num)s invitation has not left.", "%(num)s invitations have not left.", waiting)
        yield Dated(
            _("Wave %(name)s is to leave", name=one.name), day=one.planned_on,
            detail=_("A person sends it: nothing leaves by itself."),
            page=Page("campaigns.wave", {"slug": event.slug, "public_id": one.public_id}),
            warning=late if waiting and one.planned_on < today else "",
        )  # fmt: skip


def _reminders(event: Event, at: datetime) -> Iterator[Dated]:
    counts = Counter((one.due_at, one.reminder.days_before) for one in list_planned(event, at))
    for (due, days), number in sorted(counts.items()):
        yield Dated(
            ngettext("Reminder, %(days)s day before the deadline", "Reminder, %(days)s days before the deadline", days,
                     days=days),
            at=due, detail=ngettext("%(num)s guest as things stand", "%(num)s guests as things stand", number),
            page=Page("reminders.planned", {"slug": event.slug}),
        )  # fmt: skip


def _own_deadlines(event: Event) -> Iterator[Dated]:
    wanted = (
        select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.deadline_day.is_not(None), Invitation.state != "withdrawn")
        .options(joinedload(Invitation.person))
    )
    by_closing: dict[datetime, list[Invitation]] = {}
    for one in db.session.scalars(wanted):
        closing = closing_of(one)
        if closing:
            by_closing.setdefault(closing, []).append(one)
    for closing, found in sorted(by_closing.items(), key=lambda pair: pair[0]):
        names = found[0].person.full_name if len(found) == 1 else ""
        title = ngettext("Another deadline for %(num)s guest", "Another deadline for %(num)s guests", len(found))
        slug = {"slug": event.slug}
        guest = Page("invitations.guest", {**slug, "public_id": found[0].public_id})
        yield Dated(
            title, at=closing, last_day=last_day(closing, event),
            detail=" · ".join(part for part in (names, deadline_sentence_for(found[0])) if part),
            page=guest if names else Page("invitations.guests", slug),
        )  # fmt: skip


def _delegations(event: Event) -> Iterator[Dated]:
    wanted = select(Delegation).where(Delegation.event_id == event.id, Delegation.answer_until.is_not(None))
    for one in db.session.scalars(wanted.where(Delegation.state != "withdrawn").order_by(Delegation.name)):
        until = one.answer_until
        if until:
            yield Dated(
                _("Another deadline for a delegation"), at=until, last_day=last_day(until, event), detail=one.name,
                page=Page("delegations.delegation", {"slug": event.slug, "public_id": one.public_id}),
            )  # fmt: skip
