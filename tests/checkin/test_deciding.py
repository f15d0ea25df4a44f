"""The rule of the door, case by case; the browser runs the same cases (test_door_rules_in_the_browser.py)."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from app.checkin.deciding import Decision, Facts, Passed, decide
from app.checkin.models import RESULTS

FILE = Path(__file__).with_name("vectors.json")
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
# What happens after the answer, and never is one.
GESTURES = {"undone", "returned", "copy_suspected"}


def facts_of(given):
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Facts(**{**told, "passages": tuple(Passed(**p) for p in given.get("passages", ()))})


def test_there_are_enough_cases_and_each_says_what_it_is():
    names = [case["name"] for case in VECTORS["cases"]]
    assert len(names) == len(set(names)) >= 200


def test_every_answer_is_among_the_cases():
    assert {case["expect"]["result"] for case in VECTORS["cases"]} == set(RESULTS) - GESTURES


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_door_answers(case):
    assert asdict(decide(facts_of({**VECTORS["usual"], **case["given"]}))) == case["expect"]


def test_the_cases_see_a_rule_that_changed(monkeypatch):
    """Negative control: one second more of echo, and a case fails."""
    monkeypatch.setattr("app.checkin.deciding.ECHO_SECONDS", 11)
    wrong = [
        case["name"]
        for case in VECTORS["cases"]
        if decide(facts_of({**VECTORS["usual"], **case["given"]})) != Decision(**case["expect"])
    ]
    assert wrong == ["admitted 10 s ago at here"]
