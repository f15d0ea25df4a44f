"""Texts that organisers write: paragraphs, **bold**, *italic*, lists and links, as safe HTML."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
# French ordinals: 1er, 1re, 2e, XXIe; never inside a word, an address or a tag (Imprimerie nationale, Lexique).
_ORDINAL = re.compile(r"(?<![\w./#=-])(\d{1,3}|[IVX]{2,6})(er|re|es?)(?![\w-])")
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
_TAG = re.compile(r"(<[^>]*>)")
_BLANK = re.compile(r"\n[ \t]*\n\s*")


@lru_cache(maxsize=512)
def to_html(text: str) -> Markup:
    """`text` as HTML: a blank line parts paragraphs, `**bold**`, `*italic*`, lists, links.

    Tags typed by anyone are shown as text; links lead to http, https and mailto only.
    """
    html = _reader.render(text.replace("\r\n", "\n"))
    cleaned = nh3.clean(html, tags=_TAGS, url_schemes=_SCHEMES).strip()
    return Markup(_raised(cleaned))  # noqa: S704 - cleaned just before


def ordinals(text: str) -> Markup:
    """One line as HTML with the ends of French ordinals raised: 2<sup>e</sup>, 1<sup>re</sup>."""
    return Markup(_raised(str(escape(text))))  # noqa: S704 - escaped just before


def _raised(html: str) -> str:
    parts = _TAG.split(html)  # texts and tags in turn
    parts[::2] = [_ORDINAL.sub(r"\1<sup>\2</sup>", part) for part in parts[::2]]
    return "".join(parts)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, marks kept, empty ones left out."""
    return [part.strip() for part in _BLANK.split(text.replace("\r\n", "\n")) if part.strip()]
