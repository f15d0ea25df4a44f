"""What senders' columns hold, remembered from one list to the next."""

from collections.abc import Sequence
from dataclasses import replace

from app.clock import now
from app.database import db
from app.guest_list import Chosen, Seen, fingerprint
from app.invitations.list_models import ListLayout
from app.invitations.list_queries import list_layouts, list_layouts_of
from app.text import fold


def as_remembered(chosen: Chosen, seen: Seen, sender: str) -> Chosen:
    """The same choice with what was said of an earlier list's columns; unchanged when nobody said anything.

    The same titles in the same order decide, those of the same sender first; else the columns that
    this sender's last list had under the same title. What is decided for this list stays.
    """
    said = {} if chosen.fields is not None else _said_of(seen, sender)
    if not said:
        return chosen
    fields = tuple(said.get(fold(title), held) for title, held, _ in seen.columns)
    return replace(chosen, fields=fields)


def _said_of(seen: Seen, sender: str) -> dict[str, str]:
    same = list_layouts(seen.fingerprint)
    own = [layout for layout in same if layout.sender == sender]
    layouts = own or same or (list_layouts_of(sender) if sender else ())
    return {fold(title): held for title, held in layouts[0].columns} if layouts else {}


def remember(sender: str, columns: Sequence[tuple[str, str]]) -> None:
    """Keep what a person said of a sender's columns, (title, field) from left to right."""
    titles = fingerprint(title for title, _ in columns)
    layout = next((one for one in list_layouts(titles) if one.sender == sender), None)
    if layout is None:
        layout = ListLayout(sender=sender, fingerprint=titles)
        db.session.add(layout)
    layout.columns, layout.used_at = [list(pair) for pair in columns], now()
