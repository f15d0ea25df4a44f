"""Long lists: read and taken in by the worker, told on their page, all of them or none."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.directory.models import Person
from app.events.models import Event
from app.invitations import list_work, lists
from app.invitations.list_models import GuestListImport
from app.invitations.models import Invitation
from app.jobs import run_work
from tests.browsing import Browser
from tests.invitations.test_lists import BARROT, ENGLISH, count, kept_at, send

Make = Callable[..., Any]


@pytest.fixture
def event(make_event: Make) -> Event:
    event: Event = make_event(slug="assises", categories=("elus", "presse"))
    return event


@pytest.mark.usefixtures("event")
def test_a_long_list_is_read_and_taken_in_by_the_worker(
    app: Flask, organiser_client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.invitations.examining.SMALL_BYTES", 10)
    monkeypatch.setattr(lists, "SMALL_ROWS", 0)
    address = send(organiser_client, BARROT)
    public_id = address.rsplit("/", 1)[-1]

    assert f"{address}/progress" in organiser_client.get(address).text
    assert "X-Poll-Reload" not in organiser_client.get(f"{address}/progress").headers
    run_work(app, list_work.READ, public_id)
    assert organiser_client.get(f"{address}/progress").headers["X-Poll-Reload"]
    assert count(Invitation) == 0

    organiser_client.post(f"{address}/apply")
    assert kept_at(address).state == "applying"
    run_work(app, list_work.TAKE_IN, public_id)
    run_work(app, list_work.TAKE_IN, public_id)
    assert (kept_at(address).state, count(Invitation)) == ("applied", 1)


@pytest.mark.usefixtures("event")
def test_the_worker_says_on_the_page_why_a_file_is_no_list(
    app: Flask, organiser_client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.invitations.examining.SMALL_BYTES", 3)
    address = send(organiser_client, "%PDF-1.7", "lettre.csv")
    run_work(app, list_work.READ, address.rsplit("/", 1)[-1])

    assert "lettre.csv” is not a list" in organiser_client.get(address, headers=ENGLISH).text


@pytest.mark.usefixtures("event")
def test_a_crash_while_taking_in_takes_nothing_in_and_says_so(
    app: Flask, organiser_client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SMALL_ROWS", 0)
    address = send(organiser_client, BARROT)
    organiser_client.post(f"{address}/apply")

    def broken(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("app.invitations.importing.record", broken)
        with pytest.raises(RuntimeError):
            run_work(app, list_work.TAKE_IN, address.rsplit("/", 1)[-1])
    assert (kept_at(address).state, count(Invitation), count(Person)) == ("previewed", 0, 0)
    assert "went wrong" in organiser_client.get(address, headers=ENGLISH).text
    organiser_client.post(f"{address}/apply")
    run_work(app, list_work.TAKE_IN, address.rsplit("/", 1)[-1])
    assert count(Invitation) == 1


def test_what_changed_between_comparing_and_writing_is_seen(
    app: Flask, organiser_client: Browser, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another list brings the same person in while the worker compares: nobody is invited twice."""
    monkeypatch.setattr(lists, "SMALL_ROWS", 0)
    address = send(organiser_client, BARROT)
    other = send(organiser_client, BARROT)
    organiser_client.post(f"{address}/apply")
    compare = list_work.lists.compare

    def slow(kept: GuestListImport, tell: Any = None) -> Any:
        found = compare(kept, tell)
        monkeypatch.setattr(list_work.lists, "compare", compare)
        monkeypatch.setattr(lists, "SMALL_ROWS", 1000)
        organiser_client.post(f"{other}/apply")
        return found

    monkeypatch.setattr(list_work.lists, "compare", slow)
    run_work(app, list_work.TAKE_IN, address.rsplit("/", 1)[-1])

    assert count(Invitation) == 1
    assert kept_at(address).summary["unchanged"] == 1
