"""Who is who: whether a row of a list is someone we know, and who merely looks alike.

The same names prove nothing: homonyms exist, and one mailbox serves several people. The same names
*and* the same mailbox or organisation are the same person. Everything short of that is told, never
merged.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from app.guest_list import GuestRow
from app.i18n import LazyText, lazy
from app.invitations.known import Known
from app.text import fold

DOUBTS: dict[str, LazyText] = {
    "namesake": lazy("The same name, but neither the same address nor the same organisation."),
    "spelling": lazy("Almost the same name: one of the two may be misspelt."),
    "order": lazy("The same words in another order: given name and surname exchanged?"),
    "short": lazy("The same surname with a shorter given name."),
    "same_list": lazy("The same person twice in this list: the later row counts."),
    "withdrawn": lazy("This person’s invitation was withdrawn, and stays so."),
}
"""Why a row is shown as a possible duplicate, by code."""

# Slips allowed, by length of the surname: one letter in a name of five, two in a long one.
_ONE_SLIP, _TWO_SLIPS = 5, 10
MOST_ALIKE = 3


class Register:
    """Everyone known, found by names and by look-alikes. `rows`: the whole list."""

    def __init__(self, people: Iterable[Known], rows: Iterable[GuestRow]) -> None:
        self._mailboxes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            self._mailboxes[_names(row)].add(row.email.lower())
        self._by_names: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_family: dict[str, list[Known]] = defaultdict(list)
        self._by_pieces: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_words: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[str, Known] = {}
        self._by_reference: dict[str, Known] = {}
        for known in people:
            self.add(known)

    def add(self, known: Known) -> None:
        """Let `known` be found from now on."""
        self._by_names[known.given, known.family].append(known)
        self._by_family[known.family].append(known)
        for piece in _pieces(known.family) if known.given else ():
            self._by_pieces[known.given, piece].append(known)
        self._by_words[_words(known.given, known.family)].append(known)
        self._by_key[known.key] = known
        if known.invitation:
            self._by_reference[known.invitation.public_id] = known

    def find_decided(self, key: str) -> Known | None:
        """The person somebody said a row means (`Known.key`); None when that person is gone."""
        return self._by_key.get(key)

    def find_referred(self, reference: str) -> Known | None:
        """The guest whose invitation has this public id."""
        return self._by_reference.get(reference)

    def find_same(self, row: GuestRow) -> Known | None:
        """The person `row` certainly means: same names, and same mailbox or organisation.

        None when the organisation alone would leave a choice between homonyms.
        """
        namesakes = self._by_names.get(_names(row), [])
        by_mail = [known for known in namesakes if row.email.lower() in known.emails]
        if by_mail:
            return by_mail[0]
        alike = [known for known in namesakes if self._is_same(row, known)]
        return alike[0] if len(alike) == 1 else None

    def _is_same(self, row: GuestRow, known: Known) -> bool:
        """Another mailbox is a change of address, unless the list has both: then they are two people."""
        if row.email and known.emails & self._mailboxes[_names(row)]:
            return False
        if row.organisation and known.organisations:
            return fold(row.organisation) in known.organisations
        return not (row.email and known.emails) and _says_the_same(row, known)

    def find_alike(self, row: GuestRow) -> tuple[str, list[Known]] | None:
        """Whom `row` might mean (at most three, the likeliest first), and the code of the doubt; None for nobody."""
        given, family = _names(row)
        namesakes = self._by_names.get((given, family))
        if namesakes:
            return "namesake", namesakes[:MOST_ALIKE]
        exchanged = self._by_words.get(_words(given, family))
        if exchanged:
            return "order", exchanged[:MOST_ALIKE]
        return self._find_in_family(row, given, family) or self._find_by_given(row, given, family)

    def _find_in_family(self, row: GuestRow, given: str, family: str) -> tuple[str, list[Known]] | None:
        for known in self._by_family.get(family, ()) if family else ():
            if _genders_differ(row, known):
                continue
            if _is_slip(given, known.given):
                return "spelling", [known]
            if _is_shorter(given, known.given) and _shares(row, known):
                return "short", [known]
        return None

    def _find_by_given(self, row: GuestRow, given: str, family: str) -> tuple[str, list[Known]] | None:
        """Surnames a slip away: at least one of their pieces is whole, so only those that share one are compared."""
        for piece in _pieces(family, shifts=(0, -1, 1)) if given else ():
            for known in self._by_pieces.get((given, piece), ()):
                if _is_slip(family, known.family) and not _genders_differ(row, known):
                    return "spelling", [known]
        return None


def _names(row: GuestRow) -> tuple[str, str]:
    return fold(row.given_name), fold(row.family_name)


def _pieces(family: str, shifts: tuple[int, ...] = (0,)) -> Iterator[str]:
    """The first letters, the last and, of a long name, some between: two slips leave one of them whole.

    A slip before the middle ones moves them by a letter, which `shifts` follows.
    """
    name = family.replace(" ", "")
    yield f"<{name[:3]}"
    yield f">{name[-3:]}"
    if len(name) >= _TWO_SLIPS:
        yield from (f"={name[4 + shift : 7 + shift]}" for shift in shifts)


def _words(given: str, family: str) -> str:
    return " ".join(sorted(f"{given} {family}".split()))


def _shares(row: GuestRow, known: Known) -> bool:
    return row.email.lower() in known.emails or fold(row.organisation) in known.organisations


def _says_the_same(row: GuestRow, known: Known) -> bool:
    """With no mailbox and no organisation to compare, the qualities decide."""
    told = {fold(quality) for quality in row.qualities}
    if told and known.qualities:
        return bool(told & known.qualities)
    is_bare = not (row.email or row.organisation or told)
    return is_bare and not (known.emails or known.organisations or known.qualities)


def _genders_differ(row: GuestRow, known: Known) -> bool:
    return bool(row.civility and known.values["civility"]) and row.civility != known.values["civility"]


def _is_slip(one: str, other: str) -> bool:
    """Whether two folded names differ by a typing slip (letters exchanged count as one)."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if one == other:
        return True
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < _ONE_SLIP else 1 if shorter < _TWO_SLIPS else 2
    return allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _is_shorter(one: str, other: str) -> bool:
    """As "Marie" is to "Marie Claude", or "J N" to "Jean Noël"."""
    first, second = sorted((one.split(), other.split()), key=lambda words: (len(words), sum(map(len, words))))
    if not first:
        return False
    if first == second[: len(first)]:
        return True
    return len(first) == len(second) and all(
        long.startswith(short) and len(short) == 1 for short, long in zip(first, second, strict=True)
    )
