"""Badges as a run asked for on the page: from the request to the finished PDF, 500 to 20,000 of issued codes."""

import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from flask import Flask
from sqlalchemy import insert

import badges
from app.audit.service import SYSTEM
from app.badging import products, runs
from app.badging.asked import Asked
from app.badging.codes import write_code
from app.badging.layout import Layout
from app.badging.models import Badge, PrintRun
from app.badging.runs import Order
from app.clock import now
from app.codes import new_badge_code, new_public_id, new_short_code
from app.database import db, set_writing
from app.directory.models import Person
from app.events.models import Event
from app.events.queries import get_event
from app.jobs import run_work
from app.registration.models import Registration
from tests.databases import KEY
from tests.load.report import Figure
from tests.load.seed import BODY, QUALITY, _event, _person

SIZES = (500, 5000, 20000)


def measure_badges(app: Flask, scale: float, database: str) -> list[Figure]:
    """A run of each size, in a file of A6, as the worker draws it. The codes' modules are stored, as at issue."""
    figures = []
    for size in SIZES:
        number = max(1, int(size * scale))
        with app.app_context():
            set_writing(True)
            slug = _guests(number)
        figures.append(_measure(app, slug, number, database))
    return [*figures, _measure_desk_list(app, slug, number, database)]


def _guests(number: int) -> str:
    event = _event(f"badges-{number}", number)
    first = 900_000 + number
    people = [_person(first + at) for at in range(number)]
    db.session.add_all(people)
    db.session.flush()
    db.session.execute(insert(Registration), [_registration(event, one, at) for at, one in enumerate(people)])
    known = db.session.query(Registration.id).filter_by(event_id=event.id).order_by(Registration.id)
    db.session.execute(insert(Badge), [_badge(event, registration) for (registration,) in known])
    db.session.commit()
    return event.slug


def _registration(event: Event, person: Person, at: int) -> dict[str, object]:
    return {
        "public_id": new_public_id(), "event_id": event.id, "person_id": person.id,
        "category_id": event.categories[at % 4].id, "qualities": (QUALITY,), "organisation": BODY,
        "state": "confirmed", "created_at": now(), "changed_at": now(),
    }  # fmt: skip


def _badge(event: Event, registration: int) -> dict[str, object]:
    identity = new_badge_code()
    code = write_code(identity, 1, secret=KEY, subject=event.public_id, key=1)
    return {
        "event_id": event.id, "registration_id": registration, "code": code, "identity": identity, "version": 1,
        "short_code": new_short_code(), "matrix": badges.qr_matrix(code), "issued_at": now(),
    }  # fmt: skip


def _measure_desk_list(app: Flask, slug: str, number: int, database: str) -> Figure:
    """The desk on paper of all of them, for the day when everything is down."""
    start, busy = time.perf_counter(), _processor_seconds()
    with app.app_context():
        set_writing(True)
        key = products.ask(get_event(slug), "desk", Asked(), actor=SYSTEM, at=now()).public_id
        db.session.commit()
        db.session.remove()
    with children_watched() as most:
        run_work(app, products.WORK, key)
    seconds, busy = time.perf_counter() - start, _processor_seconds() - busy
    with app.app_context():
        made = db.session.query(PrintRun).filter_by(public_id=key).one()
        if made.state != "ready" or made.done != number:
            raise RuntimeError(f"{made.state}: {made.trouble}")
        about = f"{made.pages} pages, {len(made.pdf or b'') / 1e6:.1f} MB; {busy:.1f} s of processor"
        db.session.remove()
    peak = most[0] / 1024**2
    return Figure(
        "desk_list", database, 1, n=number, seconds=seconds, per_s=number / seconds, peak_mb=peak, about=about
    )


@contextmanager
def children_watched() -> Iterator[list[int]]:
    """The most memory that the processes of this one held together, in bytes, looked at ten times a second."""
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            most[0] = max(most[0], sum(_held(one) for one in psutil.Process().children(recursive=True)))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield most
    finally:
        over.set()
        watch.join()


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _processor_seconds() -> float:
    """Of this process and of those it ran: what the wall shows on two free processors is half of it and a little."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _measure(app: Flask, slug: str, number: int, database: str) -> Figure:
    process = psutil.Process()
    before, busy = process.memory_info().rss, _processor_seconds()
    start = time.perf_counter()
    with app.app_context():
        set_writing(True)
        order = Order(Layout(language="fr"))
        key = runs.ask(get_event(slug), order, actor=SYSTEM, at=now()).public_id
        db.session.commit()
        db.session.remove()
    asked = time.perf_counter() - start
    with children_watched() as most:
        run_work(app, runs.WORK, key)
    seconds = time.perf_counter() - start
    busy = _processor_seconds() - busy
    grown = (process.memory_info().rss - before) / 1024**2
    drawing = most[0] / 1024**2
    with app.app_context():
        made = db.session.query(PrintRun).filter_by(public_id=key).one()
        if made.state != "ready" or made.pages != number:
            raise RuntimeError(f"{made.state}: {made.trouble}")
        size = len(made.pdf or b"") / 1e6
        about = f"{size:.1f} MB; asked in {asked:.2f} s; {busy:.1f} s of processor; worker grew {grown:.0f} MB"
        db.session.remove()
    name = f"badge_run_{number}"
    return Figure(name, database, 1, n=number, seconds=seconds, per_s=number / seconds, peak_mb=drawing, about=about)
