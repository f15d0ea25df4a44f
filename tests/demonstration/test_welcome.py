"""The meeting of the demonstration whose door is at work."""

from datetime import UTC, datetime

from app.checkin.board import board_of
from app.checkin.conflict_queries import list_conflicts
from app.checkin.queries import list_entries
from app.checkin.service import day_of
from app.database import db, set_writing
from app.demonstration.welcome import AT_COURT, AT_HALL, OPENED, SURNAMES, welcome
from tests.checkin.programs import LEAD

AT = datetime(2026, 9, 8, 13, 30, tzinfo=UTC)


def test_a_newcomer_finds_a_decision_to_take_at_the_door(app):
    """One guest at two gates, a clock an hour fast, a guest looked out for; nobody is counted twice."""
    set_writing(True)
    event = welcome(secret="secret of a test", actor=LEAD, at=AT)
    db.session.flush()

    entries = list_entries(event, day_of(event, AT))
    board = board_of(event, day_of(event, AT), AT, entries, confirmed=len(SURNAMES))
    twice, clock = sorted(list_conflicts(event, is_waiting=True), key=lambda one: one.kind, reverse=True)

    assert (twice.kind, clock.kind) == ("twice_in", "clock_off")
    assert (twice.decision, clock.decision, board.conflicts) == ("", "", 2)
    assert {twice.scan.gate, twice.other.gate} == {"Hall d’entrée", "Entrée de la cour"}
    assert twice.scan.registration_id == twice.other.registration_id
    assert len(entries) == len(AT_HALL) + len(AT_COURT) - 1
    assert all(AT - OPENED <= entry.at <= AT for entry in entries)
    assert (len(board.missing), board.silent) == (1, frozenset())
    assert event.starts_at < AT
