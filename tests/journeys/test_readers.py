"""The readers of pages see what is wrong: each is shown a fault."""

import pytest

from tests.journeys.forms import Forms
from tests.journeys.html import mistakes
from tests.journeys.keyboard import Keyboard

PAGE = "<!doctype html><html lang='fr'><head><title>Une page</title></head><body>{}</body></html>"


def test_the_checker_reads_what_is_html_and_what_is_not(tmp_path):
    pages = {"right": PAGE.format("<main><h1>Bonjour</h1></main>"), "wrong": PAGE.format("<p><ul></ul></p>")}
    found = mistakes(pages, tmp_path)
    assert found
    assert all(one.startswith("wrong: ") for one in found)


def test_forms_are_found_as_a_browser_would_send_them():
    forms = Forms("/here")
    forms.feed("""<form method="get"><input name="q"></form>
        <form method="post"><input type="hidden" name="csrf_token" value="x"><input type="hidden" name="kind" value="a">
        <input name="name"><input type="number" name="places">
        <select name="size"><option value="s"><option value="m" selected>
        </select><textarea name="words"></textarea><button name="go">Go</button></form>""")
    (form,) = forms.found
    assert form.action == "/here"
    assert form.filled("?") == {"kind": "a", "size": "m", "places": "-1", "name": "?", "words": "?"}
    assert form.filled("") == {"kind": "a", "size": "m", "places": "", "name": "", "words": ""}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<a href='#' style='outline:none'>there</a>", "nothing shows"),
        ("<a href='#' style='outline:3px solid'>there</a><div style='position:fixed;inset:0'></div>", "lies over"),
        ("<p>nothing</p>", "not on the way"),
    ],
)
def test_the_keyboard_sees_where_it_is(chromium, html, fault):
    page = chromium.new_page()
    page.set_content(PAGE.format(html))
    with pytest.raises(AssertionError, match=fault):
        Keyboard(page).go_to("a")
    page.close()
