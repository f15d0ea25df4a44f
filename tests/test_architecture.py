"""The house keeps its plan: who imports whom, who writes what, how long things grow.

The rules are in tests/house.py. The last tests give every one a small bad example (negative
control), so that a rule that no longer sees anything is noticed.
"""

from pathlib import Path

import pytest

from app.database import Base
from tests.house import (
    CODE,
    EVERY_ROOM_FOLDERS,
    EVERY_SOURCE,
    FOUNDATION_FOLDERS,
    RANKS,
    ROOT,
    badge_intrusions,
    bare_exemptions,
    commits,
    foreign_changes,
    foreign_writes,
    lazy_name,
    long_file,
    long_functions,
    model_homes,
    name_of,
    session_writes_in_views,
    shelf_breaches,
    sources,
    upward_imports,
    web_below_the_views,
)  # fmt: skip


def check(rule, files: list[Path]) -> list[str]:
    return [f for path in files for f in rule(name_of(path), path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "rule",
    [upward_imports, shelf_breaches, web_below_the_views, commits, session_writes_in_views,
     long_functions, long_file, bare_exemptions],
)  # fmt: skip
def test_code_keeps_the_rule(rule):
    assert check(rule, CODE) == []


@pytest.mark.parametrize("rule", [long_file, long_functions, bare_exemptions])
def test_tests_keep_the_rule(rule):
    assert check(rule, [p for p in EVERY_SOURCE if p not in CODE and "versions" not in p.parts]) == []


def test_a_table_is_written_by_its_own_room_only():
    homes = model_homes()
    rules = (foreign_writes, foreign_changes)
    assert [f for p in CODE for rule in rules for f in rule(name_of(p), p.read_text(), homes)] == []


def test_badges_knows_nothing_of_the_program():
    assert check(badge_intrusions, sources("badges")) == []


def test_every_table_says_how_long_it_is_kept():
    silent = [m.class_.__name__ for m in Base.registry.mappers if not vars(m.class_).get("__retention__")]
    assert silent == []


def test_no_file_is_named_after_nothing():
    assert [f for path in EVERY_SOURCE for f in lazy_name(name_of(path))] == []


def test_templates_stay_short():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert [f for p in templates for f in long_file(name_of(p), p.read_text(), "template")] == []


def test_create_app_is_a_table_of_rooms():
    assert (ROOT / "app/__init__.py").read_text().count("\n") <= 60


def test_every_room_has_a_rank():
    folders = {p.parent.name for p in (ROOT / "app").glob("*/__init__.py")}
    assert folders <= {*RANKS, *EVERY_ROOM_FOLDERS, *FOUNDATION_FOLDERS}


BAD_EXAMPLES = [
    (upward_imports, "app/events/service.py", "from app.registration.models import Registration"),
    (upward_imports, "app/text.py", "from app.events.models import Event"),
    (upward_imports, "app/checkin/service.py", "from app.events.views import bp"),
    (upward_imports, "app/checkin/service.py", "import app.minutes.models"),
    (shelf_breaches, "app/events/queries.py", "from app.events.service import closing_instant"),
    (shelf_breaches, "app/events/service.py", "from app.events import views_public"),
    (web_below_the_views, "app/events/service.py", "from flask import request"),
    (web_below_the_views, "app/events/models.py", "import wtforms.fields"),
    (commits, "app/events/service.py", "db.session.commit()"),
    (session_writes_in_views, "app/events/views.py", "db.session.add(event)"),
    (badge_intrusions, "badges/drawing.py", "from app.palette import CATEGORY_COLOURS"),
    (long_functions, "app/events/service.py", "def f():\n" + "    x = 1\n" * 41),
    (long_functions, "app/events/views.py", "@bp.get('/')\ndef f():\n" + "    x = 1\n" * 16),
    (long_file, "app/events/service.py", "x = 1\n" * 301),
    (bare_exemptions, "app/events/service.py", "x = 1  # noqa"),
    (bare_exemptions, "app/events/service.py", "x = 1  # noqa: E501"),
    (bare_exemptions, "app/events/service.py", "x = 1  # type: ignore[arg-type]"),
]


@pytest.mark.parametrize(("rule", "path", "source"), BAD_EXAMPLES)
def test_each_rule_sees_a_breach(rule, path, source):
    assert len(rule(path, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from app.directory.models import Person\nPerson(given_name='x')",
        "from app.directory.models import Person as P\nP()",
        "from app.directory.models import Person\nupdate(Person).values(x=1)",
        "from app.directory.models import Person\ndelete(Person)",
    ],
)
def test_a_foreign_write_is_seen(source):
    assert len(foreign_writes("app/events/service.py", source, model_homes())) == 1
    assert foreign_writes("app/directory/service.py", source, model_homes()) == []


def test_a_foreign_change_is_seen():
    source = "from app.directory.models import Person\ndef f(p: Person):\n    p.email = 'x'"
    assert len(foreign_changes("app/events/service.py", source, model_homes())) == 1
    assert foreign_changes("app/directory/service.py", source, model_homes()) == []


def test_a_lazy_name_is_seen():
    assert lazy_name("app/events/utils.py") == ["app/events/utils.py"]


def test_what_is_allowed_is_allowed():
    assert upward_imports("app/registration/service.py", "from app.events.models import Event") == []
    assert upward_imports("app/jobs.py", "from app.outbox import service") == []
    assert shelf_breaches("app/events/views.py", "from app.events import queries, service") == []
    assert commits("app/events/views.py", "db.session.commit()") == []
