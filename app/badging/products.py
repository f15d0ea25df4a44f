"""Everything printed that is not a badge: asked for on a page, drawn in the background, noted like a run of badges."""

from collections.abc import Callable, Iterator
from datetime import datetime

import badges
from app.audit.service import Actor, record
from app.badging.asked import Asked, asked_from
from app.badging.attested import certificates
from app.badging.models import PrintRun
from app.badging.paper_lists import attendance, desk, labels, packs
from app.badging.printing import compile_all
from app.badging.queries import find_run
from app.badging.room_signs import doors, reserved, tents
from app.badging.runs import forget_old, told_on_the_run
from app.binding import Binder
from app.clock import now
from app.database import begin_writing, db, reading
from app.events.models import Event
from app.i18n import in_language
from app.jobqueue import start_work

WORK = "print_product"
PRODUCTS: dict[str, Callable[[Event, Asked], list[badges.Drawing]]] = {
    "tents": tents,
    "reserved": reserved,
    "doors": doors,
    "attendance": attendance,
    "desk": desk,
    "labels": labels,
    "packs": packs,
    "certificates": certificates,
}


def ask(event: Event, product: str, asked: Asked, *, actor: Actor, at: datetime) -> PrintRun:
    """Have a product drawn in the background; files older than a week go. What cannot be drawn, its page says."""
    forget_old(at)
    run = PrintRun(
        event_id=event.id, product=product, design=asked.design if product == "packs" else "", scope="all", badges=0,
        options=asked.as_options(), state="waiting", made_by=actor.name, made_at=at,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    start_work(db.session(), WORK, run.public_id)
    record(
        actor, "paper.printed", kind="event", id=event.public_id, name=event.title.fr, topic=event.public_id, at=at,
        after={"product": product},
    )  # fmt: skip
    return run


def draw(public_id: str) -> Iterator[None]:
    """The background work of a product; see `app.jobqueue.Work`. Holds no lock while it draws."""
    return told_on_the_run(public_id, _draw)


def _draw(public_id: str) -> Iterator[None]:
    with reading():
        run = find_run(public_id)
        if run is None:
            return
        asked = asked_from(run.options)
        with in_language(asked.language):
            jobs = PRODUCTS[run.product](run.event, asked)
        shares = [len(job.names) for job in jobs]
    begin_writing()
    _tell(public_id, 0, sum(shares))
    yield
    file = Binder()
    for number, pdf in enumerate(compile_all(jobs), start=1):
        file.add(pdf)
        _tell(public_id, sum(shares[:number]), sum(shares))
        yield
    run = find_run(public_id)
    if run is not None:
        run.pdf, run.pages = file.finish(), file.pages
        run.state, run.finished_at = "ready", now()


def _tell(public_id: str, done: int, total: int) -> None:
    run = find_run(public_id)
    if run is not None:
        run.done, run.badges = done, total
