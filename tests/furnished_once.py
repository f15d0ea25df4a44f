"""What furnish() makes, made once for the tests of a file and laid into the database of each."""

import shutil
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from app.database import db, set_writing
from app.events.models import Event
from app.invitations.models import Invitation
from tests.factories import Factory
from tests.furnished import Furnished, furnish

Making = Callable[[Path], Flask]


class FurnishedOnce:
    """One kind of database, furnished: its rows as the database gives them, its instance's files."""

    def __init__(self, folder: Path, make: Making, keep: Callable[[], Any]) -> None:
        self._instance = folder / "instance"
        app = make(self._instance)
        with app.app_context():
            set_writing(True)
            self._factory = Factory()
            self._told = furnish(self._factory)
            self._keys = (self._told.event.id, self._told.invitation.id)
            db.session.remove()
            db.engine.dispose()
        self.rows = keep()

    def lay_files(self, instance: Path) -> None:
        """The files of the instance, where the program of a test looks for its own."""
        shutil.copytree(self._instance, instance, dirs_exist_ok=True)

    def factory(self) -> Factory:
        """Goes on numbering after the furniture."""
        return copy(self._factory)

    def told(self) -> Furnished:
        """The addresses of what is there, with the event and invitation of the test's own session."""
        event, invitation = self._keys
        return replace(
            self._told,
            arguments=dict(self._told.arguments),
            event=db.session.get_one(Event, event),
            invitation=db.session.get_one(Invitation, invitation),
        )
