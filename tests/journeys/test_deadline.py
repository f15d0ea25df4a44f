"""Scenario 5.2 in a browser: a deadline at midnight, whatever the clocks and zones of server and browser say."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app import create_app, schema
from app.clock import telling
from app.database import db, set_writing
from app.events.models import Event
from app.invitations.models import Invitation
from app.invitations.service import link_token
from tests.databases import KEY, configuration
from tests.factories import Factory
from tests.journeys.conftest import PATIENCE, ROOT, SIZES, Live, Watch, answers, free_port, sign_in, wait_for

START = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
SEVENTH = date(2025, 11, 7)
LAST_SECOND, CLOSED = datetime(2025, 11, 6, 22, 59, 59, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
# The program as it is, but for its clock, which reads an instant from a file; sessions keep the real time.
SERVE = """
import app.clock, datetime, os, pathlib

class Hand:
    def __init__(self, told):
        self.set, self.reset, self.told = told.set, told.reset, told
    def get(self):
        return self.told.get() or datetime.datetime.fromisoformat(pathlib.Path(os.environ["CLOCK"]).read_text())

app.clock._told = Hand(app.clock._told)
from app.cli import main
main()
"""


class Told(Live):
    """A running Parvis whose clock is set by the test."""

    def at(self, instant: datetime) -> None:
        """It is `instant` from now on."""
        hand = self.instance / "clock"
        moved = hand.with_suffix(".new")
        moved.write_text(instant.isoformat())
        moved.replace(hand)


@pytest.fixture(scope="module", params=["America/Los_Angeles", "Pacific/Auckland"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Its server stands in another zone than the event; one event excludes its day, one includes it."""
    instance, port = tmp_path_factory.mktemp("told"), free_port()
    app = create_app(configuration(instance, port=port))
    schema.upgrade(app)
    told = Told(f"http://127.0.0.1:{port}", instance, app)
    told.at(LAST_SECOND - A_DAY)
    with app.app_context(), telling(LAST_SECOND - A_DAY):
        set_writing(True)
        _prepare(Factory())
        db.session.remove()
        db.engine.dispose()
    settings = {"INSTANCE": instance, "PORT": port, "SECRET_KEY": KEY, "DEMONSTRATION": "no"}
    environment = {**os.environ, **{f"PARVIS_{name}": str(value) for name, value in settings.items()}}
    environment |= {"TZ": request.param, "CLOCK": str(instance / "clock")}
    yield from _served(told, environment, port)


def _prepare(factory: Factory) -> None:
    factory.user("organiser", email="organiser@example.org")
    for slug in ("avant", "inclus"):
        event = factory.event(slug=slug, starts_at=START, deadline=SEVENTH)
        event.deadline.is_inclusive = slug == "inclus"
        for name in ("A", "B", "C", "D"):
            factory.invitation(event, factory.person("Camille", f"{name} {slug}"))
    db.session.commit()


def _served(told: Told, environment: dict[str, str], port: int) -> Iterator[Told]:
    path = Path(told.instance / "server.log")
    with path.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve"], cwd=ROOT, env=environment, stderr=log, stdout=log
        )
        try:
            wait_for(lambda: server.poll() is not None or answers(port), "the server")
            yield told
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE) == 0
        finally:
            server.kill()
            server.wait()
    assert "Traceback" not in path.read_text()


@pytest.fixture
def guest(live: Told, chromium: Browser) -> Iterator[Callable[[str, str], Page]]:
    """`guest("A", "avant")`: a phone far away, its clock six years wrong, that opened the personal link."""
    watch, contexts = Watch(live.address), []

    def opened(name: str, slug: str) -> Page:
        width, height = SIZES["phone"]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", timezone_id="Pacific/Honolulu",
            base_url=live.address,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.clock.install(time=datetime(2031, 1, 1, tzinfo=UTC))
        watch.follow(page)
        page.goto(f"/i/{live.read(lambda: link_token(_invitation(name, slug), KEY))}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watch.faults == []


def _invitation(name: str, slug: str) -> Invitation:
    found = db.session.query(Invitation).join(Invitation.event).filter(Event.slug == slug).all()
    return next(one for one in found if one.person.family_name == f"{name} {slug}")


def _state(live: Told, name: str, slug: str) -> str:
    return str(live.read(lambda: _invitation(name, slug).state))


def _choose(page: Page, answer: str) -> None:
    page.get_by_role("radio", name=answer, exact=True).check()
    page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize(("slug", "later"), [("avant", timedelta()), ("inclus", A_DAY)])
def test_the_last_second_is_in_time_and_the_next_is_not(live, guest, slug, later):
    live.at(LAST_SECOND + later)
    in_time = guest("A", slug)
    _choose(in_time, "Participera")
    expect(in_time.get_by_text("La place est confirmée.").first).to_be_visible()
    late = guest("B", slug)
    live.at(CLOSED + later)
    _choose(late, "Participera")
    evening = "jeudi 6 novembre 2025 à minuit" if slug == "avant" else "vendredi 7 novembre 2025 à minuit"
    expect(late.get_by_text(evening).first).to_be_visible()
    expect(late.get_by_text("organisation@example.org").first).to_be_visible()
    assert (_state(live, "A", slug), _state(live, "B", slug) in {"sent", "opened"}) == ("accepted", True)


def test_a_form_opened_in_time_is_refused_five_seconds_late_and_nothing_typed_is_lost(live, guest):
    live.at(datetime(2025, 11, 6, 22, 58, tzinfo=UTC))
    page = guest("C", "avant")
    _choose(page, "Ne pourra pas venir")
    reason = page.locator("textarea[name=reason]")
    reason.fill("Conseil municipal ce soir-là")
    live.at(CLOSED + timedelta(seconds=5))
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("jeudi 6 novembre 2025 à minuit").first).to_be_visible()
    expect(page.locator("textarea[name=reason]")).to_have_value("Conseil municipal ce soir-là")
    assert _state(live, "C", "avant") in {"sent", "opened"}
    # What was typed becomes a request, which the organiser decides.
    page.locator("form[action$='/late'] button").click()
    expect(page.locator("main")).to_contain_text("Conseil municipal ce soir-là")


def test_an_extension_holds_for_one_guest_alone(live, guest):
    def extend() -> None:
        set_writing(True)
        one = _invitation("D", "avant")
        one.deadline_day, one.deadline_time = date(2025, 11, 14), time(12)
        db.session.commit()

    live.read(extend)
    live.at(datetime(2025, 11, 14, 10, 59, 59, tzinfo=UTC))
    extended, other = guest("D", "avant"), guest("B", "avant")
    expect(other.get_by_text("Les réponses sont closes").first).to_be_visible()
    _choose(extended, "Participera")
    expect(extended.get_by_text("La place est confirmée.").first).to_be_visible()


def test_the_organiser_reads_the_deadline_and_rehearses_both_sides_of_it(live, chromium):
    live.at(datetime(2025, 10, 20, 8, tzinfo=UTC))
    context = chromium.new_context(locale="fr-FR", timezone_id="Asia/Tokyo", base_url=live.address)
    page = context.new_page()
    sign_in(page, "organiser")
    page.goto("/organise/avant/timeline")
    row = page.get_by_role("row").filter(has_text="clôture le jeudi 6 novembre 2025 à minuit, heure de Paris")
    expect(row).to_be_visible()
    expect(page.get_by_text("Passage à l’heure d’hiver")).to_be_visible()
    row.get_by_role("button").click()
    expect(page.get_by_text("Les réponses sont closes").first).to_be_visible()
    expect(page.get_by_text("Vous voyez cette page telle qu’elle est le vendredi 7 novembre 2025")).to_be_visible()
    page.get_by_role("button", name="Terminer la répétition").click()
    page.goto("/e/avant/")
    expect(page.get_by_text("Sur invitation personnelle").first).to_be_visible()
    context.close()
