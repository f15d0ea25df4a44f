"""The programme: order, hours, nobody in two rooms at once, qualities as they were on that day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.columns import Bilingual
from app.directory.service import set_mandates
from app.i18n import in_language
from app.programme import queries, service
from app.programme.service import Details
from app.programme.words import by_day, group_roles, hours, session_label
from tests.factories import ORGANISER


@pytest.fixture
def event(make_event):
    return make_event()


@pytest.fixture
def by(event):
    return {"actor": ORGANISER, "at": event.created_at}


def _details(title="Table", **values):
    return Details("round_table", Bilingual(title), **values)


def _add(event, by, title="Table", **values):
    return service.add_session(event, _details(title, **values), **by)


def test_sessions_stand_in_the_order_they_were_added(event, by):
    for title in ("a", "b", "c"):
        _add(event, by, title)
    assert [s.title.fr for s in queries.list_sessions(event)] == ["a", "b", "c"]


def test_hours_order_before_hand(event, by):
    _add(event, by, "late", starts_at=event.starts_at + timedelta(hours=2))
    _add(event, by, "undecided")
    _add(event, by, "early", starts_at=event.starts_at)
    assert [s.title.fr for s in queries.list_headlines(event)] == ["early", "late", "undecided"]


def test_a_session_moves_up_and_down_and_stops_at_the_ends(event, by):
    first, second = _add(event, by, "a"), _add(event, by, "b")
    assert service.move_session(second, -1, event=event, **by)
    assert [s.title.fr for s in queries.list_sessions(event)] == ["b", "a"]
    assert not service.move_session(second, -1, event=event, **by)
    assert not service.move_session(first, +1, event=event, **by)


def test_sessions_of_different_hours_are_not_exchanged(event, by):
    _add(event, by, "early", starts_at=event.starts_at)
    late = _add(event, by, "late", starts_at=event.starts_at + timedelta(hours=1))
    assert not service.move_session(late, -1, event=event, **by)


def test_an_end_before_the_start_is_refused(event, by):
    with pytest.raises(service.EndBeforeStart):
        _add(event, by, starts_at=event.starts_at, ends_at=event.starts_at)


def test_an_end_without_a_start_is_refused(event, by):
    with pytest.raises(service.HourMissing):
        _add(event, by, ends_at=event.starts_at)


def test_a_session_needs_a_title_in_one_language(event, by):
    with pytest.raises(service.TitleMissing):
        service.add_session(event, Details("speech", Bilingual()), **by)
    assert service.add_session(event, Details("speech", Bilingual(en="Speech")), **by)


def test_qualities_are_a_snapshot_in_their_order(event, by, make_person):
    person = make_person("Michaël", "Quernez", qualities=("Maire", "Vice-président", "Secrétaire"))
    role = service.add_role(_add(event, by), person, "speaker", event=event, **by)
    set_mandates(person, ["Ancien maire"], "")
    assert role.qualities == ("Maire", "Vice-président", "Secrétaire")


def test_qualities_may_be_given_and_are_cleaned(event, by, make_person):
    role = service.add_role(
        _add(event, by), make_person(), "speaker", qualities=[" Maire ", "", "Députée"], event=event, **by
    )
    assert role.qualities == ("Maire", "Députée")


def test_people_keep_their_order_and_move(event, by, make_person):
    session = _add(event, by)
    people = [make_person("P", name) for name in ("Un", "Deux", "Trois")]
    roles = [service.add_role(session, p, "speaker", event=event, **by) for p in people]
    assert service.move_role(roles[2], -1, event=event, **by)
    service.remove_role(roles[0], event=event, **by)
    session.position = session.position
    from app.database import db

    db.session.commit()
    found = queries.get_session(event, session.public_id)
    assert [one.person.family_name for one in found.roles] == ["Trois", "Deux"]


def test_nobody_has_two_roles_in_one_session(event, by, make_person):
    session, person = _add(event, by), make_person()
    service.add_role(session, person, "moderator", event=event, **by)
    with pytest.raises(service.AlreadyInSession):
        service.add_role(session, person, "speaker", event=event, **by)


@pytest.mark.parametrize(
    ("begins", "lasts", "clashes"),
    [(0, 60, True), (59, 60, True), (60, 60, False), (-30, 31, True), (-30, 30, False), (10, None, True)],
)
def test_nobody_is_in_two_sessions_at_once(event, by, make_person, begins, lasts, clashes):
    person = make_person("Pia", "Imbs")
    start = event.starts_at
    first = _add(event, by, "Table 1", starts_at=start, ends_at=start + timedelta(minutes=60))
    service.add_role(first, person, "speaker", event=event, **by)
    begin = start + timedelta(minutes=begins)
    end = None if lasts is None else begin + timedelta(minutes=lasts)
    second = _add(event, by, "Table 2", starts_at=begin, ends_at=end)
    if not clashes:
        service.add_role(second, person, "speaker", event=event, **by)
        return
    with pytest.raises(service.PersonTwiceAtOnce) as refusal:
        service.add_role(second, person, "speaker", event=event, **by)
    with in_language("en"):
        assert "Pia Imbs already takes part in “Table 1” at that time" in refusal.value.sentence


def test_moving_an_hour_onto_another_session_of_a_speaker_is_refused(event, by, make_person):
    person, start = make_person(), event.starts_at
    first = _add(event, by, "a", starts_at=start, ends_at=start + timedelta(hours=1))
    second = _add(event, by, "b", starts_at=start + timedelta(hours=2))
    for session in (first, second):
        service.add_role(session, person, "speaker", event=event, **by)
    with pytest.raises(service.PersonTwiceAtOnce):
        service.edit_session(second, _details("b", starts_at=start), event=event, **by)
    assert second.starts_at == start + timedelta(hours=2)


def test_another_event_at_the_same_hour_is_no_clash(event, by, make_event, make_person):
    other, person = make_event(), make_person()
    for each in (event, other):
        session = service.add_session(each, _details(starts_at=event.starts_at), **by)
        service.add_role(session, person, "speaker", event=each, **by)


def test_every_change_is_in_the_journal(event, by, db_session):
    session = _add(event, by, "a")
    service.edit_session(session, _details("b"), event=event, **by)
    service.remove_session(session, event=event, **by)
    db_session.flush()
    entries = db_session.scalars(select(AuditEntry).where(AuditEntry.topic == event.public_id))
    assert [e.action for e in entries] == ["session.added", "session.changed", "session.removed"]


def test_words_of_the_programme(event, by, make_person):
    start = event.starts_at
    timed = _add(event, by, "a", number=1, starts_at=start, ends_at=start + timedelta(minutes=90))
    free = _add(event, by, "b")
    for role in ("moderator", "speaker", "speaker"):
        service.add_role(timed, make_person(), role, event=event, **by)
    with in_language("en"):
        assert session_label(timed) == "Round table 1"
        assert session_label(free) == "Round table"
        assert hours(timed, event) == "17:30 – 19:00"
        assert hours(free, event) == ""
        assert [label for label, _people in group_roles(timed.roles)] == ["Moderator", "Speakers"]
        days = by_day(queries.list_sessions(event), event)
    assert [len(held) for _label, held in days] == [1, 1]
    assert days[1][0] == ""
