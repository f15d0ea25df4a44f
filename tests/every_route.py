"""Every address of the program, and every row behind it: what tests that walk them all need."""

from collections.abc import Callable, Iterator, Sequence

from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from app import access
from app.database import db
from tests.browsing import Browser
from tests.databases import table_names
from tests.furnished import Furnished

OPEN_KINDS = {"public", "invitee"}
"""Kinds of page open without an account."""


def rules(app: Flask, method: str) -> list[Rule]:
    """Routes that take a method."""
    return [r for r in app.url_map.iter_rules() if method in (r.methods or ())]


def rule_of(app: Flask, rule: Rule) -> access.Rule | None:
    """Who may open a route; None where nobody said it."""
    return access.rule_of(app, rule.endpoint)


def answers(
    app: Flask,
    browser: Browser,
    furnished: Furnished,
    concerned: Callable[[access.Rule | None, Rule], bool],
    methods: Sequence[str] = ("GET", "POST"),
) -> Iterator[tuple[str, str, int, str]]:
    """What `browser` is told on each page `concerned`: (endpoint, method, status, location)."""
    for method in methods:
        for rule in rules(app, method):
            if concerned(rule_of(app, rule), rule):
                body = furnished.bodies.get(rule.endpoint)
                answer = browser.open(furnished.address(app, rule), method=method, json=body)
                yield rule.endpoint, method, answer.status_code, answer.location or ""


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    rows = {}
    for name in table_names():
        rows[name] = sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all()))  # noqa: S608 - our own table names
    db.session.commit()
    return rows
