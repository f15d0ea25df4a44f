"""Entries that may be one person, each pair with its reason. Proposed, never merged by a rule (domain 1.7 T1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from app.database import db
from app.directory.models import KnownApart, Mandate, Merge, Person
from app.directory.queries import IS_CURRENT, in_batches
from app.errors import NotFound
from app.i18n import LazyText, lazy
from app.text import rough_sound, sound

REASONS: dict[str, LazyText] = {
    "same": lazy("The same name, accents and case aside."),
    "order": lazy("The same words in another order: given name and surname exchanged?"),
    "spelling": lazy("Almost the same name: one of the two may be misspelt."),
    "mailbox": lazy("The same surname and the same mailbox, with a shorter given name."),
    "native": lazy("The same name in its own script."),
}
"""Why two entries are proposed, by code."""

# Slips allowed, by length of the name: none in a short one, one from five letters, two from ten.
_ONE_SLIP, _TWO_SLIPS = 5, 10


class Entry(NamedTuple):
    """What two entries are compared by; names folded."""

    id: int
    given: str
    family: str
    native: str
    email: str
    civility: str


@dataclass(frozen=True)
class Pair:
    """Two entries and the code of the doubt (REASONS)."""

    one: Person
    other: Person
    reason: str


def find_reason(one: Entry, other: Entry) -> str | None:
    """Why two entries may be one person; None when nothing says so. Homonymy is a doubt, not a proof."""
    if (one.given, one.family) == (other.given, other.family):
        return "same"
    if one.native and one.native == other.native:
        return "native"
    if {one.civility, other.civility} == {"M", "Mme"}:
        return None
    return _find_likeness(one, other)


def _find_likeness(one: Entry, other: Entry) -> str | None:
    if sorted(f"{one.given} {one.family}".split()) == sorted(f"{other.given} {other.family}".split()):
        return "order"
    if one.family == other.family:
        if _is_slip(one.given, other.given):
            return "spelling"
        shares = one.email and one.email == other.email
        return "mailbox" if shares and _is_shorter(one.given, other.given) else None
    if one.given != other.given:
        return None
    return "spelling" if _is_slip(one.family, other.family) or _heard(one.family) == _heard(other.family) else None


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > 1:
        return False
    allowed = 0 if shorter < _ONE_SLIP else 1 if shorter < _TWO_SLIPS else 2
    return allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _is_shorter(one: str, other: str) -> bool:
    """As "Marie" is to "Marie Claude", or "J N" to "Jean Noël"."""
    first, second = sorted((one.split(), other.split()), key=len)
    pairs = zip(first, second, strict=False)
    return bool(first) and all(long.startswith(short) or short.startswith(long) for short, long in pairs)


def list_doubles_of(person: Person) -> list[Pair]:
    """Who else may be this person."""
    alike = or_(
        Person.folded_family == person.folded_family,
        and_(Person.folded_family == person.folded_given, Person.folded_given == person.folded_family),
        and_(Person.folded_given == person.folded_given, Person.folded_given != ""),
        and_(Person.native_name == person.native_name, Person.native_name != ""),
    )
    found = _entries(alike)
    mine = next((one for one in found if one.id == person.id), None)
    if mine is None:
        return []
    pairs = ((mine.id, one.id, reason) for one in found if one is not mine and (reason := find_reason(mine, one)))
    return _loaded(pairs, _apart(), 20)


def list_doubles(limit: int = 50) -> list[Pair]:
    """Pairs of the whole directory that may be one person, the most alike first; at most `limit`.

    The same words are looked for first; what is merely alike only while that leaves room.
    """
    entries, apart = _entries(IS_CURRENT), _apart()
    order = {code: place for place, code in enumerate(REASONS)}
    found: dict[tuple[int, int], str] = {}
    for keys, is_worth_it in _LOOKS:
        found |= _pairs(entries, keys, is_worth_it)
        if len(found) - len(apart) >= limit:
            break
    ranked = sorted(found, key=lambda pair: (order[found[pair]], pair))
    return _loaded(((*pair, found[pair]) for pair in ranked), apart, limit)


# What entries that may be one person share, None to leave an entry out; and whether two that share it are worth a look.
Key = Callable[[Entry], str | None]
Look = Callable[[Entry, Entry], object]


def _pairs(entries: Iterable[Entry], key: Key, is_worth_it: Look) -> dict[tuple[int, int], str]:
    """(id, id) → reason, among the entries of one key: so few are compared with so many."""
    firsts: dict[str | None, Entry] = {}
    blocks: dict[str | None, list[Entry]] = {}
    for one in entries:
        shared = key(one)
        first = firsts.setdefault(shared, one)
        if first is not one:
            blocks.setdefault(shared, [first]).append(one)
    blocks.pop(None, None)
    return {
        (min(one.id, other.id), max(one.id, other.id)): reason
        for block in blocks.values()
        for one, other in combinations(block, 2)
        if is_worth_it(one, other) and (reason := find_reason(one, other))
    }


@lru_cache(maxsize=8192)
def _heard(family: str) -> str:
    return sound(family)


def _always(_one: Entry, _other: Entry) -> bool:
    return True


def _same_heard(one: Entry, other: Entry) -> bool:
    return _heard(one.family) == _heard(other.family)


def _near_given(one: Entry, other: Entry) -> bool:
    return OSA.distance(one.given, other.given, score_cutoff=2) <= 2


def _near_family(one: Entry, other: Entry) -> bool:
    return OSA.distance(one.family, other.family, score_cutoff=2) <= 2


# A slip cannot change both the beginning and the end of a name: one of the two looks still holds both spellings.
_LOOKS: tuple[tuple[Key, Look], ...] = (
    (lambda one: " ".join(sorted(f"{one.given} {one.family}".split())), _always),
    (lambda one: one.native or None, _always),
    (lambda one: f"{one.email} {one.family}" if one.email else None, _always),
    (lambda one: f"{one.family} {one.given[:2]}", _near_given),
    (lambda one: f"{one.family} {one.given[-2:]}", _near_given),
    (lambda one: f"{one.given} {one.family[:3]}", _near_family),
    (lambda one: f"{one.given} {one.family[-3:]}", _near_family),
    (lambda one: f"{one.given} {rough_sound(one.family)}", _same_heard),
)


def _entries(wanted: ColumnElement[bool]) -> list[Entry]:
    columns = (
        Person.id, Person.folded_given, Person.folded_family, Person.native_name, Person.email, Person.civility,
    )  # fmt: skip
    return [Entry(*row) for row in db.session.execute(select(*columns).where(wanted, IS_CURRENT))]


def _apart() -> set[tuple[int, int]]:
    rows = db.session.execute(select(KnownApart.person_id, KnownApart.other_id))
    return {(one, other) for one, other in rows}


def _loaded(pairs: Iterable[tuple[int, int, str]], apart: set[tuple[int, int]], limit: int) -> list[Pair]:
    kept = []
    for one, other, reason in pairs:
        if (min(one, other), max(one, other)) not in apart:
            kept.append((one, other, reason))
        if len(kept) == limit:
            break
    ids = sorted({id_ for one, other, _reason in kept for id_ in (one, other)})
    people: dict[int, Person] = {}
    for some in in_batches(ids):
        wanted = select(Person).where(Person.id.in_(some))
        loaded = wanted.options(selectinload(Person.mandates).joinedload(Mandate.organisation))
        people |= {one.id: one for one in db.session.scalars(loaded)}
    return [Pair(people[one], people[other], reason) for one, other, reason in kept]


def find_known_apart(one: Person, other: Person) -> KnownApart | None:
    """The note that these are two people, if somebody wrote it."""
    first, second = sorted((one.id, other.id))
    wanted = select(KnownApart).where(KnownApart.person_id == first, KnownApart.other_id == second)
    return db.session.scalar(wanted)


def list_merges_of(person: Person) -> list[Merge]:
    """Merges a person kept or was absorbed by and that stand, the latest first."""
    wanted = select(Merge).where(or_(Merge.kept_id == person.id, Merge.absorbed_id == person.id))
    return list(db.session.scalars(wanted.where(Merge.undone_at.is_(None)).order_by(Merge.id.desc())))


def get_merge(public_id: str) -> Merge:
    """The merge at this address. Raises NotFound."""
    merge = db.session.scalar(select(Merge).where(Merge.public_id == public_id))
    if merge is None:
        raise NotFound
    return merge
