"""One badge printed again: its next version, the one in hand worth nothing; another key changes nothing issued."""

import pypdfium2
import pytest

from app.audit.models import AuditEntry
from app.audit.service import Actor
from app.badging import printing, service
from app.badging.codes import read_code
from app.badging.layout import Layout
from app.badging.models import PrintedBadge
from app.badging.queries import find_active_badge, find_presented
from app.badging.reprinting import print_one
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.badging.reading import codes_in
from tests.databases import KEY

CLAIRE = Actor("user", "claire", "Claire")


@pytest.fixture
def event(factory):
    return factory.event(slug="assises", categories=("elus", "presse"))


@pytest.fixture
def badge(event, factory):
    return find_active_badge(factory.registration(event, factory.person("Pia", "Imbs"), category="elus").id)


def test_a_first_print_at_the_desk_keeps_the_version_and_the_next_one_replaces_it(event, badge):
    first_code, first_short = badge.code, badge.short_code

    def print_it(reason):
        layout = printing.alone(Layout(design="roll62", language="fr"))
        run = print_one(event, badge.registration, layout, reason=reason, secret=KEY, actor=CLAIRE, at=now())
        db.session.commit()
        return run

    first = print_it("arrived")
    assert codes_in(first.pdf) == [first_code]
    assert pypdfium2.PdfDocument(first.pdf).is_tagged()  # one badge is never joined: PDF/UA-1, as it was set
    second = print_it("lost in the train")
    assert (badge.version, badge.code != first_code, badge.short_code != first_short) == (2, True, True)
    assert read_code(badge.code).identity == read_code(first_code).identity
    assert codes_in(second.pdf) == [badge.code]
    assert find_presented(event, badge.code).standing == "valid"
    assert find_presented(event, first_code).standing == "replaced"
    assert find_presented(event, first_code).badge.registration_id == badge.registration_id
    assert find_presented(event, first_short).standing == "replaced"
    assert find_presented(event, badge.short_code).standing == "valid"
    log = [(one.version, one.run.reason) for one in db.session.query(PrintedBadge).order_by(PrintedBadge.id)]
    assert log == [(1, "arrived"), (2, "lost in the train")]
    assert db.session.query(AuditEntry).filter_by(action="badge.replaced").one().after["version"] == 2


def test_two_desks_that_print_the_same_badge_replace_it_once(event, badge):
    mine, theirs = (service.next_version(badge, secret=KEY) for _desk in range(2))
    service.replace_badge(badge, theirs, reason="lost", actor=CLAIRE, at=now())
    with pytest.raises(service.ReplacedMeanwhile):
        service.replace_badge(badge, mine, reason="lost", actor=CLAIRE, at=now())
    assert badge.version == 2


def test_nobody_without_a_place_gets_a_badge(event, badge):
    registration = badge.registration
    cancel_registration(registration, actor=CLAIRE, at=now())
    db.session.commit()
    assert find_active_badge(registration.id) is None
    with pytest.raises(service.NothingToReprint):
        print_one(event, registration, Layout(), reason="lost", secret=KEY, actor=CLAIRE, at=now())


def test_another_key_leaves_what_was_issued_valid(event, badge, factory):
    old = badge
    assert service.change_key(event, actor=CLAIRE, at=now()) == 2
    db.session.commit()
    new = find_active_badge(factory.registration(event, category="elus").id)
    assert [read_code(one.code).key for one in (old, new)] == [1, 2]
    assert find_presented(event, old.code).standing == find_presented(event, new.code).standing == "valid"
    event.badge_key = 31
    with pytest.raises(service.LastKey):
        service.change_key(event, actor=CLAIRE, at=now())
