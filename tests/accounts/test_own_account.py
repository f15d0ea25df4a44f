"""One's own account: the language somebody chose follows them."""

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.database import db
from tests.factories import PASSWORD

ENGLISH_BROWSER = {"Accept-Language": "en"}


def _language(client, **options):
    return client.get("/account", **options).text.split('<html lang="')[1][:2]


def test_without_a_choice_the_browser_decides(organiser_client):
    assert _language(organiser_client) == "fr"
    assert _language(organiser_client, headers=ENGLISH_BROWSER) == "en"


@pytest.mark.parametrize("chosen", ["fr", "en"])
def test_a_choice_is_stronger_than_the_browser_and_may_be_taken_back(organiser_client, chosen):
    other = "en" if chosen == "fr" else "fr"
    organiser_client.post("/account", data={"language": chosen})
    assert _language(organiser_client, headers={"Accept-Language": other}) == chosen
    organiser_client.post("/account", data={"language": ""})
    assert _language(organiser_client, headers={"Accept-Language": other}) == other


def test_the_choice_is_there_at_the_next_sign_in(client, make_user):
    user = make_user("organiser", language="en")
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert _language(client, headers={"Accept-Language": "fr"}) == "en"


def test_what_was_chosen_on_the_sign_in_page_stays(client, make_user):
    user = make_user("organiser", language="en")
    client.post("/language", data={"language": "fr"})
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert _language(client, headers=ENGLISH_BROWSER) == "fr"


def test_another_language_is_refused(organiser_client, make_user):
    assert organiser_client.post("/account", data={"language": "de"}).status_code == 422


def test_the_choice_is_in_the_journal_once(client, make_user):
    client.sign_in(make_user("reception"))
    client.post("/account", data={"language": "en"})
    client.post("/account", data={"language": "en"})
    wanted = select(func.count()).where(AuditEntry.action == "user.language")
    assert db.session.scalar(wanted) == 1
