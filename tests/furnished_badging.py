"""What stands in the addresses of the badges pages: a run of all badges, the badge of one guest printed once."""

from app.badging.layout import Layout
from app.badging.queries import find_active_badge
from app.badging.runs import Order, freeze, note
from app.clock import now
from app.database import db
from app.events.models import Event
from app.registration.models import Registration
from tests.factories import ORGANISER

FILE = b"%PDF-1.7\n%%EOF\n"


def furnish_badging(event: Event, guest: Registration) -> dict[str, str]:
    """Values for `badging`, `badge`, `desk_badge` (its device apart) and `printed`."""
    badge = find_active_badge(guest.id)
    assert badge
    everyone, one = Order(Layout(), reason="First run"), Order(Layout(), scope="one", badge_id=badge.id, reason="lost")
    runs = []
    for order in (everyone, one):
        run = note(event, order, freeze(event, order), actor=ORGANISER, at=now(), state="ready")
        run.pdf, run.pages, run.done = FILE, 1, run.badges
        runs.append(run)
    db.session.commit()
    of_all, of_one = (run.public_id for run in runs)
    return {
        "badging.run.public_id": of_all,
        "badging.progress.public_id": of_all,
        "badging.run_pdf.public_id": of_all,
        "badging.erase.public_id": of_all,
        "badge.public_id": guest.public_id,
        "badge.run_id": of_one,
        "desk_badge.registration": guest.public_id,
        "desk_badge.run_id": of_one,
        "printed.product": "desk",
    }
