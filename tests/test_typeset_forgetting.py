"""A typesetter that stays forgets each document: its memory is that of one, however many it has made."""

from pathlib import Path

import psutil

from app.typeset import Job
from app.typeset_lanes import Lane

PAGE = """#set document(title: "T", author: ())
#set text(lang: "en")
#for line in json("/data.json").lines [#line #parbreak()]
"""
LINES, DOCUMENTS = 1_500, 7
# One such document takes 23 MB (seven kept: 140 MB more); what a process that forgets gains by six is 2 MB.
BOUND = 60_000_000


def test_the_memory_of_a_lane_does_not_grow_with_the_documents_it_has_made(tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_text(PAGE, encoding="utf-8")
    lane, sizes = Lane(timeout=120, memory=0), []
    try:
        for number in range(DOCUMENTS):
            lines = [
                f"Document {number}, line {line}: unlike any other, set once and not again" for line in range(LINES)
            ]
            assert lane.compile(Job("page.typ", tmp_path, {"lines": lines}), number).startswith(b"%PDF")
            (typesetter,) = [one for one in psutil.Process().children() if "typeset_worker" in str(one.cmdline())]
            sizes.append(typesetter.memory_info().rss)
    finally:
        lane.close()
    assert sizes[-1] - sizes[0] < BOUND
