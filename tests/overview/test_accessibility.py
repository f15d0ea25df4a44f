"""The accessibility statement: its mention, its truth, its contact (décret 2019-768, articles 5 and 6)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.i18n import in_language
from app.overview.accessibility import conformity, mention


@pytest.mark.parametrize(
    ("rate", "state", "words"),
    [
        (0, "none", "non conforme"),
        (49, "none", "non conforme"),
        (50, "partial", "partiellement conforme"),
        (99, "partial", "partiellement conforme"),
        (100, "full", "totalement conforme"),
    ],
)
def test_without_an_audit_a_service_is_not_conformant(rate, state, words):
    assert conformity(rate) == state
    with in_language("fr"):
        assert mention(rate).endswith(words)


def test_every_page_bears_the_mention_and_leads_to_the_statement(client):
    for address in ("/", "/sign-in", "/nowhere"):
        page = client.get(address, headers={"Accept-Language": "fr"}).text
        assert re.search(r'<a href="/accessibilite">Accessibilité\s: non conforme</a>', page)


@pytest.mark.parametrize(
    "app_settings",
    [{"responsible": "Ville d’essai", "accessibility_contact": "acces@example.org", "accessibility_rate": 72,
      "accessibility_auditor": "le cabinet d’essai", "accessibility_plan": "https://example.org/schema"}],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_statement_says_what_the_organisation_declared(client, language):
    page = client.get("/accessibilite", headers={"Accept-Language": language}).text
    for told in ("Ville d’essai", "mailto:acces@example.org", "72", "le cabinet d’essai", "https://example.org/schema"):
        assert told in page
    for reader in ("defenseurdesdroits.fr", "75342 Paris CEDEX 07", "RGAA 4.1.2", "2005-102"):
        assert reader in page


def test_the_statement_names_the_tool_that_is_used(client):
    used = re.search(r"axe v(\d+\.\d+)", Axe().axe_script[:100])
    assert used
    assert f"axe-core {used[1]}" in client.get("/accessibilite").text
