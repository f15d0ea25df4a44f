"""Organisers' texts become paragraphs and bold words, never markup of their own."""

import pytest

from app.prose import paragraphs, to_html


def test_paragraphs_and_bold() -> None:
    assert to_html("Un **mot**.\n\nDeux.") == "<p>Un <strong>mot</strong>.</p>\n<p>Deux.</p>"


def test_lists_and_links() -> None:
    assert "<li>un</li>" in to_html("- un\n- deux")
    assert 'href="https://example.org"' in to_html("[ici](https://example.org)")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        "<a href='javascript:1'>x</a>",
    ],
)
def test_no_markup_of_a_writer_survives(typed: str) -> None:
    html = to_html(typed)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_hash_is_no_heading() -> None:
    assert to_html("# 1 mot") == "<p># 1 mot</p>"


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs(" a\r\n\r\n  \n b\nc \n\n") == ["a", "b\nc"]
    assert paragraphs("") == []
