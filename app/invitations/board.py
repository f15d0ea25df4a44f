"""The status board: where each wave and each category stands, and what is to be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Category, Event
from app.events.service import closing_instant
from app.invitations.campaign_queries import Standing, list_board, list_campaigns, list_reminders, rules_of, standings
from app.invitations.models import Campaign
from app.invitations.reminders import Planned, list_planned


@dataclass(frozen=True)
class Step:
    """What is to be done next, for how many, and when.

    `kind`: "approve" a second person is waited for; "submit"; "send"; "mend" addresses; "remind", by itself
    at `at`; "plan" a reminder; "wait" until the deadline `at`; "none".
    """

    kind: str
    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One line of the board; `subject` is a wave, a category, or None for guests in no wave."""

    subject: Campaign | Category | None
    standing: Standing
    step: Step


@dataclass(frozen=True)
class Board:
    """Both views of the same invitations, and the letters the reminders will write."""

    waves: tuple[Line, ...]
    categories: tuple[Line, ...]
    planned: tuple[Planned, ...]


@dataclass(frozen=True)
class _Moment:
    """What every line is read against."""

    at: datetime
    closing: datetime | None
    has_reminders: bool

    @property
    def is_open(self) -> bool:
        return self.closing is None or self.at < self.closing


def board_of(event: Event, at: datetime) -> Board:
    """The board of an event, as things stand at `at`."""
    by_wave, by_category = standings(event)
    planned, campaigns = list_planned(event, at), list_campaigns(event)
    moment = _Moment(at, closing_instant(event), bool(list_reminders(event)))
    is_free, nobody = not rules_of(event).requires_approval, Standing({})
    waves = [
        _line(
            one, by_wave.get(one.id, nobody), [p for p in planned if p.invitation.campaign_id == one.id], moment,
            is_submitted=one.state == "submitted",
        )
        for one in campaigns
    ]  # fmt: skip
    if campaigns and None in by_wave:
        outside = [p for p in planned if p.invitation.campaign_id is None]
        waves.append(_line(None, by_wave[None], outside, moment, is_free=is_free))
    submitted = {one.id for one in campaigns if one.state == "submitted"}
    open_drafts = {
        category for wave, category, state, *_ in list_board(event) if state == "draft" and wave not in submitted
    }
    categories = [
        _line(
            one, by_category.get(one.id, nobody), [p for p in planned if p.invitation.category_id == one.id], moment,
            is_free=is_free and not campaigns, is_submitted=one.id not in open_drafts,
        )
        for one in event.categories
    ]  # fmt: skip
    return Board(tuple(waves), tuple(categories), tuple(planned))


def _line(
    subject: Campaign | Category | None,
    standing: Standing,
    planned: Sequence[Planned],
    moment: _Moment,
    *,
    is_free: bool = False,
    is_submitted: bool = False,
) -> Line:
    step = _before_sending(standing, is_free=is_free, is_submitted=is_submitted) or _after(standing, planned, moment)
    return Line(subject, standing, step)


def _before_sending(standing: Standing, *, is_free: bool, is_submitted: bool) -> Step | None:
    drafts, approved = standing.count({"draft"}), standing.count({"approved"})
    sendable = approved + (drafts if is_free else 0)
    if sendable:
        return Step("send", sendable)
    if drafts:
        return Step("approve" if is_submitted else "submit", drafts)
    return None


def _after(standing: Standing, planned: Sequence[Planned], moment: _Moment) -> Step:
    bounced, silent = standing.count({"bounced"}), standing.count({"sent", "opened"})
    if bounced:
        return Step("mend", bounced)
    if planned:
        first = planned[0].due_at
        return Step("remind", sum(one.due_at == first for one in planned), first)
    if silent and moment.is_open:
        return Step("wait", silent, moment.closing) if moment.has_reminders else Step("plan", silent)
    return Step("none")
