"""What is asked of a product that is not a badge, kept with its run as plain values."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from app.errors import Refusal
from app.i18n import lazy


class NothingToPrint(Refusal):
    """Nobody and nothing fits what was asked."""

    message = lazy("There is nothing to print: nobody or nothing fits this choice.")


@dataclass(frozen=True)
class Asked:
    """Each product reads what it knows of.

    who: a category's key, "speakers", "" for everyone; copies: of each sign; height: of a tent card's face in mm
    size: of a sign; blank_rows: empty lines at the end of an attendance sheet; sheet, start: of address labels
    design: of the badges in a pack; signatory, signatory_quality, place, notice, is_approved: of certificates
    """

    who: str = ""
    copies: int = 1
    height: int = 99
    size: str = "a4"
    blank_rows: int = 0
    sheet: str = "l7163"
    start: int = 1
    design: str = "a6"
    signatory: str = ""
    signatory_quality: str = ""
    place: str = ""
    notice: str = ""
    is_approved: bool = False
    language: str = "fr"

    def as_options(self) -> dict[str, Any]:
        """As the row of a run keeps it."""
        return asdict(self)


def asked_from(options: dict[str, Any]) -> Asked:
    """What a run was asked for."""
    known = {field.name for field in fields(Asked)}
    return Asked(**{name: value for name, value in options.items() if name in known})
