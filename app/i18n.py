"""Two languages, French first: translation, the reader's language, text of bilingual fields.

Message ids are English; French lives in `app/translations`. French spacing is applied once, here,
to every translated sentence.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, session
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.columns import LANGUAGES, Bilingual
from app.text import typo_en, typo_fr

CATALOGUES = Path(__file__).parent / "translations"
_forced: ContextVar[str | None] = ContextVar("forced_language", default=None)
_french = lru_cache(maxsize=4096)(typo_fr)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(CATALOGUES), [language])


def language() -> str:
    """The reader's language: forced by `in_language`, else chosen, else the browser's, else French."""
    forced = _forced.get()
    if forced:
        return forced
    if not has_request_context():
        return "fr"
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else _asked_for(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1024)
def _asked_for(header: str) -> str:
    """The best of our languages for a browser; asked some forty times a page, so kept."""
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES) or "fr"


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Translate everything inside the block into `code` (letters speak their addressee's language)."""
    mark = _forced.set(code if code in LANGUAGES else "fr")
    try:
        yield
    finally:
        _forced.reset(mark)


def _(message: str, **places: Any) -> str:
    """`message` in the reader's language, its %(name)s places filled."""
    text = _untouched(message)
    return text % places if places else text


def _untouched(message: str) -> str:
    code = language()
    text = _catalogue(code).gettext(message)
    return _french(text) if code == "fr" else text


def ngettext(singular: str, plural: str, number: int, **places: Any) -> str:
    """The singular or plural sentence for `number`, which is also the place %(num)s."""
    text = _plural(singular, plural, number)
    return text % {"num": number, **places}


def _plural(singular: str, plural: str, number: int) -> str:
    code = language()
    text = _catalogue(code).ngettext(singular, plural, number)
    return _french(text) if code == "fr" else text


class LazyText:
    """A sentence translated when it is read, for class attributes and forms."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return _untouched(self.message)

    def __html__(self) -> str:
        return str(self).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def __mod__(self, places: Any) -> str:
        return str(self) % places

    def with_places(self, **places: Any) -> str:
        """The sentence with its places filled, translated now."""
        return _(self.message, **places)


def lazy(message: str) -> LazyText:
    """Mark `message` for translation at the time it is shown."""
    return LazyText(message)


def here(text: Bilingual | None) -> str:
    """A bilingual field in the reader's language, falling back to the one that exists."""
    if not text:
        return ""
    code = language()
    return shown(text.get(code), text.language(code))


def shown(text: str, code: str = "") -> str:
    """A text somebody typed (a place, an organiser), spaced as `code` or the reader's language asks.

    Names of people stay as they are typed.
    """
    return _french(text) if (code or language()) == "fr" else typo_en(text)


def install(app: Flask) -> None:
    """Give templates `_`, `ngettext`, `here` and the reader's language."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(_untouched, _plural, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    env.globals.update(language=language, LANGUAGES=LANGUAGES)
    env.filters.update(here=here, shown=shown)
