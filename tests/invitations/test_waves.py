"""Waves: nothing of them leaves before a second person approved what they saw (scenario 5.1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.audit.models import AuditEntry
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.events.models import Event
from app.invitations import campaigns, mailing, service
from app.invitations.board import board_of
from app.invitations.campaign_queries import count_to_print
from app.invitations.models import Campaign
from app.invitations.terms import DeadlineAfterTheEvent, Terms, set_terms
from tests.factories import ORGANISER

Make = Callable[..., Any]
CABINET = Actor("user", "cabinet-of-tests", "Cabinet of the tests")
DONE = {"actor": ORGANISER, "at": now()}


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(categories=("elus", "presse"))


@pytest.fixture
def wave(event: Event, make_invitation: Make) -> Campaign:
    """Wave A with two drafts of the first category."""
    for _ in range(2):
        make_invitation(event, category="elus", state="draft")
    campaign = campaigns.open_campaign(event, "A", planned_on=None, **DONE)
    assert campaigns.put_category_into(campaign, event.categories[0], **DONE) == 2
    return campaign


def test_a_wave_leaves_only_after_another_person_approved_it(event: Event, wave: Campaign, letters: Make) -> None:
    assert mailing.send_drafts(event, **DONE).queued == 0
    campaigns.submit(wave, **DONE)
    with pytest.raises(campaigns.OwnApproval):
        campaigns.approve(wave, **DONE)
    assert mailing.send_drafts(event, campaign=wave, **DONE).queued == 0

    assert campaigns.approve(wave, actor=CABINET, at=now()) == 2
    assert mailing.send_drafts(event, campaign=wave, **DONE).queued == 2
    db.session.commit()

    assert (wave.state, wave.submitted_by, wave.approved_by) == ("approved", ORGANISER.name, CABINET.name)
    assert len(letters(kind="invitation")) == 2
    assert mailing.send_drafts(event, campaign=wave, **DONE).queued == 0


def test_one_guest_of_a_wave_does_not_slip_out_alone(event: Event, wave: Campaign) -> None:
    one = db.session.query(service.Invitation).filter_by(campaign_id=wave.id).first()
    with pytest.raises(service.NotApproved, match="second"):
        service.send(one, **DONE)
    assert one.state == "draft"


def test_who_is_added_later_is_not_approved_with_the_others(
    event: Event, wave: Campaign, make_invitation: Make
) -> None:
    campaigns.submit(wave, **DONE)
    late = make_invitation(event, category="elus", state="draft")
    campaigns.put_into(wave, [late], **DONE)
    with pytest.raises(campaigns.NotSubmitted):
        campaigns.approve(wave, actor=CABINET, at=now())

    campaigns.submit(wave, **DONE)
    campaigns.approve(wave, actor=CABINET, at=now())
    later = make_invitation(event, category="elus", state="draft")
    campaigns.put_into(wave, [later], **DONE)
    assert mailing.send_drafts(event, campaign=wave, **DONE).queued == 3
    assert later.state == "draft"


def test_what_leaves_a_wave_is_approved_no_more(event: Event, wave: Campaign) -> None:
    campaigns.submit(wave, **DONE)
    campaigns.approve(wave, actor=CABINET, at=now())
    one = db.session.query(service.Invitation).filter_by(campaign_id=wave.id).first()
    assert one.state == "approved"
    campaigns.put_into(None, [one], **DONE)
    assert (one.state, one.campaign_id) == ("draft", None)


def test_a_wave_comes_back_with_its_reason(wave: Campaign) -> None:
    campaigns.submit(wave, **DONE)
    with pytest.raises(campaigns.NoReason):
        campaigns.send_back(wave, "  ", actor=CABINET, at=now())
    campaigns.send_back(wave, "Il manque les sénateurs", actor=CABINET, at=now())
    assert (wave.state, wave.returned_because) == ("open", "Il manque les sénateurs")
    entry = db.session.query(AuditEntry).filter_by(action="campaign.sent_back").one()
    assert entry.after["reason"] == "Il manque les sénateurs"


def test_a_submission_is_taken_back(wave: Campaign) -> None:
    campaigns.submit(wave, **DONE)
    campaigns.take_back(wave, **DONE)
    with pytest.raises(campaigns.NotSubmitted):
        campaigns.approve(wave, actor=CABINET, at=now())


def test_an_empty_wave_is_not_submitted_and_names_are_one(event: Event) -> None:
    empty = campaigns.open_campaign(event, "B", planned_on=None, **DONE)
    with pytest.raises(campaigns.NobodyWaits):
        campaigns.submit(empty, **DONE)
    with pytest.raises(campaigns.NameTaken):
        campaigns.open_campaign(event, "B", planned_on=None, **DONE)


def test_a_wave_is_removed_until_something_left(event: Event, wave: Campaign) -> None:
    other = campaigns.open_campaign(event, "B", planned_on=None, **DONE)
    campaigns.drop_campaign(other, **DONE)
    campaigns.submit(wave, **DONE)
    campaigns.approve(wave, actor=CABINET, at=now())
    mailing.send_drafts(event, campaign=wave, limit=1, **DONE)
    with pytest.raises(campaigns.WaveHasLeft):
        campaigns.drop_campaign(wave, **DONE)


def test_where_the_rules_say_so_nothing_leaves_outside_a_wave(
    event: Event, make_invitation: Make, letters: Make
) -> None:
    alone = make_invitation(event, state="draft")
    campaigns.set_rules(event, requires_approval=True, shared_mailbox="each", **DONE)
    with pytest.raises(service.NotApproved):
        service.send(alone, **DONE)
    assert mailing.send_drafts(event, **DONE).queued == 0
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="each", **DONE)
    service.send(alone, **DONE)
    assert len(letters()) == 1


def test_the_date_is_announced_before_the_invitation_leaves(event: Event, wave: Campaign, letters: Make) -> None:
    campaigns.submit(wave, **DONE)
    campaigns.approve(wave, actor=CABINET, at=now())
    assert mailing.announce(event, wave, **DONE) == 2
    assert mailing.announce(event, wave, **DONE) == 0
    assert [one.kind for one in letters()] == ["save_the_date", "save_the_date"]
    assert mailing.send_drafts(event, campaign=wave, **DONE).queued == 2


def test_letters_on_paper_are_not_mailed_but_noted(event: Event, make_invitation: Make, letters: Make) -> None:
    paper = make_invitation(event, state="draft")
    set_terms(paper, Terms(channel="paper"), **DONE)
    with pytest.raises(service.NotByMail):
        service.send(paper, **DONE)
    assert mailing.send_drafts(event, **DONE) == mailing.Sending(0, (), 0)
    assert count_to_print(event) == 1
    assert mailing.note_posted(event, mailing.list_to_print(event), **DONE) == 1
    assert (paper.state, paper.sent_at, letters()) == ("sent", DONE["at"], [])


def test_a_deadline_of_one_s_own_ends_before_the_event(event: Event, make_invitation: Make) -> None:
    one = make_invitation(event)
    with pytest.raises(DeadlineAfterTheEvent):
        set_terms(one, Terms(deadline_day=(event.starts_at + timedelta(days=1)).date()), **DONE)
    assert one.deadline_day is None
    assert set_terms(one, Terms(companions_allowed=1, is_transferable=False), **DONE)
    assert not set_terms(one, Terms(companions_allowed=1, is_transferable=False), **DONE)
    assert db.session.query(AuditEntry).filter_by(action="invitation.terms_changed").count() == 1


def test_the_board_says_what_is_next(event: Event, wave: Campaign, make_invitation: Make) -> None:
    def steps() -> list[tuple[str, int]]:
        return [(line.step.kind, line.step.number) for line in board_of(event, now()).waves]

    assert steps() == [("submit", 2)]
    campaigns.submit(wave, **DONE)
    assert steps() == [("approve", 2)]
    campaigns.approve(wave, actor=CABINET, at=now())
    assert steps() == [("send", 2)]
    mailing.send_drafts(event, campaign=wave, **DONE)
    assert steps() == [("plan", 2)]
    make_invitation(event, category="presse", state="bounced")
    assert steps() == [("plan", 2), ("mend", 1)]
    board = board_of(event, now())
    assert [line.standing.total for line in board.categories] == [2, 1]
    assert board.waves[0].standing.last_contact_at == DONE["at"]
