"""States of the badges pages that no address brings about."""

from app.badging import products, runs
from app.badging.asked import Asked
from app.badging.layout import Layout
from app.badging.models import PrintRun
from app.badging.runs import Order
from app.clock import now
from app.database import db
from tests.factories import ORGANISER, Factory
from tests.states_kinds import World


def see_badging(world: World, factory: Factory) -> None:
    """Runs that wait, advance, failed or lost their file; a badge without a place; forms refused."""
    event = factory.event(categories=("elus", "presse"))
    printed, lost = factory.registration(event), factory.registration(event)
    base = f"/organise/{event.slug}"
    for state in ("waiting", "running", "failed", "ready"):
        run = runs.ask(event, Order(Layout(), reason="State"), actor=ORGANISER, at=now())
        run.state, run.trouble = state, "Nothing fits." if state == "failed" else ""
        db.session.flush()
        world.see("organiser", f"{base}/badges/runs/{run.public_id}")
        world.see("organiser", f"{base}/badges/runs/{run.public_id}/progress")
    paper = products.ask(event, "desk", Asked(), actor=ORGANISER, at=now())
    assert isinstance(paper, PrintRun)
    world.see("organiser", f"{base}/badges/runs/{paper.public_id}")
    world.see("organiser", f"{base}/badges")
    world.see("organiser", f"{base}/printed")
    world.see("reception", f"{base}/badge/{printed.public_id}")
    lost.state = "cancelled"
    db.session.commit()
    world.see("reception", f"{base}/badge/{lost.public_id}")
    world.see("organiser", f"{base}/badges/runs", {"design": "l4785", "start": "30"}, 422)
    world.see("organiser", f"{base}/badges/trial.pdf", {"design": "l4785", "paper": "a3"}, 422)
    world.see("reception", f"{base}/badge/{printed.public_id}", {"design": "a6", "reason": ""}, 422)
    desk = f"/desk/{event.slug}/at/{factory.device(event).public_id}/badge"
    for one in (printed, lost):
        world.see("reception", f"{desk}/{one.public_id}")
    world.see("reception", f"{desk}/{printed.public_id}", {"design": "a6", "reason": ""}, 422)
    world.see("organiser", f"{base}/printed/reserved", {"reserved-copies": "0"}, 422)
