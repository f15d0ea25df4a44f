"""What holds for every page, in every state, for every role. One file a language, so that two processes share it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.axe import Reader
from tests.journeys.html import mistakes
from tests.journeys.walking import ROLES, Walk, walked


class EveryPage:
    """Parent of the tests of one language."""

    language = ""

    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
        """One program with something of everything."""
        with walked(tmp_path_factory.mktemp("walk"), cls.language) as made:
            yield made

    def test_the_walk_leaves_nothing_out(self, walk: Walk) -> None:
        """Every route answers, every form can be refused, every template was drawn."""
        assert not walk.faults, "\n".join(walk.faults)
        assert walk.unseen_templates() == [], walk.unseen_templates()
        assert len(walk.pages) > 200

    def test_every_page_is_html(self, walk: Walk, tmp_path: Path) -> None:
        """The W3C's checker has nothing to say."""
        found = mistakes({str(page.state): page.html for page in walk.pages} | walk.letters, tmp_path)
        assert not found, "\n".join(found)

    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_is_accessible(self, walk: Walk, chromium: Browser, role: str) -> None:
        """Nothing found by axe-core at 390 and 1280 pixels, by day and by night; no fault in the console."""
        found = Reader(walk, chromium, role).findings()
        assert not found, "\n".join(found)

    def test_every_letter_is_accessible(self, walk: Walk, chromium: Browser) -> None:
        """Letters as their addressees see them."""
        found = Reader(walk, chromium, "organiser").findings_in_letters()
        assert not found, "\n".join(found)
        assert walk.letters
