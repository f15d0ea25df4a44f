"""A role is a role on one event."""

import pytest

from tests.every_route import answers, dump


@pytest.mark.parametrize("role", ["organiser", "reception"])
def test_a_role_on_one_event_gives_nothing_on_another(app, client, factory, furnished, role):
    client.sign_in(factory.user(role, event=factory.event()))
    before = dump()
    told = answers(app, client, furnished, lambda stated, rule: stated.kind == "staff" and "slug" in rule.arguments)
    assert [t for t in told if t[2] not in {403, 404}] == []
    assert dump() == before
