"""All badges of an event as one file to print."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import badges
from app import when
from app.audit.service import COMMAND_LINE, Actor
from app.badging.models import Badge
from app.badging.queries import find_sample_badge, list_active_badges, list_delegation_badges
from app.badging.service import face, record_print, store_codes
from app.binding import first_page_png, join_pdfs
from app.database import begin_writing, db, reading
from app.errors import Refusal
from app.events.models import Event
from app.events.words import edition
from app.i18n import in_language, lazy
from app.invitations.delegation_queries import get_delegation
from app.typeset import compile_pdfs

DESIGN = "a6"
DESIGNS = tuple(badges.list_designs())
NAMED = 10


class NoBadges(Refusal):
    """There is nothing to print."""

    message = lazy("Nobody is confirmed yet: there is no badge to print.")


class TooMuchText(Refusal):
    """Texts that do not fit, even at the smallest size that can be read."""

    message = lazy("These badges have too much text: %(names)s. Please shorten the function or the organisation.")


class NoLetterForIt(Refusal):
    """A script that none of the program's faces holds."""

    message = lazy("“%(text)s” cannot be printed on the badge of %(names)s. Please write it otherwise.")


def badges_pdf(
    event: Event,
    *,
    language: str,
    made_by: str,
    at: datetime,
    design: str = DESIGN,
    actor: Actor = COMMAND_LINE,
    delegation: str = "",
) -> bytes:
    """One PDF with the badge of everyone confirmed, by name; notes that it was drawn.

    `delegation`: the public id of one, whose members alone are drawn, in the order of its list.

    Call it with nothing written yet: it reads and draws without holding any lock (5,000 badges take
    seconds), and only then begins to write. The caller commits. Raises NoBadges, TooMuchText,
    NoLetterForIt.
    """
    db.session.rollback()
    with reading():
        printed = list_delegation_badges(get_delegation(event, delegation)) if delegation else list_active_badges(event)
        drawn = {b.id: badges.qr_matrix(b.code) for b in printed if b.matrix is None}
        pdf = _draw(event, printed, drawn, language=language, design=design)
        number = len(printed)
    begin_writing()
    store_codes(drawn)
    record_print(event, number, design=design, made_by=made_by, actor=actor, at=at)
    return pdf


def sample_png(event: Event, *, language: str, design: str = DESIGN) -> bytes:
    """A picture of the badge with the longest name. Changes nothing. Raises as `badges_pdf`."""
    badge = find_sample_badge(event)
    if badge is None:
        raise NoBadges
    return first_page_png(_draw(event, [badge], {}, language=language, design=design))


def _draw(event: Event, printed: Sequence[Badge], drawn: dict[int, bytes], *, language: str, design: str) -> bytes:
    if not printed:
        raise NoBadges
    title, line = _heading(event, language)
    jobs = badges.sheet(
        [face(badge, language, drawn.get(badge.id)) for badge in printed],
        badges.EventTexts(title, line, language, badges.Back(programme_title="")),
        design=design,
    )
    try:
        return join_pdfs(compile_pdfs(jobs, per_process=1))
    except badges.Overflow as error:
        raise TooMuchText(names=_some(error.names)) from error
    except badges.Unprintable as error:
        raise NoLetterForIt(text=error.text, names=_some(error.names)) from error


def _heading(event: Event, language: str) -> tuple[str, str]:
    """What stands above each name: the edition's title; the day and the place."""
    with in_language(language):
        number = edition(event)
    title = event.title.get(language)
    zone = ZoneInfo(event.timezone)
    day = when.range_words(event.starts_at, event.ends_at, zone, language, "day")
    day = day.removeprefix("le ").removeprefix("les ")
    place = event.venue.name if event.venue else ""
    return f"{number} {title}".strip(), " · ".join(part for part in (day, place) if part)


def _some(names: Sequence[str]) -> str:
    """The first names of a long list."""
    listed = ", ".join(names[:NAMED])
    return f"{listed}…" if len(names) > NAMED else listed
