"""Typesetters that stay: documents in their order, a crash of one, nothing left behind."""

import tempfile
from pathlib import Path

import psutil
import pytest

from app import typeset
from app.typeset import Job, TypesettingFailed
from app.typeset_lanes import compile_stream
from tests.badging.reading import words_in

PAGE = '#set document(title: "T", author: ())\n#set text(lang: "en")\n= #json("/data.json").word\n'


@pytest.fixture
def jobs(tmp_path):
    """As many jobs as words, each a page that says its word."""
    root = tmp_path / "drawing"
    root.mkdir()
    (root / "page.typ").write_text(PAGE, encoding="utf-8")

    def make(*words):
        return [Job("page.typ", root, {"word": word}) for word in words]

    return make


@pytest.fixture
def left(tmp_path, monkeypatch):
    """What is left: (folders of typesetters, processes)."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def look():
        running = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
        return list(tmp_path.glob("parvis-typeset-*")), [
            one for one in running if "typeset_worker" in str(one.cmdline())
        ]

    return look


def test_documents_come_in_their_order_whatever_lane_made_them(jobs, left):
    words = [f"Word{number}" for number in range(9)]
    assert [words_in(pdf) for pdf in compile_stream(jobs(*words))] == words
    assert left() == ([], [])


def test_jobs_are_taken_as_they_are_needed(jobs):
    taken = []

    def telling():
        for job in jobs(*"abcdefghijklmnop"):
            taken.append(job)
            yield job

    stream = compile_stream(telling(), at_once=1)
    next(stream)
    assert len(taken) < 16
    stream.close()


def test_one_process_makes_many_documents(jobs, monkeypatch):
    started = []
    command = typeset.command
    monkeypatch.setattr("app.typeset_lanes.command", lambda folder: started.append(folder) or command(folder))
    assert len(list(compile_stream(jobs(*"abcdef"), at_once=2))) == 6
    assert len(started) <= 2


def test_whoever_stops_listening_leaves_nothing_behind(jobs, left):
    stream = compile_stream(jobs(*"abcdefgh"))
    next(stream)
    stream.close()
    assert left() == ([], [])


def test_a_fault_says_which_document_it_was_after_those_before(jobs, left):
    good = jobs("fine", "also")
    bad = Job("page.typ", good[0].root, {})
    stream = compile_stream([*good, bad, *jobs("later")])
    assert [words_in(next(stream)), words_in(next(stream))] == ["fine", "also"]
    with pytest.raises(TypesettingFailed) as told:
        next(stream)
    assert told.value.position == 2
    assert left() == ([], [])


@pytest.mark.parametrize(
    ("worker", "said"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", r"crashed \(signal 11\)"),
        ("raise SystemExit('no typst here')\n", "no typst here"),
        ("import sys\nsys.stdin.read()\n", r"stopped after 0\.2 s"),
    ],
)
def test_what_becomes_of_a_typesetter_is_told_and_reaches_nobody_else(jobs, left, tmp_path, monkeypatch, worker, said):
    path = tmp_path / "worker.py"
    path.write_text(worker, encoding="utf-8")
    monkeypatch.setattr(typeset, "_WORKER", Path(path))
    with pytest.raises(TypesettingFailed, match=said):
        list(compile_stream(jobs("a", "b", "c"), timeout=0.2 if "stdin" in worker else 60))
    assert left()[0] == []
