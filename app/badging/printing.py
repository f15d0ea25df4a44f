"""Badges as a file: the jobs of a layout, compiled in processes of their own; what cannot be printed is a refusal."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import badges
from app import when
from app.badging.faces import list_faces
from app.badging.layout import Layout, LayoutImpossible
from app.badging.models import Badge
from app.badging.personal import back_of
from app.badging.queries import find_sample_badge
from app.binding import first_page_png
from app.errors import Refusal
from app.events.models import Event
from app.events.words import edition
from app.i18n import _, in_language, lazy
from app.typeset_lanes import compile_stream

NAMED = 10
# Badges to a file: 70 MB beside what a typesetter needs anyway, and few badges keep two of them busy too.
CHUNK = 125
PATIENCE = 120.0
# Dots an inch of the pictures on pages: they are printed from the browser too.
DOTS = 300


class NoBadges(Refusal):
    """There is nothing to print."""

    message = lazy("Nobody is confirmed yet: there is no badge to print.")


class TooMuchText(Refusal):
    """Texts that do not fit, even at the smallest size that can be read."""

    message = lazy("These badges have too much text: %(names)s. Please shorten the function or the organisation.")


class NoLetterForIt(Refusal):
    """A script that none of the program's faces holds."""

    message = lazy("“%(text)s” cannot be printed on the badge of %(names)s. Please write it otherwise.")


def badge_jobs(event: Event, faces: Sequence[badges.BadgeFace], layout: Layout) -> Iterator[badges.Drawing]:
    """The jobs that print these faces, sorted and laid as asked. Raises NoBadges, LayoutImpossible."""
    if not faces:
        raise NoBadges
    placing, look = layout.placing(), layout.look
    laid = badges.with_separators(faces, layout.sort) if layout.separators else badges.arranged(faces, layout.sort)
    texts = event_texts(event, layout.language, has_back=look.folded or bool(layout.duplex))
    try:
        return badges.sheet_by_sheet(laid, texts, design=layout.design, placing=placing, chunk=CHUNK)
    except ValueError as error:
        raise LayoutImpossible from error


def compile_all(jobs: Iterable[badges.Drawing]) -> Iterator[bytes]:
    """The file of each job, in order, two drawn at a time. Raises TooMuchText, NoLetterForIt, TypesettingFailed."""
    with told_as_refusals():
        yield from compile_stream(jobs, timeout=PATIENCE)


@contextmanager
def told_as_refusals() -> Iterator[None]:
    """What the drawing cannot print, as sentences that name the people."""
    try:
        yield
    except badges.Overflow as error:
        raise TooMuchText(names=_some(error.names)) from error
    except badges.Unprintable as error:
        raise NoLetterForIt(text=error.text, names=_some(error.names)) from error


def sample_png(event: Event, layout: Layout) -> bytes:
    """The badge with the longest name, of its own size. Changes nothing. Raises as `badge_jobs`."""
    badge = find_sample_badge(event)
    if badge is None:
        raise NoBadges
    return badge_png(event, badge, layout)


def badge_png(event: Event, badge: Badge, layout: Layout) -> bytes:
    """A picture of one badge, sharp enough to be printed, of its own size. Changes nothing."""
    layout = alone(layout)
    (pdf,) = compile_all(badge_jobs(event, list_faces(event, [badge], layout), layout))
    return first_page_png(pdf, DOTS / 72)


def alone(layout: Layout) -> Layout:
    """The same design, one badge to a page of its own size where the design has one."""
    paper = badges.SINGLE if badges.SINGLE in layout.look.papers else ""
    return Layout(design=layout.design, paper=paper, trim_marks=False, language=layout.language)


def trial_pdf(event: Event, layout: Layout) -> bytes:
    """A sheet to try the printer with: outlines, a cross with rulers, one badge. Raises as `badge_jobs`."""
    badge = find_sample_badge(event)
    if badge is None:
        raise NoBadges
    with in_language(layout.language):
        how = (
            _("Print at actual size, without fitting to the page."),
            _("Lay the sheet on the labels against the light: outlines and labels must lie on each other."),
            _("Read on the rulers how far the cross is off, and enter it as the shift."),
        )
    texts = event_texts(event, layout.language, has_back=layout.look.folded)
    (face,) = list_faces(event, [badge], layout)
    try:
        job = badges.trial_sheet(face, texts, instructions=how, design=layout.design, placing=layout.placing())
    except ValueError as error:
        raise LayoutImpossible from error
    return next(compile_all([job]))


def event_texts(event: Event, language: str, *, has_back: bool = False) -> badges.EventTexts:
    """What stands above each name: the edition's title; the day and the place; and what backs say."""
    with in_language(language):
        number = edition(event)
    title = event.title.get(language)
    zone = ZoneInfo(event.timezone)
    day = when.range_words(event.starts_at, event.ends_at, zone, language, "day")
    day = day.removeprefix("le ").removeprefix("les ")
    place = event.venue.name if event.venue else ""
    back = back_of(event, language) if has_back else None
    return badges.EventTexts(
        f"{number} {title}".strip(), " · ".join(part for part in (day, place) if part), language, back
    )


def undrawn(printed: Sequence[Badge]) -> dict[int, bytes]:
    """The QRs of badges whose QR was never drawn, by badge id; 1.5 ms each."""
    return {badge.id: badges.qr_matrix(badge.code) for badge in printed if badge.matrix is None}


def _some(names: Sequence[str]) -> str:
    """The first names of a long list."""
    listed = ", ".join(names[:NAMED])
    return f"{listed}…" if len(names) > NAMED else listed
