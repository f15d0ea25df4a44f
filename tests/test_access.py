"""Who may open what."""

import pytest

from app import access
from tests.every_route import OPEN_KINDS, dump, rule_of, rules


def test_every_page_says_who_may_open_it(app):
    silent = [r.endpoint for r in app.url_map.iter_rules() if rule_of(app, r) is None]
    assert silent == []


def test_pages_are_asked_by_get_and_changed_by_post_only(app):
    assert {m for r in app.url_map.iter_rules() for m in r.methods} <= {"GET", "HEAD", "OPTIONS", "POST"}


def answers(app, browser, furnished, concerned, methods=("GET", "POST")):
    """What `browser` is told on each page `concerned`: (endpoint, method, status, location)."""
    for method in methods:
        for rule in rules(app, method):
            if concerned(rule_of(app, rule), rule):
                body = furnished.bodies.get(rule.endpoint)
                answer = browser.open(furnished.address(app, rule), method=method, json=body)
                yield rule.endpoint, method, answer.status_code, answer.location or ""


def test_anonymous_is_sent_to_sign_in(app, client, furnished):
    told = list(answers(app, client, furnished, lambda stated, _: stated.kind not in OPEN_KINDS))
    for_programs = {t for t in told if t[0].split(".")[0] in access.FOR_PROGRAMS}
    assert {t[2] for t in for_programs} == {401}
    assert [t for t in told if t not in for_programs and (t[2] != 302 or not t[3].startswith("/sign-in"))] == []


def test_a_personal_page_needs_its_personal_link(app, client, furnished):
    told = answers(app, client, furnished, lambda stated, _: stated.kind == "invitee")
    assert [t for t in told if t[2] != 404] == []


def test_reception_does_not_open_the_organisers_pages(app, reception_client, furnished):
    before = dump()
    told = answers(
        app, reception_client, furnished, lambda stated, _: stated.kind == "staff" and stated.role != "reception"
    )
    assert [t for t in told if t[2] != 403] == []
    assert dump() == before


@pytest.mark.parametrize("role", ["organiser", "reception"])
def test_a_role_on_one_event_gives_nothing_on_another(app, client, factory, furnished, role):
    client.sign_in(factory.user(role, event=factory.event()))
    before = dump()
    told = answers(app, client, furnished, lambda stated, rule: stated.kind == "staff" and "slug" in rule.arguments)
    assert [t for t in told if t[2] not in {403, 404}] == []
    assert dump() == before


def test_a_draft_is_nobodys_business(app, client, furnished):
    furnished.event.status = "draft"
    told = answers(
        app,
        client,
        furnished,
        lambda stated, rule: stated.kind == "public" and "slug" in rule.arguments,
        methods=("GET",),
    )
    assert [t for t in told if t[2] != 404] == []


def test_every_change_asks_for_the_token(app, admin_client, furnished):
    admin_client.sends_token = False
    before = dump()
    told = answers(app, admin_client, furnished, lambda *_: True, methods=("POST",))
    assert [t for t in told if t[2] != 400] == []
    assert dump() == before


def test_a_page_that_does_not_say_who_may_open_it_stays_closed(app, client, admin_client):
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    for browser in (client, admin_client):
        answer = browser.get("/forgotten")
        assert answer.status_code == 404
        assert "secret" not in answer.text
