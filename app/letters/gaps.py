"""Words in braces that stand for nothing in somebody's letter: told before the letter leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.events.models import Event
from app.letters.addressees import Addressee
from app.letters.placeholders import event_values, is_needed, list_placeholders, personal_values
from app.letters.wording import TEXTS, Wording

NAMED = 12


@dataclass(frozen=True)
class Gap:
    """A word in braces that is empty for `number` guests, the first of whom are named.

    `is_for_all`: for every guest who reads that wording. `leaves_out`: the paragraph that holds it is
    left out of their letter; otherwise it has a hole.
    """

    word: str
    number: int
    names: tuple[str, ...]
    is_for_all: bool
    leaves_out: bool


def list_gaps(event: Event, addressees: Sequence[Addressee], wording_in: Callable[[str], Wording]) -> list[Gap]:
    """The gaps of the letters to `addressees`, the emptiest word first.

    `wording_in`: the wording a reader of a language gets. Costs one pass over the addressees and no query.
    """
    missing: dict[str, list[str]] = {}
    wordings = {code: wording_in(code) for code in {one.language for one in addressees}}
    used = {code: list(dict.fromkeys(_used(wording))) for code, wording in wordings.items()}
    facts = {code: event_values(event, wording.language) for code, wording in wordings.items()}
    for one in addressees:
        wording = wordings[one.language]
        values = {**facts[one.language], **personal_values(one.recipient, wording.language, wording.sender)}
        for word in used[one.language]:
            if not values.get(word):
                missing.setdefault(word, []).append(one.recipient.name)
    gaps = [
        Gap(_shown(word), len(names), tuple(names[:NAMED]), len(names) == len(addressees), is_needed(word))
        for word, names in missing.items()
    ]
    return sorted(gaps, key=lambda gap: -gap.number)


def _used(wording: Wording) -> list[str]:
    """The words a letter really asks for: an English closing asks for no consideration."""
    texts = [getattr(wording, name) for name in TEXTS if name != "announcement" or "{announcement}" in wording.body]
    return [name for text in texts for name in list_placeholders(text) if name not in {"announcement", "salutation"}]


def _shown(word: str) -> str:
    return "{list: " + word.removeprefix("list:") + "}" if word.startswith("list:") else "{" + word + "}"
