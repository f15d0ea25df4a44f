"""Needs and wishes: optional, agreed in words that are kept, read by few, erased in time (domain 3.4, 3.7)."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from app.audit.models import AuditEntry
from app.clock import now
from app.database import db
from app.i18n import in_language
from app.registration import consents, service
from app.registration.cancelling import cancel
from app.registration.life import CONSENT_KINDS, Consent
from app.registration.life_queries import list_consents, list_consents_at
from tests.factories import INVITEE, ORGANISER
from tests.registration.telling import WISHES, let_ask

# Raise consents.VERSION when the words change, then write the new pair here: what was agreed is what was read.
PINNED = ("2026-11", "916e8a3cd027c7ee")


@pytest.fixture
def guest(factory):
    event = let_ask(factory.event(starts_at=datetime(2026, 11, 18, 16, 30, tzinfo=UTC), deadline=None), *WISHES)
    return factory.registration(event)


def say(registration, *, agreed=True, **wishes):
    changed = consents.say(registration, wishes, has_agreed=agreed, actor=INVITEE, at=now())
    db.session.commit()
    return changed


def test_a_need_is_kept_only_when_agreed_in_so_many_words(guest):
    with pytest.raises(consents.ConsentNeeded):
        say(guest, agreed=False, access="Fauteuil roulant")
    assert list_consents(guest.id) == {}
    say(guest, access="Fauteuil roulant")
    assert list_consents(guest.id)["access"].text == "Fauteuil roulant"


def test_photo_and_list_are_wishes_of_their_own_and_need_no_other_tick(guest):
    assert say(guest, agreed=False, photo="", sharing=None) == ["photo"]
    assert set(list_consents(guest.id)) == {"photo"}


def test_the_version_and_the_words_read_are_kept(guest):
    with in_language("en"):
        say(guest, sharing="")
    kept = list_consents(guest.id)["sharing"]
    assert (kept.version, kept.words[:12]) == (consents.VERSION, "I agree that")
    assert kept.given_at is not None


def test_the_words_do_not_change_without_their_version():
    words = "".join(consents.WORDS[kind].message for kind in CONSENT_KINDS)
    assert (consents.VERSION, hashlib.sha256(words.encode()).hexdigest()[:16]) == PINNED


def test_words_agreed_before_stay_when_the_same_is_told_again(guest):
    say(guest, sharing="", diet="Végétarien")
    kept = list_consents(guest.id)["diet"]
    kept.version = "2020-01"
    db.session.commit()
    assert say(guest, sharing="", diet="Végétarien") == []
    assert list_consents(guest.id)["diet"].version == "2020-01"
    assert say(guest, diet="Sans gluten") == ["diet"]
    assert list_consents(guest.id)["diet"].version == consents.VERSION


def test_what_is_taken_back_is_erased(guest):
    say(guest, access="Boucle magnétique", sharing="")
    assert say(guest, access="", sharing=None) == ["access", "sharing"]
    assert list_consents(guest.id) == {}


def test_an_event_that_does_not_ask_keeps_nothing(factory):
    registration = factory.registration(let_ask(factory.event(), "diet"))
    assert say(registration, access="Fauteuil", diet="Végane") == ["diet"]


def test_the_journal_says_that_something_was_told_and_never_what(guest):
    say(guest, diet="Casher")
    entry = db.session.query(AuditEntry).filter_by(action="registration.wishes").one()
    assert entry.after == {"diet": "said"}
    assert "Casher" not in str(vars(entry))


@pytest.mark.parametrize(("kind", "last"), [("access", 25), ("diet", 25)])
def test_needs_live_seven_days_after_the_event_where_it_takes_place(guest, kind, last):
    say(guest, **{kind: "quelque chose"})
    day = date(2026, 11, last)
    assert list_consents(guest.id)[kind].kept_until == day
    assert consents.forget_expired(day) == 0
    assert consents.forget_expired(day + timedelta(days=1)) == 1
    assert list_consents(guest.id) == {}


def test_each_kind_has_its_own_last_day(guest):
    say(guest, access="x", photo="", sharing="")
    kept = {kind: one.kept_until for kind, one in list_consents(guest.id).items()}
    assert kept == {"access": date(2026, 11, 25), "sharing": date(2027, 2, 16), "photo": date(2027, 11, 18)}


def test_a_postponed_event_keeps_what_it_needs(guest):
    say(guest, access="Fauteuil roulant")
    guest.event.starts_at += timedelta(days=100)
    assert consents.forget_expired(date(2026, 11, 26)) == 0
    assert list_consents(guest.id)["access"].kept_until == date(2027, 3, 5)


@pytest.mark.parametrize("leave", ["invitee", "organiser"])
def test_who_no_longer_comes_needs_nothing(guest, leave):
    say(guest, access="Fauteuil roulant", photo="")
    if leave == "invitee":
        service.decline(guest.invitation, by="link", actor=INVITEE, at=now())
    else:
        cancel(guest, actor=ORGANISER, at=now())
    db.session.commit()
    assert set(list_consents(guest.id)) == {"photo"}


def test_lists_of_needs_hold_those_who_come(guest, factory):
    other = factory.registration(guest.event)
    say(guest, access="Fauteuil roulant")
    say(other, diet="Végétarien", sharing="")
    assert [(one.registration_id, one.kind) for one in list_consents_at(guest.event, ("access", "diet"))] == [
        (guest.id, "access"),
        (other.id, "diet"),
    ]
    other.state = "cancelled"
    assert [one.registration_id for one in list_consents_at(guest.event, WISHES)] == [guest.id]


def test_the_same_wish_stands_once(guest):
    say(guest, photo="")
    say(guest, photo="")
    assert db.session.query(Consent).count() == 1
