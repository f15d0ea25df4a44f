"""What an account opens and changes: the pages of its role, with the token of its own pages."""

from tests.every_route import answers, dump


def test_reception_does_not_open_the_organisers_pages(app, reception_client, furnished):
    before = dump()
    told = answers(
        app, reception_client, furnished, lambda stated, _: stated.kind == "staff" and stated.role != "reception"
    )
    assert [t for t in told if t[2] != 403] == []
    assert dump() == before


def test_every_change_asks_for_the_token(app, admin_client, furnished):
    admin_client.sends_token = False
    before = dump()
    told = answers(app, admin_client, furnished, lambda *_: True, methods=("POST",))
    assert [t for t in told if t[2] != 400] == []
    assert dump() == before
