"""Minutes: drawn from the programme, own order of the narrative, frozen once published."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.columns import Bilingual
from app.errors import NotFound
from app.i18n import in_language
from app.minutes import correction, queries, refusals, service, telling
from app.programme import service as programme
from app.programme.service import Details
from tests.factories import ORGANISER


@pytest.fixture
def event(make_event):
    return make_event()


@pytest.fixture
def by(event):
    return {"event": event, "actor": ORGANISER, "at": event.created_at}


@pytest.fixture
def people(make_person):
    names = (("Frédéric", "Cholé"), ("Patrick", "Molinoz"), ("Pia", "Imbs"), ("Michaël", "Quernez"))
    return [make_person(*name, qualities=("Maire de Brest", "AFCCRE")) for name in names]


@pytest.fixture
def draft(event, by, people):
    who = {"actor": ORGANISER, "at": event.created_at}
    table = programme.add_session(event, Details("round_table", Bilingual("Une table", "A table"), number=1), **who)
    for person, role in zip(people, ("moderator", "speaker", "speaker", "speaker"), strict=True):
        programme.add_role(table, person, role, **by)
    programme.add_session(event, Details("break", Bilingual("Pause")), **who)
    speech = programme.add_session(event, Details("speech", Bilingual("Discours de clôture")), **who)
    programme.add_role(speech, people[0], "speaker", **by)
    return service.draft_from_programme(event, issued_on=date(2025, 11, 25), **who)


def _names(section):
    return [one.name for one in section.interventions]


def _write(draft, by):
    head = {"title": draft.title, "issued_on": draft.issued_on}
    service.edit_text(draft, introduction=Bilingual("Il fut dit."), **head, **by)
    for section in draft.sections:
        for one in section.interventions:
            service.edit_intervention(one, name=one.name, qualities=one.qualities, text=Bilingual("Dit."), **by)


def _reload(event, db_session):
    db_session.commit()
    db_session.expire_all()
    return queries.find_latest(event)


def test_sections_follow_the_programme_without_breaks(draft):
    assert [section.title.fr or section.label.fr for section in draft.sections] == ["Une table", "Discours de clôture"]
    assert draft.sections[0].label == Bilingual("Table ronde 1", "Round table 1")


def test_the_composition_is_a_snapshot_in_order(draft, people, by, event, db_session):
    people[1].family_name = "Changé"
    (table, _pause, _speech) = _sessions(event)
    programme.remove_session(table, **by)
    section = _reload(event, db_session).sections[0]
    assert [one["name"] for one in section.composition] == [
        "Frédéric CHOLÉ",
        "Patrick MOLINOZ",
        "Pia IMBS",
        "Michaël QUERNEZ",
    ]
    assert section.composition[0]["qualities"] == ["Maire de Brest", "AFCCRE"]
    assert section.session_id is None


def _sessions(event):
    from app.programme.queries import list_sessions

    return list_sessions(event)


def test_each_speaker_gets_an_empty_passage_the_moderator_none(draft):
    assert _names(draft.sections[0]) == ["Patrick Molinoz", "Pia Imbs", "Michaël Quernez"]
    assert draft.sections[0].interventions[0].qualities == ("maire de Brest", "AFCCRE")


def test_the_narrative_has_an_order_of_its_own(draft, by, event, db_session):
    last = draft.sections[0].interventions[2]
    assert service.move(last, -1, **by)
    assert service.move(last, -1, **by)
    assert not service.move(last, -1, **by)
    section = _reload(event, db_session).sections[0]
    assert _names(section) == ["Michaël Quernez", "Patrick Molinoz", "Pia Imbs"]
    assert [one["name"] for one in section.composition][1] == "Patrick MOLINOZ"


def test_a_second_draft_is_refused(draft, event):
    with pytest.raises(refusals.AlreadyBegun):
        service.draft_from_programme(event, issued_on=date(2026, 1, 1), actor=ORGANISER, at=event.created_at)


def test_orientations_are_numbered_in_order_and_commitments_not(draft, by, event, db_session):
    for text, is_numbered in (("a", True), ("hors liste", False), ("b", True), ("c", True)):
        service.add_decision(draft, Bilingual(text), is_numbered=is_numbered, **by)
    service.move(draft.decisions[3], -1, **by)
    draft = _reload(event, db_session)
    assert [(d.text.fr, d.number) for d in draft.decisions] == [("a", 1), ("hors liste", None), ("c", 2), ("b", 3)]
    service.remove(draft.decisions[0], **by)
    draft = _reload(event, db_session)
    assert [d.number for d in draft.decisions] == [None, 1, 2]
    service.edit_decision(draft.decisions[0], Bilingual("dedans"), is_numbered=True, **by)
    assert [d.number for d in draft.decisions] == [1, 2, 3]
    assert [d.text.fr for d in telling.commitments(draft)] == []


def test_an_empty_decision_and_a_nameless_passage_are_refused(draft, by):
    with pytest.raises(refusals.DecisionEmpty):
        service.add_decision(draft, Bilingual(), is_numbered=True, **by)
    with pytest.raises(refusals.NameMissing):
        service.add_intervention(draft.sections[0], name="  ", **by)


def test_people_from_the_room_and_joint_speakers_are_told_together(draft, by):
    section = draft.sections[0]
    service.add_intervention(
        section,
        name="Christophe Chaillou",
        qualities=("sénateur",),
        text=Bilingual("Ensemble."),
        is_from_room=True,
        **by,
    )
    service.add_intervention(
        section, name="Marta de Cidrac", qualities=("sénatrice",), is_from_room=True, is_joint=True, **by
    )
    with in_language("fr"):
        told = telling.passages(section)
    assert [passage.opens_room for passage in told] == [False, False, False, True]
    assert told[-1].speakers == "Christophe Chaillou, sénateur et Marta de Cidrac, sénatrice"
    assert told[-1].text == "Ensemble."


def test_minutes_without_an_introduction_are_not_published(draft, by):
    with pytest.raises(refusals.NothingWritten):
        service.publish(draft, **by)


def test_a_named_speaker_without_words_stops_the_publication(draft, by):
    _write(draft, by)
    silent = draft.sections[0].interventions[1]
    service.edit_intervention(silent, name=silent.name, qualities=(), text=Bilingual(), **by)
    with pytest.raises(refusals.TextMissing) as refusal:
        service.publish(draft, **by)
    assert refusal.value.places == {"names": "Pia Imbs"}


def test_publishing_freezes_the_version(draft, by, event, db_session):
    _write(draft, by)
    service.publish(draft, **by)
    minutes = _reload(event, db_session)
    assert (minutes.version, minutes.state, minutes.published_by) == (1, "published", ORGANISER.name)
    section = minutes.sections[0]
    one = section.interventions[0]
    attempts = [
        lambda: service.publish(minutes, **by),
        lambda: service.edit_text(
            minutes, title=minutes.title, introduction=Bilingual("x"), issued_on=minutes.issued_on, **by
        ),
        lambda: service.edit_section(section, label=section.label, title=section.title, narrative=Bilingual("x"), **by),
        lambda: service.add_intervention(section, name="Intrus", **by),
        lambda: service.edit_intervention(one, name="x", qualities=(), text=Bilingual("x"), **by),
        lambda: service.remove(one, **by),
        lambda: service.remove(section, **by),
        lambda: service.move(one, 1, **by),
        lambda: service.add_decision(minutes, Bilingual("x"), is_numbered=True, **by),
    ]
    for attempt in attempts:
        with pytest.raises(refusals.AlreadyPublished):
            attempt()
    assert not db_session.dirty


def test_a_correction_is_the_next_version_and_leaves_the_first_alone(draft, by, event, db_session):
    _write(draft, by)
    service.add_decision(draft, Bilingual("Mettre en place d’un fonds"), is_numbered=True, **by)
    service.publish(draft, **by)
    second = correction.begin_correction(event, actor=ORGANISER, at=event.created_at)
    assert (second.version, second.state) == (2, "draft")
    assert [s.title for s in second.sections] == [s.title for s in draft.sections]
    assert _names(second.sections[0]) == _names(draft.sections[0])
    service.edit_decision(second.decisions[0], Bilingual("Mettre en place un fonds"), is_numbered=True, **by)
    db_session.commit()
    assert queries.get_published(event).version == 1
    service.publish(second, **by)
    db_session.commit()
    db_session.expire_all()
    texts = [queries.get_published(event, n).decisions[0].text.fr for n in (1, 2)]
    assert texts == ["Mettre en place d’un fonds", "Mettre en place un fonds"]
    assert queries.get_published(event).version == 2


def test_one_correction_at_a_time_and_none_before_publication(draft, event):
    with pytest.raises(refusals.AlreadyBegun):
        correction.begin_correction(event, actor=ORGANISER, at=event.created_at)


def test_nothing_to_correct(event):
    with pytest.raises(NotFound):
        correction.begin_correction(event, actor=ORGANISER, at=event.created_at)


def test_the_journal_tells_it(draft, by, event, db_session):
    _write(draft, by)
    service.publish(draft, **by)
    db_session.flush()
    wanted = select(AuditEntry.action).where(AuditEntry.object_kind == "minutes")
    actions = list(db_session.scalars(wanted.order_by(AuditEntry.id)))
    assert actions[0] == "minutes.begun"
    assert actions[-1] == "minutes.published"
