"""Who may open what: each page says it, and who is not signed in opens nothing else."""

from app import access
from tests.every_route import OPEN_KINDS, answers, rule_of


def test_every_page_says_who_may_open_it(app):
    silent = [r.endpoint for r in app.url_map.iter_rules() if rule_of(app, r) is None]
    assert silent == []


def test_pages_are_asked_by_get_and_changed_by_post_only(app):
    assert {m for r in app.url_map.iter_rules() for m in r.methods} <= {"GET", "HEAD", "OPTIONS", "POST"}


def test_anonymous_is_sent_to_sign_in(app, client, furnished):
    told = list(answers(app, client, furnished, lambda stated, _: stated.kind not in OPEN_KINDS))
    for_programs = {t for t in told if t[0].split(".")[0] in access.FOR_PROGRAMS}
    assert {t[2] for t in for_programs} == {401}
    assert [t for t in told if t not in for_programs and (t[2] != 302 or not t[3].startswith("/sign-in"))] == []


def test_a_personal_page_needs_its_personal_link(app, client, furnished):
    told = answers(app, client, furnished, lambda stated, _: stated.kind == "invitee")
    assert [t for t in told if t[2] != 404] == []


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


def test_a_page_that_does_not_say_who_may_open_it_stays_closed(app, client, admin_client):
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    for browser in (client, admin_client):
        answer = browser.get("/forgotten")
        assert answer.status_code == 404
        assert "secret" not in answer.text
