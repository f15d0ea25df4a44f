"""Certificates of attendance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from badges.drawing import Drawing, papers
from badges.face import EventTexts

_TRAINING = re.compile(r"\b(?:formations?|trainings?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Certificate:
    """Attendance of one person, each text exactly as it must be printed.

    organiser: lines of the head; title: such as "Certificate of attendance"
    sentence: what is certified, without the name, which stands above it large; attended: lines such as half-days
    place_and_date, signatory (lines: name, quality): who certifies; reference: lets the organiser find the row again
    notice: what the certificate is and is not, small at the foot
    """

    name_given: str
    name_family: str
    native_name: str
    quality: str
    organiser: tuple[str, ...]
    title: str
    sentence: str
    attended: tuple[str, ...]
    place_and_date: str
    signatory: tuple[str, ...]
    reference: str = ""
    notice: str = ""

    @property
    def name(self) -> str:
        """Given and family name on one line, as errors say it."""
        return f"{self.name_given} {self.name_family}".strip()


class NotATraining(ValueError):
    """The word "formation" (training) on a certificate of an organiser who is not approved to train elected people.

    Only approved bodies may (code général des collectivités territoriales, L2123-12 to L2123-16).
    """


def certificates(people: Sequence[Certificate], texts: EventTexts, *, approved: bool = False) -> list[Drawing]:
    """An upright A4 for each person. `approved`: whether the organiser is approved to train.

    The title of the event may hold the word, as it is a name. Raises ValueError for nobody, NotATraining; compiling
    raises Overflow or Unprintable with the names.
    """
    if not approved:
        for one in people:
            said = " ".join((one.title, one.sentence, *one.attended, one.notice))
            if _TRAINING.search(said.replace(texts.title, "")):
                raise NotATraining("only an approved organiser certifies a “formation”")
    return papers("certificate", people, texts)
