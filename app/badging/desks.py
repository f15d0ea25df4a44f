"""Which desk hands out whose badge: the alphabet shared out so that each desk has about as many names."""

from collections import Counter
from collections.abc import Sequence

from app.i18n import _
from app.registration.models import Registration


def share_out(registrations: Sequence[Registration], number: int) -> dict[int, str]:
    """By registration id, the desk of its name: "Desk 2 (G–M)". No letter is at two desks."""
    letters = Counter(_letter(one) for one in registrations)
    desks = _desks(letters, max(1, min(number, len(letters) or 1)))
    return {one.id: desks[_letter(one)] for one in registrations}


def _letter(registration: Registration) -> str:
    person = registration.person
    first = (person.folded_family or person.folded_given or person.family_name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _desks(letters: Counter[str], number: int) -> dict[str, str]:
    """By letter, the words of its desk: the letters in order, cut where each part comes nearest to its share."""
    parts: list[list[str]] = [[] for _part in range(number)]
    total, before = letters.total(), 0
    for letter in sorted(letters):
        middle = before + letters[letter] / 2
        parts[min(number - 1, int(middle * number / total))].append(letter)
        before += letters[letter]
    told = {}
    for place, part in enumerate((one for one in parts if one), start=1):
        span = part[0] if len(part) == 1 else f"{part[0]}–{part[-1]}"
        told.update(dict.fromkeys(part, _("Desk %(number)s (%(letters)s)", number=place, letters=span)))
    return told
