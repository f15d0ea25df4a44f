"""SQL statements per page: a number that must not grow with the number of guests."""

from flask import Flask
from sqlalchemy import event

from app.database import db
from tests.load.report import Figure
from tests.load.seed import PASSWORD, Seed


def measure_statements(app: Flask, seed: Seed) -> list[Figure]:
    """Statements of the main pages with 5,000 attendees."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"email": "bench@example.org", "password": PASSWORD})
    pages = (
        f"/e/{seed.slug}/",
        f"/organise/{seed.slug}/",
        f"/organise/{seed.slug}/guests",
        f"/organise/{seed.slug}/registrations",
        f"/desk/{seed.slug}/at/{seed.device}",
        f"/organise/{seed.slug}/badges",
        f"/i/{seed.tokens[0]}",
    )
    figures = []
    for page in pages:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", count)
        status = client.get(page).status_code
        event.remove(engine, "before_cursor_execute", count)
        figures.append(Figure("sql", "sqlite", n=counted, about=page, errors=int(status not in {200, 302})))
    return figures
