"""Every page, in English."""

from tests.journeys.every_page import EveryPage


class TestEnglish(EveryPage):
    """Every page as a reader of English has it."""

    language = "en"
