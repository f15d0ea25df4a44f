"""One badge printed at the desk: the first time as it is, afterwards as its next version."""

from dataclasses import replace
from datetime import datetime

import badges
from app.audit.service import Actor
from app.badging.content import list_contents
from app.badging.faces import list_faces, spaced
from app.badging.layout import Layout
from app.badging.models import PrintRun
from app.badging.printing import badge_jobs, compile_all
from app.badging.queries import find_badge_of, has_prints
from app.badging.runs import Order, forget_old, note
from app.badging.service import NothingToReprint, next_version, replace_badge
from app.binding import count_pages
from app.database import begin_writing, db
from app.events.models import Event
from app.registration.models import Registration


def print_one(
    event: Event, registration: Registration, layout: Layout, *, reason: str, secret: str, actor: Actor, at: datetime
) -> PrintRun:
    """Print the badge of a registration while the desk waits (0.2 s); the run holds the file.

    Printed before, it becomes its next version: the one in hand answers "replaced". Call it with nothing written
    yet: it draws without holding any lock, and what cannot be drawn changes nothing. The caller commits. Raises
    NothingToReprint, TooManyVersions, ReplacedMeanwhile, TooMuchText, NoLetterForIt, LayoutImpossible.
    """
    badge = find_badge_of(registration)
    if badge is None:
        raise NothingToReprint
    version = next_version(badge, secret=secret) if has_prints(badge) else None
    (face,) = list_faces(event, [badge], layout)
    if version:
        matrix = badges.qr_matrix(version.code)
        face = replace(face, code=version.code, short_code=spaced(version.short_code), matrix=matrix)
    (pdf,) = compile_all(badge_jobs(event, [face], layout))
    begin_writing()
    if version:
        replace_badge(badge, version, reason=reason, actor=actor, at=at)
    badge.matrix = face.matrix
    db.session.flush()
    forget_old(at)
    order = Order(layout, scope="one", reason=reason, badge_id=badge.id)
    run = note(event, order, list_contents(event, badge_id=badge.id), actor=actor, at=at, state="ready")
    run.pdf, run.pages, run.done, run.finished_at = pdf, count_pages(pdf), 1, at
    return run
