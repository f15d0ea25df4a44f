"""Organisers' texts become paragraphs and bold words, never markup of their own."""

import pytest

from app.prose import ordinals, paragraphs, to_html


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


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("2e édition", "2<sup>e</sup> édition"),
        ("1re Assises, 1er novembre", "1<sup>re</sup> Assises, 1<sup>er</sup> novembre"),
        ("au XXIe siècle, le 12e", "au XXI<sup>e</sup> siècle, le 12<sup>e</sup>"),
        ("2e5, A2e, 12es-là, 3.2e, B-12e", "2e5, A2e, 12es-là, 3.2e, B-12e"),
        ("<2e>", "&lt;2<sup>e</sup>&gt;"),
    ],
)
def test_the_ends_of_ordinals_are_raised(typed: str, html: str) -> None:
    assert ordinals(typed) == html


def test_ordinals_of_a_text_are_raised_and_addresses_left_alone() -> None:
    html = to_html("La 2e fois, [ici](https://example.org/2e) **1re**")
    assert html.count("<sup>") == 2
    assert 'href="https://example.org/2e"' in html
