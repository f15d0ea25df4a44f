"""Texts that organisers write: paragraphs, **bold**, *italic*, lists and links, as safe HTML."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_SCHEMES = {"http", "https", "mailto"}
_reader = MarkdownIt("commonmark", {"html": False}).disable(
    [
        "heading",
        "lheading",
        "hr",
        "code",
        "fence",
        "image",
        "blockquote",
        "backticks",
        "html_block",
        "html_inline",
        "reference",
    ]
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")


@lru_cache(maxsize=512)
def to_html(text: str) -> Markup:
    """`text` as HTML: a blank line parts paragraphs, `**bold**`, `*italic*`, lists, links.

    Tags typed by anyone are shown as text; links lead to http, https and mailto only.
    """
    html = _reader.render(text.replace("\r\n", "\n"))
    return Markup(nh3.clean(html, tags=_TAGS, url_schemes=_SCHEMES).strip())  # noqa: S704 - cleaned just before


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, marks kept, empty ones left out."""
    return [part.strip() for part in _BLANK.split(text.replace("\r\n", "\n")) if part.strip()]
