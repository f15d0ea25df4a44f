"""Letters to many in one file: who gets one, in which wording, how it is made while the page waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from app import jobqueue
from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.jobs import run_work
from app.letters import merging
from app.letters.addressees import Narrowing, list_addressees
from app.letters.drawing import Binding
from app.letters.gaps import list_gaps
from app.letters.models import MergeRun
from app.letters.service import Text, word
from app.letters.wording import wording_for
from app.typeset import TypesettingFailed
from tests.browsing import Browser

Make = Callable[..., Any]
DONE = {"actor": COMMAND_LINE, "at": now()}


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises", categories=("elus", "presse"))


@pytest.fixture
def guests(event: Event, make_invitation: Make, make_person: Make) -> list[Any]:
    """Two on paper, one of whom reads English; one by mail; one withdrawn."""
    named = [("Zoé", "Martin", "fr"), ("Ada", "Brown", "en"), ("Luc", "Petit", "fr"), ("Eve", "Noir", "fr")]
    made = [
        make_invitation(event, make_person(given, family), state="draft", language=language, category="elus")
        for given, family, language in named
    ]
    made[0].extra, made[1].extra = {"Table": "12"}, {}
    made[0].channel = made[1].channel = made[3].channel = "paper"
    made[3].state = "withdrawn"
    db.session.commit()
    return made


def ask(event: Event, **binding: Any) -> MergeRun:
    narrowing = Narrowing(channel="paper")
    run = merging.ask(event, "invitation", narrowing, binding=Binding("", "fr", event.accent, **binding), **DONE)
    db.session.commit()
    return run


def pages_of(run: MergeRun) -> list[str]:
    db.session.refresh(run)
    assert run.pdf is not None
    document = pypdfium2.PdfDocument(run.pdf)
    told = [" ".join(one.get_textpage().get_text_bounded().split()) for one in document]
    document.close()
    return told


@pytest.mark.usefixtures("guests")
def test_everyone_on_paper_gets_their_own_letter_in_their_language(app: Flask, event: Event) -> None:
    text = Text(Bilingual("Objet", "Subject"), Bilingual("Bonjour {name}\n\n{link}", "Dear {name}\n\n{link}"))
    word(event, "invitation", None, text, **DONE)
    run = ask(event)

    run_work(app, merging.WORK, run.public_id)

    ada, zoe = pages_of(run)
    assert "Dear Ada Brown" in ada
    assert "Bonjour Zoé Martin" in zoe
    # Only a letter on paper prints the personal address.
    assert app.extensions["parvis"].base_url in zoe
    assert "Petit" not in ada + zoe
    assert "Noir" not in ada + zoe
    assert (run.state, run.done, run.total, run.pages) == ("ready", 2, 2, 2)


@pytest.mark.usefixtures("guests")
def test_a_link_leaves_on_paper_only(app: Flask, event: Event) -> None:
    with app.test_request_context():
        with_links = list_addressees(event, Narrowing(channel="paper"), with_links=True)

    assert all("/i/" in one.recipient.link for one in with_links)
    assert not any(one.recipient.link for one in list_addressees(event, Narrowing()))


@pytest.mark.usefixtures("guests")
def test_pages_are_numbered_only_where_a_letter_has_several(app: Flask, event: Event) -> None:
    long = "\n\n".join(["Un paragraphe de plus, qui prend de la place. " * 8] * 14)
    word(event, "invitation", None, Text(Bilingual("O", "S"), Bilingual(long, "Dear {name}")), **DONE)
    run = ask(event, is_two_sided=True)

    run_work(app, merging.WORK, run.public_id)

    ada, back, front, second = pages_of(run)
    assert "1 / " not in ada
    assert back == ""
    assert front.endswith("1 / 2")
    assert second.endswith("2 / 2")


@pytest.mark.usefixtures("guests")
def test_a_run_advances_by_commits_and_is_not_made_twice(
    app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "PIECE", 1)
    run = ask(event)
    seen = []
    with app.test_request_context():
        for _piece in merging.merge(run.public_id):
            db.session.commit()
            seen.append((run.state, run.done))
        db.session.commit()
    first = bytes(run.pdf or b"")

    run_work(app, merging.WORK, run.public_id)

    assert seen == [("running", 0), ("running", 1), ("running", 2)]
    db.session.refresh(run)
    assert bytes(run.pdf or b"") == first


@pytest.mark.usefixtures("guests")
def test_several_files_are_bound_when_one_would_be_too_much(
    app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "COST", 0.1)
    run = ask(event, is_two_sided=True)

    run_work(app, merging.WORK, run.public_id)

    assert [bool(one) for one in pages_of(run)] == [True, False, True, False]


@pytest.mark.usefixtures("guests")
def test_what_fails_is_told_on_the_run(app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise TypesettingFailed("out of paper")

    monkeypatch.setattr(merging, "compile_pdf", fail)
    run = ask(event)

    run_work(app, merging.WORK, run.public_id)

    db.session.refresh(run)
    assert (run.state, run.trouble) == ("failed", "out of paper")


@pytest.mark.usefixtures("guests")
def test_a_mistake_of_ours_ends_the_run_too(app: Flask, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "compile_pdf", lambda *_, **__: 1 / 0)
    run = ask(event)

    with pytest.raises(ZeroDivisionError):
        run_work(app, merging.WORK, run.public_id)

    db.session.refresh(run)
    assert run.state == "failed"
    assert run.trouble


def test_nobody_to_write_to_is_said_at_once(event: Event) -> None:
    with pytest.raises(merging.NobodyToWriteTo):
        ask(event)


@pytest.mark.usefixtures("guests")
def test_more_than_a_printer_takes_is_refused(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST", 1)

    with pytest.raises(merging.TooManyLetters):
        ask(event)


@pytest.mark.usefixtures("guests")
def test_files_are_erased_after_a_week(event: Event) -> None:
    old = ask(event)
    old.created_at = now() - timedelta(days=8)
    db.session.commit()

    ask(event)

    assert db.session.query(MergeRun).count() == 1


@pytest.mark.usefixtures("guests")
def test_words_empty_for_someone_are_told_with_their_names(event: Event) -> None:
    body = Bilingual("Table {list: TABLE}.\n\n{qualities}", "Table {list: table}.\n\n{link}")
    word(event, "invitation", None, Text(Bilingual("O", "S"), body), **DONE)
    addressees = list_addressees(event, Narrowing())

    gaps = {gap.word: gap for gap in list_gaps(event, addressees, lambda code: wording_for(event, None, code))}

    assert gaps["{list: table}"].names == ("Ada Brown", "Luc Petit")
    assert gaps["{list: table}"].leaves_out
    assert not gaps["{list: table}"].is_for_all
    assert "{qualities}" not in gaps


@pytest.mark.usefixtures("guests")
def test_the_page_asks_watches_and_fetches(app: Flask, organiser_client: Browser, event: Event) -> None:
    address = "/organise/assises/printing"
    empty = organiser_client.post(address, data={"kind": "invitation", "category": "presse", "channel": "paper"})
    assert empty.status_code == 422
    asked = {"kind": "invitation", "category": "elus", "channel": "paper", "is_unsent": "y"}
    assert organiser_client.post(address, data=asked).status_code == 303
    run = db.session.query(MergeRun).one()
    assert f"{address}/{run.public_id}/progress" in organiser_client.get(address).text
    assert "X-Poll-Reload" not in organiser_client.get(f"{address}/{run.public_id}/progress").headers
    assert organiser_client.get(f"{address}/{run.public_id}.pdf").status_code == 404

    run_work(app, merging.WORK, run.public_id)

    assert "X-Poll-Reload" in organiser_client.get(f"{address}/{run.public_id}/progress").headers
    assert organiser_client.get(f"{address}/{run.public_id}.pdf").data.startswith(b"%PDF")
    assert organiser_client.post(f"{address}/{run.public_id}/remove").status_code == 303
    assert db.session.query(MergeRun).count() == 0


def test_an_unknown_work_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        jobqueue.work_named("nothing")
