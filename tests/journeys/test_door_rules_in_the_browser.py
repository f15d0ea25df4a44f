"""The rule of the door in a real browser: the same cases as tests/checkin/test_deciding.py."""

import json

from tests.checkin.test_deciding import FILE

# Runs each case and answers what was not as it should be.
RUN = """async ({ usual, cases }) => {
  const { decide } = await import("/static/js/door-rules.js");
  const told = (answer) => JSON.stringify(Object.entries(answer).sort());
  return cases.filter((one) => told(decide({ ...usual, ...one.given })) !== told(one.expect)).map((one) => one.name);
}"""


def test_the_browser_answers_as_the_server_does(phone):
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    phone.goto("/sign-in")

    assert phone.evaluate(RUN, vectors) == []


def test_the_browser_sees_a_wrong_case(phone):
    """Negative control."""
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    wrong = {**vectors["cases"][0], "name": "wrong", "expect": {**vectors["cases"][0]["expect"], "result": "forged"}}
    phone.goto("/sign-in")

    assert phone.evaluate(RUN, {**vectors, "cases": [wrong]}) == ["wrong"]
