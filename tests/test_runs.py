"""Inline marks of a text become runs that a drawing understands."""

import pytest

from app.typeset import inline_runs, paragraph_runs


def marked(text: str) -> str:
    """Runs back as text: <b> and <i> around what is bold or italic."""
    told = ""
    for run in inline_runs(text):
        inner = f"<i>{run['t']}</i>" if run["i"] else run["t"]
        told += f"<b>{inner}</b>" if run["b"] else inner
    return told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("a **b** c", "a <b>b</b> c"),
        ("*a* b", "<i>a</i> b"),
        ("***a***", "<b><i>a</i></b>"),
        ("**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("a ** b ** c", "a ** b ** c"),
        ("note* and **open", "note* and **open"),
        (r"\*\*a\*\* \\", r"**a** \ ".strip()),
        ("l’**Agenda 2030**.\nfin", "l’<b>Agenda 2030</b>.\nfin"),
    ],
)
def test_inline_marks(text, expected):
    assert marked(text) == expected


def test_empty_lines_separate_paragraphs():
    runs = paragraph_runs("\r\na\nb\r\n \r\n\n**c**\n\n")
    assert runs == [[{"t": "a\nb", "b": False, "i": False}], [{"t": "c", "b": True, "i": False}]]
