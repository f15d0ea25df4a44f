"""Every action the program enters in the journal has words, in both languages."""

import ast
import re

import pytest

from app.audit.models import AuditEntry
from app.events.models import STATUSES
from app.i18n import in_language
from app.invitations.models import STATES as INVITATION_STATES
from app.overview.journal import sentence
from app.registration.models import STATES as REGISTRATION_STATES
from config import ROOT

ENTERING = {"record", "_record", "_note", "record_change"}
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# Actions named after the state they lead to.
BY_STATE = {
    *(f"event.{status}" for status in STATUSES),
    *(f"registration.{state}" for state in REGISTRATION_STATES),
    *(f"invitation.{state}" for state in INVITATION_STATES if state != "draft"),
    *(f"delegation.{state}" for state in ("registered", "declined", "withdrawn")),
    *(f"representation.{state}" for state in ("granted", "refused")),
}


def written_actions() -> set[str]:
    """The actions named in the code, from the calls that enter them."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ENTERING:
                told = (one.value for one in node.args if isinstance(one, ast.Constant))
                found |= {value for value in told if isinstance(value, str) and ACTION.fullmatch(value)}
    return found


def entry(action: str) -> AuditEntry:
    return AuditEntry(action=action, object_name="Table ronde", before={}, after={"person": "Pia IMBS"})


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_action_has_words(app, code):
    actions = written_actions() | BY_STATE
    assert len(actions) > 40
    with in_language(code):
        told = {action: sentence(entry(action)) for action in actions}
    assert [action for action, words in told.items() if action in words] == []


def test_the_words_differ_from_one_language_to_the_other(app):
    for action in written_actions() | BY_STATE:
        with in_language("fr"):
            french = sentence(entry(action))
        with in_language("en"):
            assert sentence(entry(action)) != french, action


def test_who_is_concerned_is_named(app):
    with in_language("en"):
        assert sentence(entry("role.added")) == "put Pia IMBS on “Table ronde”"
