"""What every answer carries, and that opening a page changes nothing."""

from html.parser import HTMLParser

import pytest
from flask import abort
from sqlalchemy import select, update

from app import access
from app.database import WroteWhileReading, begin_writing, db, set_writing
from app.events.models import Event, Venue
from app.headers import CAMERA_ENDPOINTS
from tests.every_route import OPEN_KINDS, dump, rule_of, rules

# A letter shown as its addressee sees it: mail needs inline style, so it lies in a sandboxed frame.
MAIL_ENDPOINTS = {"letters.message_html", "invitations.sample_mail", "wording.preview_kept"}
# Where a page may send its reader; it asks nobody else for anything itself.
ELSEWHERE = ("https://formulaire.defenseurdesdroits.fr/", "https://www.defenseurdesdroits.fr/")


class Page(HTMLParser):
    """What a page must not hold."""

    def __init__(self):
        super().__init__()
        self.faults = []
        self.posting = False
        self.has_token = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.faults += [f"<{tag} {n}>" for n in values if n == "style" or n.startswith("on")]
        self.faults += [
            f"<{tag} {n}={v}>"
            for n, v in attrs
            if n in {"src", "href", "action"} and v and v.startswith(("data:", "javascript:", "http"))
            and not v.startswith("http://127.0.0.1")
            and not (tag == "a" and v.startswith(ELSEWHERE))
        ]  # fmt: skip
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.faults.append(f"inline <{tag}>")
        if tag == "html" and not values.get("lang"):
            self.faults.append("no language")
        if tag == "form":
            self.posting, self.has_token = values.get("method", "").lower() == "post", False
        if tag == "input" and values.get("name") == "csrf_token" and values.get("value"):
            self.has_token = True

    def handle_endtag(self, tag):
        if tag == "form" and self.posting:
            self.faults += [] if self.has_token else ["form without token"]
            self.posting = False


def faults_of(html):
    page = Page()
    page.feed(html)
    return page.faults


def test_opening_pages_works_and_changes_nothing(app, admin_client, client, furnished):
    """Promise 4: mail scanners fetch every link. Each page opens, and the rows stay as they were."""
    client.get(f"/i/{furnished.token}")
    client.get(f"/d/{furnished.arguments['contact.open_link.token']}")
    client.get(f"/n/{furnished.arguments['needs.public_id']}/{furnished.arguments['needs.open_link.token']}")
    before, faults = dump(), []
    for rule in rules(app, "GET"):
        kind, address = rule_of(app, rule).kind, furnished.address(app, rule)
        for browser in [client] * (kind in OPEN_KINDS) + [admin_client] * (kind != "invitee"):
            answer = browser.get(address)
            found = [] if answer.status_code in {200, 302, 303} else [answer.status_code]
            found += header_faults(rule.endpoint, answer)
            if answer.mimetype == "text/html" and rule.endpoint not in MAIL_ENDPOINTS:
                found += faults_of(answer.text)
            faults += [(rule.endpoint, fault) for fault in found]
    assert not faults, faults
    assert dump() == before


def header_faults(endpoint, answer):
    """What is wrong with an answer's headers."""
    policy = answer.headers.get("Content-Security-Policy", "")
    is_mail = endpoint in MAIL_ENDPOINTS
    is_kept = endpoint in {"static", "public.accent_css"}
    expected = {
        "closed by default": "default-src 'none'" in policy,
        "no eval": "unsafe-eval" not in policy.replace("wasm-unsafe-eval", ""),
        "WebAssembly for the camera only": ("wasm-unsafe-eval" in policy) == (endpoint in CAMERA_ENDPOINTS),
        "frames refused or told": "frame-ancestors" in policy,
        "nothing inline": "unsafe-inline" not in policy or is_mail,
        "mail in a sandbox": "sandbox" in policy or not is_mail,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": "Referrer-Policy" in answer.headers,
        "kept by nobody else": is_kept
        or any(word in answer.headers.get("Cache-Control", "") for word in ("no-store", "private")),
    }
    return [name for name, holds in expected.items() if not holds]


def test_a_personal_link_leaks_to_nobody(client, furnished):
    answer = client.get(f"/i/{furnished.token}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert furnished.token not in answer.location
    assert furnished.token not in client.get(answer.location).text


def test_an_unknown_page_and_our_own_mistake_have_pages(app, client):
    app.add_url_rule("/broken", "broken", access.public()(lambda: 1 / 0))
    app.add_url_rule("/gone", "gone", access.public()(lambda: abort(404)))
    for address, status in (("/nowhere", 404), ("/gone", 404), ("/broken", 500)):
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.mimetype == "text/html"
        assert faults_of(answer.text) == []
        assert header_faults("errors", answer) == []
    assert "ZeroDivisionError" not in answer.text


def test_our_mistake_shows_the_reference_the_log_has(app, client, caplog):
    app.add_url_rule("/broken", "broken", access.public()(lambda: 1 / 0))
    answer = client.get("/broken")
    reference = caplog.records[-1].getMessage().removeprefix("error ")
    assert len(reference) == 8
    assert reference in answer.text


def add_venue():
    db.session.add(Venue(name="written by a GET"))
    db.session.commit()
    return "written"


def change_all():
    db.session.execute(update(Event).values(slug="changed"))
    db.session.commit()
    return "written"


@pytest.mark.parametrize("view", [add_venue, change_all])
def test_a_get_that_writes_is_stopped(app, client, make_event, view):
    make_event()
    before = dump()
    app.add_url_rule("/writes", view_func=access.public()(view), methods=["GET", "POST"])
    assert client.get("/writes").status_code == 500
    assert dump() == before
    assert client.post("/writes").status_code == 200
    assert dump() != before


def test_writing_while_reading_is_named(app, make_event):
    event = make_event()
    set_writing(False)
    event.slug = "other"
    with pytest.raises(WroteWhileReading):
        db.session.flush()
    db.session.rollback()
    with pytest.raises(WroteWhileReading):
        change_all()
    begin_writing()
    change_all()
    assert db.session.scalar(select(Event.slug)) == "changed"


@pytest.mark.parametrize(
    "html",
    [
        "<p style='x'>", "<p onclick='x'>", "<script>1</script>", "<style>p{}</style>", "<html>",
        "<a href='javascript:x'>", "<img src='data:x'>", "<script src='https://cdn.example/x.js'></script>",
        "<form method='post'></form>", "<form method='post'><input name='csrf_token' value=''></form>",
    ],
)  # fmt: skip
def test_the_reader_of_pages_sees_faults(html):
    assert len(faults_of(html)) == 1
