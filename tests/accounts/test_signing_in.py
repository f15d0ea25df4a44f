"""Signing in: one neutral answer, slowed down, ended at will, never sent elsewhere."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import SignInFailure, User
from app.accounts.service import FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, WINDOW
from app.audit.models import AuditEntry
from app.audit.service import COMMAND_LINE
from app.clock import now
from app.database import db
from tests.factories import PASSWORD

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_words_open_the_organisers_events(client, make_user):
    answer = sign_in(client, make_user("organiser").email)
    assert (answer.status_code, answer.location) == (302, "/organise/")


def test_reception_lands_at_the_desk(client, make_user):
    assert sign_in(client, make_user("reception").email).location == "/desk/"


def test_the_address_is_taken_whatever_its_case(client, make_user):
    user = make_user(email="zoe@example.org")
    assert sign_in(client, f"  {user.email.upper()} ").status_code == 302


def test_unknown_address_and_wrong_password_get_the_same_answer(client, make_user):
    known = make_user().email
    wrong = sign_in(client, known, "another password")
    unknown = sign_in(client, "nobody@example.org", "another password")
    assert wrong.status_code == unknown.status_code == 403
    pages = [re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text) for answer in (wrong, unknown)]
    assert pages[0].replace(known, "x") == pages[1].replace("nobody@example.org", "x")


def test_what_was_typed_stays_but_never_the_password(client, make_user):
    email = make_user().email
    answer = sign_in(client, email, "another password")
    assert email in answer.text
    assert "another password" not in answer.text


def test_a_closed_account_opens_nothing(client, make_user):
    user = make_user(is_active=False)
    assert sign_in(client, user.email).status_code == 403


def test_guessing_at_one_account_is_slowed_even_with_the_right_password(client, make_user, frozen):
    clock = frozen(MORNING)
    email = make_user().email
    for _ in range(FAILURES_PER_ACCOUNT):
        assert sign_in(client, email, "wrong").status_code == 403
    assert sign_in(client, email).status_code == 429
    clock.shift(WINDOW + timedelta(seconds=1))
    assert sign_in(client, email).status_code == 302


def test_guessing_at_many_accounts_from_one_address_is_slowed(client, make_user, monkeypatch):
    monkeypatch.setattr(service, "check_password_hash", lambda *_: False)
    for n in range(FAILURES_PER_ADDRESS):
        assert sign_in(client, f"guess{n}@example.org", "wrong").status_code == 403
    assert sign_in(client, make_user().email).status_code == 429


def test_failures_are_kept_without_address_and_for_a_day(client, app, frozen):
    clock = frozen(MORNING)
    sign_in(client, "nobody@example.org", "wrong")
    keys = [failure.key for failure in db.session.scalars(select(SignInFailure))]
    assert [len(key) for key in keys] == [64, 64]
    clock.shift(timedelta(days=1, seconds=1))
    sign_in(client, "other@example.org", "wrong")
    assert {f.key for f in db.session.scalars(select(SignInFailure))}.isdisjoint({keys[0]})


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x"])
def test_signing_in_never_leads_elsewhere(client, make_user, elsewhere):
    assert sign_in(client, make_user().email, next=elsewhere).location == "/organise/"


def test_signing_in_leads_back_to_the_page_asked_for(client, make_user):
    assert client.get("/organise/x/journal?page=2").location == "/sign-in?next=/organise/x/journal?page%3D2"
    back = sign_in(client, make_user().email, next="/organise/x/journal?page=2")
    assert back.location == "/organise/x/journal?page=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_choosing_a_language_never_leads_elsewhere(client, elsewhere):
    assert client.post("/language", data={"language": "en", "next": elsewhere}).location == "/"


def test_a_session_ends_when_its_version_is_raised(client, make_user):
    user = make_user("reception")
    sign_in(client, user.email)
    assert client.get("/desk/").status_code == 200
    service.end_sessions(user)
    assert client.get("/desk/").location.startswith("/sign-in")


def test_a_session_ends_with_its_account(client, make_user):
    user = make_user("reception")
    sign_in(client, user.email)
    user.is_active = False
    assert client.get("/desk/").location.startswith("/sign-in")


def test_signing_out_forgets_who_was_there(client, make_user):
    sign_in(client, make_user("reception").email)
    client.post("/sign-out")
    assert client.get("/desk/").location.startswith("/sign-in")


def test_a_session_begun_before_signing_in_is_not_continued(client, make_user):
    """Session fixation: what an attacker planted before is gone after."""
    with client.session_transaction() as kept:
        kept["planted"] = "yes"
    sign_in(client, make_user("reception").email)
    with client.session_transaction() as kept:
        assert "planted" not in kept


def test_cookies_are_out_of_reach_of_scripts(client, make_user):
    cookie = sign_in(client, make_user().email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_account_keeps_a_hash_and_leaves_a_trace(app):
    user = service.add_user(
        " Zoe@Example.org ", "Zoé", "a long enough password", "reception", actor=COMMAND_LINE, at=now()
    )
    db.session.commit()
    assert user.email == "zoe@example.org"
    assert user.password_hash.startswith("scrypt:")
    assert "a long enough password" not in user.password_hash
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.action, entry.object_id, entry.after) == ("user.added", user.public_id, {"role": "reception"})
    assert "password" not in repr(vars(entry))


def test_one_account_per_address_and_no_short_password(app, make_user):
    user = make_user()
    with pytest.raises(service.AddressTaken):
        service.add_user(user.email, "", "a long enough password", "admin", actor=COMMAND_LINE, at=now())
    with pytest.raises(service.WeakPassword):
        service.add_user("new@example.org", "", "short", "admin", actor=COMMAND_LINE, at=now())
    assert len(db.session.scalars(select(User)).unique().all()) == 1


@pytest.mark.parametrize(
    ("held", "asked", "holds"),
    [
        ("admin", "organiser", True), ("organiser", "organiser", True), ("organiser", "reception", True),
        ("reception", "organiser", False), ("organiser", "admin", False),
    ],
)  # fmt: skip
def test_a_higher_role_holds_the_lower_ones(make_user, make_event, held, asked, holds):
    event, other = make_event(), make_event()
    assert make_user(held).has_role(asked, event.id) is holds
    here = make_user(held, event=event)
    assert here.has_role(asked, event.id) is holds
    assert here.has_role(asked) is holds
    assert not here.has_role(asked, other.id)
