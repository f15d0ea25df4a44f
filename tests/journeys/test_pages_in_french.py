"""Every page, in French."""

from tests.journeys.every_page import EveryPage


class TestFrench(EveryPage):
    """Every page as a reader of French has it."""

    language = "fr"
