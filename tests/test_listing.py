"""How lists are asked for: nothing in an address can break one."""

import pytest
from flask import Flask

from app.errors import NotFound
from app.listing import arrange, asked, cut

KEYS = {"name": str.lower, "size": len}


def _asked(query, **options):
    with Flask("list").test_request_context(f"/?{query}"):
        return asked(("name", "size"), **options)


@pytest.mark.parametrize(
    ("query", "sort", "is_descending", "page"),
    [
        ("", "name", False, 1),
        ("sort=size&direction=desc&page=3", "size", True, 3),
        ("sort=password&direction=up&page=-2", "name", False, 1),
        ("page=abc", "name", False, 1),
    ],
)
def test_an_address_is_read_and_what_is_unknown_is_the_default(query, sort, is_descending, page):
    wanted = _asked(query)
    assert (wanted.sort, wanted.is_descending, wanted.page) == (sort, is_descending, page)


def test_dates_come_from_the_last_unless_said():
    assert _asked("", descending=("name",)).direction == "desc"
    assert _asked("direction=asc", descending=("name",)).direction == "asc"


def test_a_list_is_narrowed_by_words_however_they_are_spelt_and_sorted():
    rows = ["Élan", "elan vital", "Zèbre"]
    assert arrange(rows, _asked("q=ELAN&sort=size&direction=desc"), KEYS, str) == ["elan vital", "Élan"]


def test_a_page_knows_the_whole_and_there_is_none_past_the_last():
    page = cut(range(25), 3, size=10)
    assert (list(page.rows), page.pages, page.total) == ([20, 21, 22, 23, 24], 3, 25)
    assert cut([], 1).pages == 1
    with pytest.raises(NotFound):
        cut(range(25), 4, size=10)
