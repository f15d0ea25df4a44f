"""The command line is a contract that scripts rely on: names, shapes, exit status, one line of refusal."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import icalendar
import pypdfium2
import pytest
from click.testing import CliRunner
from sqlalchemy import select

import app.commands.badges
import app.commands.files
import app.commands.guests
import app.commands.letters
import app.commands.running  # noqa: F401 - each adds its commands to the group
from app import create_app
from app.accounts.models import User
from app.badging.models import Badge
from app.cli import cli
from app.database import db
from app.invitations.models import Invitation
from app.outbox.models import Message
from tests.databases import KEY
from tests.furnished import furnish

ROOT = Path(__file__).resolve().parents[2]
LIST = """Nom;Prénom;Fonction;Organisation;Courriel
IMBS;Pia;Présidente;Eurométropole d’essai;pia@example.org
QUERNEZ;Michaël;Maire;Ville d’essai;michael@example.org
;;Sans nom;;nobody@example.org
"""


@pytest.fixture
def settings(app):
    """The environment in which a command finds the database of the test."""
    config = app.extensions["parvis"]
    told = {"INSTANCE": config.instance, "DATABASE_URL": config.database_url, "SECRET_KEY": KEY}
    return {f"PARVIS_{name}": str(value) for name, value in told.items()} | {"LANG": "en_GB.UTF-8", "LC_ALL": ""}


@pytest.fixture
def parvis(settings, monkeypatch):
    """`parvis("events", "--json")`: the command's result; what the test prepared is committed before."""
    started = []

    def start(*arguments):
        started.append(create_app(*arguments))
        return started[-1]

    for module in ("app.cli", "app.commands.running"):
        monkeypatch.setattr(f"{module}.create_app", start)

    def run(*arguments, typed=None):
        db.session.commit()
        result = CliRunner().invoke(cli, [str(a) for a in arguments], input=typed, env=settings)
        for program in started:
            with program.app_context():
                db.engine.dispose()
        return result

    return run


@pytest.fixture
def event(make_event):
    return make_event(slug="assises-essai", categories=("elus", "associations"))


def is_one_line(result):
    """Exit status 2 and one clear line on standard error."""
    return result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1


def test_an_account_is_opened_with_a_password_made_for_it(parvis, client):
    result = parvis("user", "add", "zoe@example.org", "--role", "organiser")
    email, password = result.stdout.split()
    assert (result.exit_code, email) == (0, "zoe@example.org")
    answer = client.post("/sign-in", data={"email": email, "password": password})
    assert answer.location == "/organise/"


@pytest.mark.parametrize(
    ("email", "typed"),
    [("taken@example.org", "a long enough password"), ("new@example.org", "short"), ("no address", "x" * 20)],
)
def test_an_account_that_cannot_be_opened_says_why(parvis, make_user, email, typed):
    make_user(email="taken@example.org")
    result = parvis("user", "add", email, "--role", "admin", "--password-stdin", typed=f"{typed}\n")
    assert is_one_line(result)
    assert len(db.session.scalars(select(User)).unique().all()) == 1


def test_a_list_is_taken_in_once_whatever_it_is_called(parvis, event, tmp_path):
    path = tmp_path / "invités.csv"
    path.write_text(LIST, encoding="utf-8")
    dry = parvis("import-invitees", event.slug, path, "--category", "elus", "--dry-run", "--json")
    assert dry.exit_code == 0, dry.output
    assert json.loads(dry.stdout)["created"] == 2
    assert db.session.scalars(select(Invitation)).all() == []
    told = [
        json.loads(parvis("import-invitees", event.slug, path, "--category", "elus", "--json").stdout) for _ in range(2)
    ]
    assert list(told[0]) == ["created", "updated", "unchanged", "possible_duplicates", "rejected"]
    assert (told[0]["created"], told[1]["created"], told[1]["unchanged"]) == (2, 0, 2)
    assert [set(row) for row in told[0]["rejected"]] == [{"row", "reason"}]
    assert told[0]["rejected"][0]["row"] == 4
    invited = db.session.scalars(select(Invitation)).all()
    assert {(one.person.full_name, one.category.key) for one in invited} == {
        ("Pia IMBS", "elus"), ("Michaël QUERNEZ", "elus"),
    }  # fmt: skip


def test_a_possible_duplicate_is_told_with_whom(parvis, event, make_invitation, make_person, tmp_path):
    make_invitation(event, make_person("Pia", "Imbs", email="other@example.org", organisation="Autre ville"))
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    told = json.loads(parvis("import-invitees", event.slug, path, "--json").stdout)
    assert [set(one) for one in told["possible_duplicates"]] == [{"row", "reason", "with"}]


@pytest.mark.parametrize("content", [None, b"%PDF-1.7", b"", b"Prix;Quantite\n1;2\n"])
def test_a_list_that_cannot_be_read_is_one_line(parvis, event, tmp_path, content):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    result = parvis("import-invitees", event.slug, path)
    assert is_one_line(result), result.output
    assert db.session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize(
    "command",
    [
        ("import-invitees", "nowhere", "list.csv"), ("send-invitations", "nowhere"),
        ("attendees", "nowhere", "-o", "-"), ("badges", "nowhere", "-o", "-"),
        ("calendar", "nowhere", "-o", "-"), ("programme", "nowhere", "-o", "-"),
        ("minutes", "nowhere", "-o", "-"),
    ],
)  # fmt: skip
def test_an_unknown_event_is_one_line(parvis, app, command):
    result = parvis(*command)
    assert is_one_line(result), result.output
    assert "nowhere" in result.stderr


def test_invitations_leave_once(parvis, event, make_invitation):
    make_invitation(event, state="draft")
    assert parvis("send-invitations", event.slug).exit_code == 0
    assert parvis("send-invitations", event.slug).exit_code == 0
    assert [m.kind for m in db.session.scalars(select(Message))] == ["invitation"]


def test_events_are_listed_for_scripts(parvis, event, make_registration):
    make_registration(event)
    (told,) = json.loads(parvis("events", "--json").stdout)
    assert set(told) == {"slug", "title", "starts_at", "ends_at", "timezone", "counts"}
    assert (told["slug"], told["timezone"], told["ends_at"]) == (event.slug, "Europe/Paris", None)
    assert told["counts"] == {"invited": 1, "confirmed": 1, "waiting": 0, "declined": 0, "present": 0}
    assert event.slug in parvis("events").stdout


def test_attendees_are_told_with_the_code_of_their_badge(parvis, event, make_registration, make_person, tmp_path):
    guest = make_person("Mohammed", "Rahman", native="محمد عبد الرحمن")
    make_registration(event, guest, category="elus")
    path = tmp_path / "attendees.json"
    assert parvis("attendees", event.slug, "--format", "json", "-o", path).exit_code == 0
    (told,) = json.loads(path.read_text(encoding="utf-8"))
    assert set(told) == {
        "name", "latin_name", "organisation", "qualities", "category", "state", "badge_code",
    }  # fmt: skip
    assert told["badge_code"] == db.session.scalar(select(Badge.code))
    assert (told["category"], told["state"], told["qualities"]) == ("elus", "confirmed", ["Maire"])
    table = parvis("attendees", event.slug, "--format", "csv", "-o", "-").stdout_bytes
    assert table.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=","))) == 2
    workbook = tmp_path / "attendees.xlsx"
    assert parvis("attendees", event.slug, "--format", "xlsx", "-o", workbook).exit_code == 0
    assert workbook.read_bytes().startswith(b"PK")


def test_what_is_printed_is_written_to_files(parvis, factory, tmp_path):
    slug = furnish(factory).event.slug
    for command in ("badges", "programme", "minutes"):
        path = tmp_path / f"{command}.pdf"
        result = parvis(command, slug, "-o", path)
        assert result.exit_code == 0, result.output
        assert len(pypdfium2.PdfDocument(path.read_bytes())) >= 1
    assert parvis("calendar", slug, "-o", tmp_path / "event.ics").exit_code == 0
    assert icalendar.Calendar.from_ical((tmp_path / "event.ics").read_bytes()).walk("VEVENT")
    for kind, start in (("html", b"<!"), ("docx", b"PK")):
        path = tmp_path / f"minutes.{kind}"
        assert parvis("minutes", slug, "--format", kind, "-o", path).exit_code == 0
        assert path.read_bytes().lstrip().startswith(start)


def test_minutes_that_are_not_published_stay_inside(parvis, event, tmp_path):
    result = parvis("minutes", event.slug, "-o", tmp_path / "minutes.pdf")
    assert is_one_line(result)
    assert not (tmp_path / "minutes.pdf").exists()


def test_a_file_that_cannot_be_written_is_one_line(parvis, event, tmp_path):
    assert is_one_line(parvis("calendar", event.slug, "-o", tmp_path / "nowhere" / "event.ics"))


def test_the_doctor_finds_health_and_says_what_is_wrong(parvis, app, settings):
    assert parvis("doctor").exit_code == 0
    settings["PARVIS_BASE_URL"] = "events.example"
    result = parvis("doctor")
    assert result.exit_code == 2
    assert "PARVIS_BASE_URL" in result.output


def test_an_unsafe_setting_stops_every_command(parvis, app, settings):
    settings["PARVIS_SECRET_KEY"] = "short"
    result = parvis("events", "--json")
    assert is_one_line(result)
    assert "PARVIS_SECRET_KEY" in result.stderr


def test_the_program_itself_answers_the_same(app, settings, event):
    """Once as a process of its own, as a script would start it."""
    db.session.commit()
    started = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "events", "--json"],
        cwd=ROOT, env=settings, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout)[0]["slug"] == "assises-essai"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("fr_FR.UTF-8", ("Commandes", "Écrit le programme en PDF.")),
        ("en_GB.UTF-8", ("Commands", "Write the programme as PDF.")),
    ],
)
def test_help_speaks_the_terminals_language(locale, words):
    told = {**os.environ, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "--help"],
        capture_output=True, text=True, check=True, env=told, cwd=ROOT,
    )  # fmt: skip
    assert [word for word in words if word not in shown.stdout] == []
