"""Text with **bold** and *italic* marks as runs, which the typesetting takes as values."""

import re
from typing import Any

_MARKS = re.compile(r"\\(?P<plain>[*\\])|(?P<mark>\*{1,3})")


def inline_runs(markdown: str) -> list[dict[str, Any]]:
    r"""Text with `**bold**`, `*italic*` and line breaks as runs [{"t": text, "b": bold, "i": italic}], for Typst.

    A mark opens only before a letter and closes only after one, so "3 * 4" and a lone star stay text; `\*` is always
    a star. A run's text may hold "\n", a forced line break. Marks left open at the end are text.
    """
    return _runs(markdown, bold=False, italic=False)


def paragraph_runs(markdown: str) -> list[list[dict[str, Any]]]:
    """The paragraphs of a text (separated by empty lines), each as `inline_runs`."""
    parts = re.split(r"\n[ \t]*\n", markdown.replace("\r\n", "\n"))
    return [inline_runs(part.strip()) for part in parts if part.strip()]


def _runs(text: str, *, bold: bool, italic: bool) -> list[dict[str, Any]]:
    """The runs of `text` inside marks already open: finds the first pair, then works before, inside and after it."""
    for mark in _MARKS.finditer(text):
        stars = mark["mark"]
        closing = _find_close(text, mark.end(), stars) if stars else None
        if closing is None:
            continue
        inner = _runs(text[mark.end() : closing], bold=bold or len(stars) > 1, italic=italic or len(stars) != 2)
        after = _runs(text[closing + len(stars) :], bold=bold, italic=italic)
        return [*_plain(text[: mark.start()], bold, italic), *inner, *after]
    return _plain(text, bold, italic)


def _find_close(text: str, start: int, stars: str) -> int | None:
    """Where the mark opened before `start` closes, None when it does not open there or never closes."""
    if text[start : start + 1].strip() == "":
        return None
    for mark in _MARKS.finditer(text, start):
        if mark["mark"] == stars and not text[mark.start() - 1].isspace():
            return mark.start()
    return None


def _plain(text: str, bold: bool, italic: bool) -> list[dict[str, Any]]:
    r"""One run, or none for an empty text; `\*` becomes a star."""
    cleaned = _MARKS.sub(lambda mark: mark["plain"] or mark[0], text)
    return [{"t": cleaned, "b": bold, "i": italic}] if cleaned else []
