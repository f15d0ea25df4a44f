"""Letters for the printer: one tagged file of many, from the request to the finished PDF."""

import resource
import time
from dataclasses import replace

from flask import Flask

from app.audit.service import SYSTEM
from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.demonstration.live_texts import LETTER
from app.events.queries import get_event
from app.invitations.service import Quality, invite
from app.jobs import run_work
from app.letters import merging
from app.letters.addressees import Narrowing
from app.letters.drawing import Binding
from app.letters.models import MergeRun
from app.letters.service import word
from tests.load.report import Figure
from tests.load.seed import BODY, QUALITY, _event, _person


def measure_printing(app: Flask, number: int, database: str) -> list[Figure]:
    """`number` letters of one page each in two languages, then as many of two pages, whose pages are numbered."""
    with app.app_context():
        set_writing(True)
        slug = _guests(number)
    figures = [_measure(app, slug, number, database, "letters_merged")]
    with app.app_context():
        set_writing(True)
        _lengthen(slug)
    return [*figures, _measure(app, slug, number, database, "letters_merged_two_pages")]


def _guests(number: int) -> str:
    event = _event("printing", number)
    event.legal_footer = "Organisateur · 1 rue de la Mesure, 75000 Paris"
    db.session.add(event)
    db.session.flush()
    for at in range(number):
        person = _person(700_000 + at)
        db.session.add(person)
        db.session.flush()
        invitation = invite(
            event, person, event.categories[0], quality=Quality((QUALITY,), BODY), secret="bench" * 8, at=now(),
            language="en" if at % 5 == 0 else "fr",
        )  # fmt: skip
        invitation.channel = "paper"
    word(event, "invitation", None, LETTER, actor=SYSTEM, at=now())
    db.session.commit()
    return event.slug


def _lengthen(slug: str) -> None:
    more = LETTER.body.fr.split("\n\n")[0]
    body = Bilingual("\n\n".join([LETTER.body.fr, *[more] * 12]), "\n\n".join([LETTER.body.en, *[more] * 12]))
    word(get_event(slug), "invitation", None, replace(LETTER, body=body), actor=SYSTEM, at=now())
    db.session.commit()


def _measure(app: Flask, slug: str, number: int, database: str, name: str) -> Figure:
    with app.app_context():
        set_writing(True)
        event = get_event(slug)
        binding = Binding("", "fr", event.accent)
        run = merging.ask(event, "invitation", Narrowing(channel="paper"), binding=binding, actor=SYSTEM, at=now())
        db.session.commit()
        key = run.public_id
    start = time.perf_counter()
    run_work(app, merging.WORK, key)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with app.app_context():
        made = db.session.query(MergeRun).filter_by(public_id=key).one()
        if made.state != "ready" or made.total != number:
            raise RuntimeError(f"{made.state}: {made.trouble}")
        about = f"{made.pages} pages, {len(made.pdf or b'') / 1e6:.1f} MB"
        db.session.remove()
    return Figure(name, database, 1, n=number, seconds=seconds, per_s=number / seconds, peak_mb=peak, about=about)
