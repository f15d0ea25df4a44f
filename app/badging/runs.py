"""Print runs: a frozen list of badges, drawn in the background or at once, noted with who, when, why."""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, update

import badges
from app.audit.service import Actor, record
from app.badging.content import Content, content_of, list_camera_shy, list_changed, list_contents
from app.badging.faces import list_faces
from app.badging.layout import Layout, layout_from
from app.badging.models import PrintedBadge, PrintRun
from app.badging.printing import NoBadges, badge_jobs, compile_all, undrawn
from app.badging.queries import find_run, list_badges, list_frozen, list_undrawn
from app.badging.service import store_codes
from app.binding import Binder, count_pages, join_pdfs
from app.clock import now
from app.database import begin_writing, db, reading
from app.errors import Refusal
from app.events.models import Event
from app.i18n import _, in_language, lazy
from app.invitations.delegation_queries import get_delegation
from app.jobqueue import start_work
from app.typeset import TypesettingFailed

WORK = "print_badges"
KEPT = timedelta(days=7)
SCOPES = ("all", "changed")
# QRs drawn between two steps of the progress.
PIECE = 200


class NothingNew(Refusal):
    """Every badge of this design is printed as it is now."""

    message = lazy("Nothing is new or changed since the last run of this design: there is no badge to print.")


@dataclass(frozen=True)
class Order:
    """What is to be printed: whose badges, laid how, and why.

    scope: "all", "changed" (new or changed since the last run of the design), "one", "delegation"
    category: a key, "" for every category; delegation: the public id of one; badge_id: of one badge
    """

    layout: Layout
    scope: str = "all"
    reason: str = ""
    category: str = ""
    delegation: str = ""
    badge_id: int | None = None


def ask(event: Event, order: Order, *, actor: Actor, at: datetime) -> PrintRun:
    """Freeze the list and have it drawn in the background; files older than a week go.

    Raises NoBadges, NothingNew, and what `Layout.placing` raises.
    """
    order.layout.placing()
    contents = freeze(event, order)
    forget_old(at)
    run = note(event, order, contents, actor=actor, at=at, state="waiting")
    start_work(db.session(), WORK, run.public_id)
    return run


def print_at_once(event: Event, order: Order, *, actor: Actor, at: datetime) -> tuple[PrintRun, bytes]:
    """The run and its file while the caller waits: for one badge, a delegation, the command line.

    Call it with nothing written yet: it reads and draws without holding any lock, and only then begins to write.
    The caller commits. Raises as `ask`, and TooMuchText, NoLetterForIt, TypesettingFailed.
    """
    db.session.rollback()
    with reading():
        contents = freeze(event, order)
        printed = list_badges(event, [one.badge_id for one in contents])
        drawn = undrawn(printed)
        faces = list_faces(event, printed, order.layout, drawn)
        pdf = join_pdfs(compile_all(badge_jobs(event, faces, order.layout)))
    begin_writing()
    store_codes(drawn)
    run = note(event, order, contents, actor=actor, at=at, state="ready")
    run.done, run.pages, run.finished_at = run.badges, count_pages(pdf), at
    return run, pdf


def freeze(event: Event, order: Order) -> list[Content]:
    """The list to print, by name; a delegation in the order of its own list. Raises NoBadges, NothingNew."""
    people: Sequence[int] = ()
    if order.delegation:
        members = get_delegation(event, order.delegation).members
        people = [member.person_id for member in members if member.person_id]
        if not people:
            raise NoBadges
    contents = list_contents(event, category=order.category, people=people, badge_id=order.badge_id)
    if not contents:
        raise NoBadges
    if order.scope == "changed":
        contents = list_changed(event, contents, order.layout.design)
        if not contents:
            raise NothingNew
    return contents


def note(
    event: Event, order: Order, contents: Sequence[Content], *, actor: Actor, at: datetime, state: str
) -> PrintRun:
    """The run's row, its list and its entry in the journal."""
    options = order.layout.as_options() | {"category": order.category}
    run = PrintRun(
        event_id=event.id, product="badges", design=order.layout.design, scope=order.scope, reason=order.reason,
        options=options, badges=len(contents), state=state, made_by=actor.name, made_at=at,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    rows = [
        {"run_id": run.id, "badge_id": one.badge_id, "position": place, "version": one.version, "content": one.mark}
        for place, one in enumerate(contents, start=1)
    ]
    db.session.execute(insert(PrintedBadge), rows)
    told = {"badges": len(contents), "design": run.design, "scope": run.scope, "reason": run.reason}
    record(
        actor, "badges.printed", kind="event", id=event.public_id, name=event.title.fr, topic=event.public_id, at=at,
        after={name: value for name, value in told.items() if value},
    )  # fmt: skip
    return run


def draw(public_id: str) -> Iterator[None]:
    """The background work of a run; see `app.jobqueue.Work`. Holds no lock while it draws.

    What is printed is what the badges say when they are drawn: a mark that has changed since the list was frozen is
    noted anew, so that "changed since" speaks of the paper.
    """
    return told_on_the_run(public_id, _draw)


def told_on_the_run(public_id: str, work: Callable[[str], Iterator[None]]) -> Iterator[None]:
    """Do the work of a run that is not ended yet; what the drawing refuses, the run says."""
    run = find_run(public_id)
    if run is None or run.state in {"ready", "failed"}:
        return
    run.state, run.done = "running", 0
    yield
    try:
        yield from work(public_id)
    except (Refusal, TypesettingFailed) as error:
        begin_writing()
        fail(public_id, error)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """No search for garbage while thousands of rows become objects that stay: it would take longer than the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _draw(public_id: str) -> Iterator[None]:
    yield from _draw_codes(public_id)
    with reading(), nothing_collected():
        jobs, marks = _read(public_id)  # a function of its own: each commit would go through badges held here
    begin_writing()
    file, progress = Binder(), Progress()
    for pdf in compile_all(progress.noting(jobs)):
        file.add(pdf)
        _tell(public_id, progress.after_another())
        yield
    if file.pages:
        _finish(public_id, file, marks)


class Progress:
    """How many faces the files made so far hold, of jobs that are told one by one."""

    def __init__(self) -> None:
        self._shares: deque[int] = deque()
        self.done = 0

    def noting(self, jobs: Iterable[badges.Drawing]) -> Iterator[badges.Drawing]:
        """The same jobs."""
        for job in jobs:
            self._shares.append(len(job.names))
            yield job

    def after_another(self) -> int:
        """Faces drawn once one more file is made."""
        self.done += self._shares.popleft()
        return self.done


def _read(public_id: str) -> tuple[Iterator[badges.Drawing], dict[int, Content]]:
    """The jobs of a run, and by badge id what its badges say now; nothing for a run that was erased."""
    run = find_run(public_id)
    if run is None:
        return iter(()), {}
    layout, event = layout_from(run.options), run.event
    printed = list_badges(event, [one.badge_id for one in list_frozen(run)])
    shy = list_camera_shy(event)
    marks = {badge.id: content_of(badge, badge.registration_id in shy) for badge in printed}
    return badge_jobs(event, list_faces(event, printed, layout), layout), marks


def _draw_codes(public_id: str) -> Iterator[None]:
    """Draw and keep the QRs that were never drawn, so many at a time."""
    while True:
        run = find_run(public_id)
        rows = list_undrawn(run, PIECE) if run else []
        db.session.rollback()
        drawn = {number: badges.qr_matrix(code) for number, code in rows}
        begin_writing()
        if not drawn:
            return
        store_codes(drawn)
        yield


def _finish(public_id: str, file: Binder, marks: Mapping[int, Content]) -> None:
    run = find_run(public_id)
    if run is None:
        return
    rows = [
        {"id": one.id, "version": marks[one.badge_id].version, "content": marks[one.badge_id].mark}
        for one in list_frozen(run)
        if one.badge_id in marks and marks[one.badge_id].mark != one.content
    ]
    if rows:
        db.session.execute(update(PrintedBadge), rows)
    run.pdf, run.pages, run.done = file.finish(), file.pages, run.badges
    run.state, run.finished_at = "ready", now()


def give_up(public_id: str) -> None:
    """Say on the run that its file will not come."""
    fail(public_id, None)


def forget_old(at: datetime) -> None:
    """Erase files older than a week: they name everyone. What was printed stays noted."""
    stale = update(PrintRun).where(PrintRun.made_at < at - KEPT, PrintRun.pdf.is_not(None)).values(pdf=None)
    db.session.execute(stale)


def erase_file(event: Event, run: PrintRun, *, actor: Actor, at: datetime) -> None:
    """Erase the file of a run; the list and the log stay."""
    run.pdf = None
    record(
        actor, "badges.file_erased", kind="event", id=event.public_id, name=event.title.fr, topic=event.public_id,
        at=at, after={"product": run.product, "badges": run.badges},
    )  # fmt: skip


def _tell(public_id: str, done: int) -> None:
    run = find_run(public_id)
    if run is not None:
        run.done = min(done, run.badges)


def fail(public_id: str, error: Refusal | TypesettingFailed | None) -> None:
    """Say on the run why its file will not come."""
    run = find_run(public_id)
    if run is None:
        return
    with in_language(run.options.get("language", "fr")):
        told = _("Something went wrong; the log of the program says what.")
        if isinstance(error, Refusal):
            told = error.sentence
        elif error is not None:
            told = _("The drawing stopped: %(words)s Nothing else was touched; try again.", words=str(error))
    run.state, run.trouble, run.finished_at = "failed", told[:500], now()
