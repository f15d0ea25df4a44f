"""Print runs: a frozen list, only what is new or changed, progress, a drawing that dies, one badge printed again."""

import re
from datetime import timedelta

import pypdfium2
import pytest

from app import jobqueue, typeset
from app.audit.models import AuditEntry
from app.audit.service import COMMAND_LINE, Actor
from app.badging import runs, service
from app.badging.layout import Layout, LayoutImpossible, OneSideOnly, StartBeyondSheet
from app.badging.models import Badge, PrintRun
from app.badging.printing import NoBadges
from app.badging.queries import find_presented, list_printed
from app.badging.runs import NothingNew, Order
from app.clock import now
from app.database import db
from app.jobs import run_work
from app.registration.life import Consent
from app.registration.service import cancel_registration
from tests.badging.reading import codes_in, words_in
from tests.databases import KEY

CLAIRE = Actor("user", "claire", "Claire")


@pytest.fixture
def event(factory):
    event = factory.event(slug="assises", categories=("elus", "presse"))
    factory.registration(event, factory.person("Pia", "Imbs"), category="elus")
    factory.registration(event, factory.person("Michaël", "Quernez"), category="presse")
    factory.registration(event, factory.person("Emma", "Veran"), category="elus")
    return event


def ask(event, scope="all", reason="", category="", **layout):
    order = Order(Layout(language="fr", **layout), scope=scope, reason=reason, category=category)
    run = runs.ask(event, order, actor=CLAIRE, at=now())
    db.session.commit()
    return run


def drawn(app, run):
    number = run.public_id
    run_work(app, runs.WORK, number)
    db.session.expire_all()
    return db.session.query(PrintRun).filter_by(public_id=number).one()


def badge_of(event, family):
    found = db.session.query(Badge).filter_by(event_id=event.id, state="active").all()
    return next(badge for badge in found if badge.registration.person.family_name == family)


def test_a_run_keeps_who_asked_when_why_how_many_and_whose(app, event):
    run = drawn(app, ask(event, reason="First run", design="card"))
    assert (run.made_by, run.reason, run.design, run.badges, run.done) == ("Claire", "First run", "card", 3, 3)
    assert (run.state, run.pages, run.scope) == ("ready", 1, "all")
    listed = [(one.position, one.badge.registration.person.family_name, one.version) for one in list_printed(run)]
    assert listed == [(1, "Imbs", 1), (2, "Quernez", 1), (3, "Veran", 1)]
    assert sorted(codes_in(run.pdf)) == sorted(badge.code for badge in db.session.query(Badge))
    entry = db.session.query(AuditEntry).filter_by(action="badges.printed").one()
    assert entry.after == {"badges": 3, "design": "card", "scope": "all", "reason": "First run"}


def test_the_list_is_frozen_when_it_is_asked_for(app, event, factory):
    run = ask(event)
    factory.registration(event, factory.person("Tard", "Venu"), category="elus")
    run = drawn(app, run)
    assert run.badges == 3
    assert "VENU" not in words_in(run.pdf)


def test_whoever_gave_up_before_it_was_drawn_is_not_printed(app, event):
    run = ask(event)
    badge = badge_of(event, "Veran")
    cancel_registration(badge.registration, actor=CLAIRE, at=now())
    db.session.commit()
    assert "VERAN" not in words_in(drawn(app, run).pdf)


def test_only_new_and_changed_badges_are_printed_again(app, event, factory):
    drawn(app, ask(event))
    with pytest.raises(NothingNew):
        ask(event, "changed")
    badge_of(event, "Quernez").registration.organisation = "Ville de Quimperlé"
    factory.registration(event, factory.person("Tard", "Venu"), category="elus")
    db.session.commit()
    run = drawn(app, ask(event, "changed"))
    assert [one.badge.registration.person.family_name for one in list_printed(run)] == ["Quernez", "Venu"]
    with pytest.raises(NothingNew):
        ask(event, "changed")


def test_what_is_new_counts_from_the_last_run_of_the_same_design(app, event):
    drawn(app, ask(event, design="a6"))
    assert ask(event, "changed", design="l4785").badges == 3


@pytest.mark.parametrize("what", ["name", "category", "no photo", "reprinted"])
def test_every_thing_a_badge_says_makes_it_changed(app, event, what):
    event.asks = ("photo",)
    drawn(app, ask(event))
    badge = badge_of(event, "Imbs")
    registration = badge.registration
    if what == "name":
        registration.person.given_name = "Pía"
    elif what == "category":
        registration.category = event.categories[1]
    elif what == "reprinted":
        service.reprint(registration, reason="lost", secret=KEY, actor=CLAIRE, at=now())
    else:
        day = now().date()
        wish = {"version": "1", "words": "No photo", "given_at": now(), "kept_until": day}
        db.session.add(Consent(registration_id=registration.id, kind="photo", **wish))
    db.session.commit()
    assert ask(event, "changed").badges == 1


def test_a_failed_run_printed_nothing(app, event):
    runs.give_up(ask(event).public_id)
    db.session.commit()
    assert ask(event, "changed").badges == 3


def test_a_corrected_name_leaves_the_printed_badge_valid(app, event):
    run = drawn(app, ask(event))
    badge = badge_of(event, "Imbs")
    badge.registration.person.family_name = "Imbs-Martin"
    db.session.commit()
    drawn(app, ask(event, "changed"))
    for code in codes_in(run.pdf):
        assert find_presented(event, code).standing == "valid"


def test_one_category_alone_can_be_printed(app, event):
    assert ask(event, category="presse").badges == 1
    assert words_in(drawn(app, ask(event, category="presse")).pdf).count("QUERNEZ") == 1


def test_a_badge_of_an_earlier_release_stays_valid_until_it_is_printed_again(app, event):
    badge = badge_of(event, "Imbs")
    badge.code = bare = badge.identity
    badge.version, badge.matrix = 0, None
    db.session.commit()
    run = drawn(app, ask(event))
    assert bare in codes_in(run.pdf)
    assert find_presented(event, bare).standing == "valid"
    service.reprint(badge.registration, reason="torn", secret=KEY, actor=CLAIRE, at=now())
    assert badge.version == 1
    assert find_presented(event, bare).standing == "replaced"


def test_a_drawing_that_dies_is_told_and_the_next_one_works(app, event, tmp_path, monkeypatch):
    killer = tmp_path / "worker.py"
    killer.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(typeset, "_WORKER", killer)
        run = drawn(app, ask(event))
    assert (run.state, run.pdf) == ("failed", None)
    assert "signal 11" in run.trouble
    assert drawn(app, ask(event)).state == "ready"


def test_a_text_that_does_not_fit_is_told_with_the_name(app, event):
    badge_of(event, "Quernez").registration.qualities = ("Vice-président " * 30,)
    db.session.commit()
    run = drawn(app, ask(event, design="l4785"))
    assert run.state == "failed"
    assert "QUERNEZ" in run.trouble
    assert "IMBS" not in run.trouble


def test_the_work_begun_again_after_a_crash_ends_once(app, event):
    run = ask(event)
    work, give_up = jobqueue.work_named(runs.WORK)
    begun = work(run.public_id)
    next(begun)
    db.session.commit()
    run = drawn(app, run)
    pdf = run.pdf
    assert drawn(app, run).pdf == pdf
    give_up("nobody")


def test_files_go_after_a_week_and_the_list_stays(app, event):
    run = drawn(app, ask(event))
    run.made_at -= timedelta(days=8)
    db.session.commit()
    ask(event)
    db.session.refresh(run)
    assert (run.pdf, len(list_printed(run))) == (None, 3)


@pytest.mark.parametrize(
    ("layout", "refusal"),
    [
        ({"design": "l4785", "paper": "a3"}, LayoutImpossible),
        ({"design": "l4785", "start": 11}, StartBeyondSheet),
        ({"design": "l4785", "duplex": "long"}, OneSideOnly),
        ({"design": "no-such-design"}, LayoutImpossible),
        ({"shift_x": 0.05}, LayoutImpossible),
    ],
)
def test_what_no_sheet_can_hold_is_refused_before_anything_is_noted(event, layout, refusal):
    with pytest.raises(refusal):
        ask(event, **layout)
    assert db.session.query(PrintRun).count() == 0


def test_an_event_without_anybody_is_refused(factory):
    with pytest.raises(NoBadges):
        ask(factory.event())


@pytest.mark.parametrize("design", ["a6-folded", "a7", "roll62", "l7418"])
def test_every_design_is_printed_from_the_same_badges(app, event, design):
    run = drawn(app, ask(event, design=design, sort="desk", separators=True, desks=2))
    assert run.state == "ready", run.trouble
    assert sorted(codes_in(run.pdf)) == sorted(badge.code for badge in db.session.query(Badge))
    assert re.search("Guichet 1", words_in(run.pdf))


def test_the_other_side_says_what_helps(app, event):
    run = drawn(app, ask(event, design="a6", duplex="long"))
    told = words_in(run.pdf)
    assert (run.state, run.pages) == ("ready", 6)
    assert "En cas d’urgence" in told
    assert "112" in told


def test_the_first_places_of_a_sheet_are_left_alone(app, event):
    run = drawn(app, ask(event, design="l4785", start=9))
    assert run.pages == 2
    first = pypdfium2.PdfDocument(run.pdf)[0]
    assert first.get_textpage().get_text_bounded().count("QUERNEZ") == 1


def test_the_command_line_s_own_runs_are_noted(event):
    run, _pdf = runs.print_at_once(event, Order(Layout(language="fr")), actor=COMMAND_LINE, at=now())
    assert (run.made_by, run.state, run.done) == ("parvis", "ready", 3)
