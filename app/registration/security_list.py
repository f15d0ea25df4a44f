"""The list handed to the security of the venue: locked version by version, never rewritten (domain 2.10, 5.1.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from app.audit.service import Actor, record
from app.codes import new_public_id
from app.database import db, lock_row
from app.directory.protocol import called
from app.errors import Refusal
from app.events.models import Event
from app.events.security import note_list_locked
from app.i18n import in_language, lazy
from app.registration.life_queries import list_details
from app.registration.queries import list_registrations
from app.registration.security_models import SecurityList
from app.registration.security_queries import list_versions
from app.tables import csv_bytes

TITLES = (
    lazy("Civility"), lazy("Surname"), lazy("Given names"), lazy("Organisation"), lazy("Function"), lazy("Category"),
)  # fmt: skip
"""What stands on the list (domain 2.10); nothing else does: no birth date, no number."""

People = Mapping[str, Sequence[str]]


class NobodyToList(Refusal):
    """A list of nobody is not handed over."""

    message = lazy("Nobody has a place yet: there is no list to lock.")


class NothingNew(Refusal):
    """The last version says what is so."""

    message = lazy("Nothing changed since version %(version)s: there is nothing to lock.")


class RecipientMissing(Refusal):
    """Who receives the list stands beside it."""

    message = lazy("Please say to whom the list goes.")
    status = 422


class OutOfDate(Refusal):
    """The page showed another difference than the one that would be locked."""

    message = lazy("Somebody locked a version in the meantime: please look at the difference again.")


@dataclass(frozen=True)
class Change:
    """One line of a difference: "added", "removed" or "changed"; cells in the order of TITLES.

    `before`: the cells of a changed line as they were, empty otherwise.
    """

    kind: str
    cells: Sequence[str]
    before: Sequence[str] = ()

    @property
    def differs(self) -> Sequence[str]:
        """What the cells that changed said before."""
        return [old or "–" for old, new in zip(self.before, self.cells, strict=False) if old != new]


def lock(event: Event, *, recipient: str, seen: int, language: str, actor: Actor, at: datetime) -> SecurityList:
    """Freeze who comes as the next version; after the first, whoever comes instead waits for the organiser.

    `seen`: number of the last version the person had before them, 0 for none. `language`: of titles and categories.
    Raises RecipientMissing, OutOfDate, NobodyToList, NothingNew.
    """
    if not recipient.strip():
        raise RecipientMissing
    lock_row(event)
    last = next(iter(list_versions(event)), None)
    if (last.version if last else 0) != seen:
        raise OutOfDate
    people = people_of(event, last.language if last else language)
    if last is None and not people:
        raise NobodyToList
    if last and not changes_between(last.people, people):
        raise NothingNew(version=last.version)
    made = _frozen(event, last, people, language, at)
    made.locked_by, made.recipient = actor.name[:200], recipient.strip()[:300]
    db.session.add(made)
    if event.list_locked_at is None:
        note_list_locked(event, at)
    _record(event, made, changes_between(last.people if last else {}, people), actor, at)
    db.session.flush()
    return made


def people_of(event: Event, language: str) -> dict[str, list[str]]:
    """Everyone with a place, by address of the registration, by name: the cells of TITLES.

    Names are those of the identity document where they were told.
    """
    details, found = list_details(event), {}
    for one in list_registrations(event, state="confirmed"):
        said, person = details.get(one.id), one.person
        family = (said.document_family_name if said else "") or person.family_name
        given = (said.document_given_name if said else "") or person.given_name
        function = " ; ".join(quality for quality in one.qualities if quality)
        category = one.category.name.get(language)
        civility = called(person.civility, "", language)
        found[one.public_id] = [civility, family, given, one.organisation, function, category]
    return found


def changes_between(before: People, after: People) -> list[Change]:
    """What was added, removed and changed from one version to another, in this order, by name."""
    added = [Change("added", after[key]) for key in after if key not in before]
    removed = [Change("removed", before[key]) for key in before if key not in after]
    kept = [key for key in after if key in before and list(before[key]) != list(after[key])]
    changed = [Change("changed", after[key], before[key]) for key in kept]
    return [*_by_name(added), *_by_name(removed), *_by_name(changed)]


def changes_since_last(event: Event) -> list[Change]:
    """What changed since the last version was locked; nothing while none is."""
    last = next(iter(list_versions(event)), None)
    return changes_between(last.people, people_of(event, last.language)) if last else []


def count_changes(event: Event) -> int:
    """How many lines differ from the last version; nothing is asked of the database while none is locked."""
    return len(changes_since_last(event)) if event.list_locked_at else 0


def file_of(one: SecurityList) -> bytes:
    """The whole version as CSV, the same to the byte each time; its SHA-256 is the digest."""
    return _file(one.titles, one.people, one.language)


def is_intact(one: SecurityList) -> bool:
    """Whether the lines are those that were locked."""
    return sha256(file_of(one)).hexdigest() == one.digest


def rows_of(people: People) -> list[Sequence[str]]:
    """The lines of a version, by name."""
    return sorted(people.values(), key=lambda cells: (cells[1].casefold(), cells[2].casefold(), *cells))


def _by_name(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda one: (one.cells[1].casefold(), one.cells[2].casefold()))


def _file(titles: Sequence[str], people: People, language: str) -> bytes:
    return csv_bytes(titles, rows_of(people), language)


def _frozen(
    event: Event, last: SecurityList | None, people: dict[str, list[str]], language: str, at: datetime
) -> SecurityList:
    """The next version, in the words of the first."""
    spoken = last.language if last else language
    with in_language(spoken):
        titles = last.titles if last else tuple(str(title) for title in TITLES)
    return SecurityList(
        public_id=new_public_id(), event_id=event.id, version=last.version + 1 if last else 1, locked_at=at,
        language=spoken, titles=titles, people=people, digest=sha256(_file(titles, people, spoken)).hexdigest(),
    )  # fmt: skip


def _record(event: Event, made: SecurityList, changes: Sequence[Change], actor: Actor, at: datetime) -> None:
    counts = {kind: sum(one.kind == kind for one in changes) for kind in ("added", "removed", "changed")}
    record(
        actor, "security_list.locked", kind="event", id=event.public_id, name=str(made.version),
        topic=event.public_id, at=at,
        after={"version": made.version, "recipient": made.recipient, "digest": made.digest, **counts},
    )  # fmt: skip
