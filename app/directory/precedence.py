"""Who comes before whom: décret n° 89-655 of 13 September 1989, articles 2, 3, 9, 13, 14, 18 and 19.

Binding for public ceremonies; for a conference it is the reference usage (domain 2.2-2.4). Where the decree names
nobody (article 18: people it does not mention take place among the authorities) the order is usage, and says so. Any
place may be decided otherwise, with an author and a reason (`ProtocolOverride`, kind "rank").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.directory.functions import function_of
from app.i18n import LazyText, lazy
from app.text import fold

# (function, number in the article or 0 for usage), the first before the others.
_NATIONAL: tuple[tuple[str, int], ...] = (
    ("president_of_the_republic", 1),
    ("prime_minister", 2),
    ("president_of_the_senate", 3),
    ("president_of_the_national_assembly", 4),
    ("former_president_of_the_republic", 5),
    ("minister", 6),
    ("former_prime_minister", 7),
    ("president_of_the_constitutional_council", 8),
    ("vice_president_of_the_council_of_state", 9),
    ("president_of_the_cese", 10),
    ("defender_of_rights", 11),
)
_PARLIAMENT = ("deputy", "senator", "member_of_the_european_parliament")
_USAGE = (
    "former_minister", "ambassador", "intercommunality_president", "mayor", "region_vice_president",
    "department_vice_president", "association_president", "prefectoral_corps", "deputy_mayor", "vice_president",
    "councillor", "director",
)  # fmt: skip
# Article 2, read in its version of 2011 and later: nos. 1 to 14.
PARIS: tuple[tuple[str, int], ...] = (
    *_NATIONAL,
    *((code, number) for number, code in enumerate(_PARLIAMENT, start=12)),
    *((code, 0) for code in ("prefect", "mayor_of_the_place", "region_president", "department_president")),
    *((code, 0) for code in _USAGE),
)
# Article 3, in force since 1 March 2024 (décret n° 2024-159): nos. 1 to 7. National authorities come first by usage.
ELSEWHERE: tuple[tuple[str, int], ...] = (
    *((code, 0) for code, _number in _NATIONAL),
    ("prefect", 1),
    *((code, number) for number, code in enumerate(_PARLIAMENT, start=2)),
    ("region_president", 5),
    ("department_president", 6),
    ("mayor_of_the_place", 7),
    *((code, 0) for code in _USAGE),
)
# Article 14: who keeps the rank of the authority they represent.
_KEEPS = {
    "mayor": "deputy_mayor", "mayor_of_the_place": "deputy_mayor", "region_president": "region_vice_president",
    "department_president": "department_vice_president", "prefect": "prefectoral_corps",
}  # fmt: skip
SOURCES: dict[str, LazyText] = {
    "article": lazy("Decree 89-655, article %(article)s, no. %(number)s"),
    "usage": lazy("Usage: the decree does not name this function (article 18)"),
    "unknown": lazy("No rule knows this function: placed last, by name"),
    "host": lazy("Decree 89-655, article 9: the inviting authority takes the second rank"),
    "kept": lazy("Decree 89-655, article 14: this representative keeps the rank of %(name)s"),
    "delegate": lazy("Decree 89-655, article 13: a rank is not delegated; own rank"),
    "decided": lazy("Decided by %(author)s: %(reason)s"),
}
"""Where a place comes from, by code."""


@dataclass(frozen=True)
class Decision:
    """Somebody put a guest at a place (from 1) against the rule."""

    place: int
    author: str
    reason: str


@dataclass(frozen=True)
class Guest:
    """Who is to be placed. `qualities`: those of today, in any order; `kind`: of the organisation.

    `represents` holds the name and the qualities of the authority a representative comes for.
    """

    key: str
    name: str
    qualities: tuple[str, ...]
    kind: str = ""
    seniority: date | None = None
    is_host: bool = False
    represents: tuple[str, tuple[str, ...]] | None = None
    decision: Decision | None = None


@dataclass(frozen=True)
class Place:
    """A guest's place, from 1, and the sentence that says where it comes from."""

    number: int
    guest: Guest
    source: str


@dataclass(frozen=True)
class _Rank:
    order: int
    code: str
    places: dict[str, object] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return SOURCES[self.code].with_places(**self.places)


def order_of_precedence(guests: Sequence[Guest], *, city: str, by_government: bool = False) -> list[Place]:
    """The guests in their order, for a ceremony in `city`; speeches are given in the reverse one (article 19).

    A national mandate prevails over a local one; equals go by date of first election, then by name. The host comes
    second unless the ceremony was ordered by the Government. A decision wins over any rule.
    """
    ranked = sorted(
        ((_rank(guest, city), guest) for guest in guests if guest.decision is None),
        key=lambda pair: (pair[0].order, pair[1].seniority or date.max, fold(pair[1].name)),
    )
    placed = [(guest, rank.source) for rank, guest in ranked]
    if not by_government:
        _seat_hosts(placed)
    decided = [guest for guest in guests if guest.decision]
    for guest in sorted(decided, key=lambda one: one.decision.place if one.decision else 0):
        if guest.decision:
            words = SOURCES["decided"].with_places(author=guest.decision.author, reason=guest.decision.reason)
            placed.insert(guest.decision.place - 1, (guest, words))
    return [Place(number, guest, source) for number, (guest, source) in enumerate(placed, start=1)]


def source_of_rank(guest: Guest, *, city: str) -> str:
    """Where the rank of one guest comes from, whoever else comes: a decision, else the rule."""
    if guest.decision:
        return SOURCES["decided"].with_places(author=guest.decision.author, reason=guest.decision.reason)
    return _rank(guest, city).source


def _seat_hosts(placed: list[tuple[Guest, str]]) -> None:
    """Article 9: second, unless first already."""
    hosts = [pair for pair in placed[1:] if pair[0].is_host]
    for guest, source in reversed(hosts):
        placed.remove((guest, source))
        placed.insert(1, (guest, SOURCES["host"].with_places()))


def _rank(guest: Guest, city: str) -> _Rank:
    own = _best(guest.qualities, guest.kind, city)
    if guest.represents is None:
        return own
    name, qualities = guest.represents
    theirs = _best(qualities, "", city)
    held = {_function(quality, guest.kind, city) for quality in guest.qualities}
    authority = str(theirs.places.get("function", ""))
    keeps = authority == "president_of_the_republic" or _KEEPS.get(authority) in held
    if keeps:
        return _Rank(theirs.order, "kept", {"name": name})
    return _Rank(own.order, "delegate")


def _best(qualities: Sequence[str], kind: str, city: str) -> _Rank:
    """The highest rank of several qualities."""
    table = PARIS if _is_paris(city) else ELSEWHERE
    places = {code: place for place, (code, _number) in enumerate(table)}
    known = [code for quality in qualities if (code := _function(quality, kind, city)) in places]
    if not known:
        return _Rank(len(table), "unknown")
    order = min(places[code] for code in known)
    code, number = table[order]
    said: dict[str, object] = {"function": code, "article": 2 if table is PARIS else 3, "number": number}
    return _Rank(order, "article" if number else "usage", said)


def _function(quality: str, kind: str, city: str) -> str:
    code = function_of(quality, kind)
    words = fold(city)
    is_theirs = code == "mayor" and words and f" {words} " in f" {fold(quality)} "
    return "mayor_of_the_place" if is_theirs else code


def _is_paris(city: str) -> bool:
    return fold(city).split()[:1] == ["paris"]
