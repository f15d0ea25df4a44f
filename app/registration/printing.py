"""How a guest is printed: function and organisation, and the name on the identity document.

Before the day its category is frozen a change changes what is printed; from that day on it is kept beside,
and the desk is told of the difference, for the badge says what it said when it was printed.
"""

from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.database import db, lock_row
from app.errors import Refusal
from app.events.asking import is_frozen
from app.i18n import lazy
from app.registration.life import RegistrationDetail
from app.registration.life_queries import find_detail
from app.registration.models import Registration
from app.text import nfc

MOST_LINES = 4


class TooManyLines(Refusal):
    """A badge holds so many lines."""

    message = lazy("At most %(lines)s functions fit, one a line. Please keep those that matter here.")
    status = 422


class DocumentNameMissing(Refusal):
    """The venue holds the list against the document."""

    message = lazy("Please give the name exactly as on the identity document: the entrance compares it.")
    status = 422


@dataclass(frozen=True)
class Printed:
    """What is printed, and the name on the document (None: not asked, left as it is)."""

    qualities: tuple[str, ...] = ()
    organisation: str = ""
    document_names: tuple[str, str] | None = None

    def cleaned(self) -> "Printed":
        """The same without empty lines. Raises TooManyLines, DocumentNameMissing."""
        lines = tuple(line[:300] for quality in self.qualities if (line := " ".join(nfc(quality).split())))
        if len(lines) > MOST_LINES:
            raise TooManyLines(lines=MOST_LINES)
        names = self.document_names
        if names is not None:
            names = (" ".join(nfc(names[0]).split())[:120], " ".join(nfc(names[1]).split())[:120])
            if not names[1] and not names[0]:
                raise DocumentNameMissing
        return Printed(lines, " ".join(nfc(self.organisation).split())[:300], names)


def wished(registration: Registration, detail: RegistrationDetail | None) -> Printed:
    """What the guest last asked to have printed: the later one when there is one."""
    person = registration.person
    names = (person.given_name, person.family_name)
    if detail and detail.document_name:
        names = (detail.document_given_name, detail.document_family_name)
    if detail and detail.later_at:
        return Printed(detail.later_qualities, detail.later_organisation, names)
    return Printed(registration.qualities, registration.organisation, names)


def print_as(registration: Registration, wanted: Printed, *, actor: Actor, at: datetime, may_thaw: bool = False) -> str:
    """Have a guest printed otherwise. Answers "same", "changed", or "kept_aside" after the freeze.

    `may_thaw`: an organiser has it printed all the same. Raises TooManyLines, DocumentNameMissing.
    """
    lock_row(registration)
    wanted = wanted.cleaned()
    detail = find_detail(registration.id)
    has_other_name = _set_document(registration, detail, wanted)
    before = (registration.qualities, registration.organisation)
    asked = (wanted.qualities, wanted.organisation)
    if not may_thaw and is_frozen(registration.category, at):
        done = _keep_aside(registration, before, asked, at)
    else:
        done = _print(registration, before, asked, at)
    if done != "same" or has_other_name:
        done = "changed" if done == "same" else done
        _record(registration, done, before, asked, actor, at)
    return done


def set_aside(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Forget the later function: what is printed stays what it is."""
    lock_row(registration)
    detail = find_detail(registration.id)
    if detail is None or detail.later_at is None:
        return
    asked = (detail.later_qualities, detail.later_organisation)
    _forget_later(detail)
    _record(registration, "set_aside", (registration.qualities, registration.organisation), asked, actor, at)


def _detail_of(registration: Registration) -> RegistrationDetail:
    detail = find_detail(registration.id)
    if detail is None:
        detail = RegistrationDetail(registration_id=registration.id)
        db.session.add(detail)
    return detail


def _set_document(registration: Registration, detail: RegistrationDetail | None, wanted: Printed) -> bool:
    names, person = wanted.document_names, registration.person
    if names is None:
        return False
    kept = ("", "") if names == (person.given_name, person.family_name) else names
    held = (detail.document_given_name, detail.document_family_name) if detail else ("", "")
    if kept == held:
        return False
    detail = _detail_of(registration)
    detail.document_given_name, detail.document_family_name = kept
    db.session.flush()
    return True


Lines = tuple[tuple[str, ...], str]


def _keep_aside(registration: Registration, before: Lines, asked: Lines, at: datetime) -> str:
    detail = find_detail(registration.id)
    held = (detail.later_qualities, detail.later_organisation) if detail and detail.later_at else before
    if asked == held:
        return "same"
    detail = _detail_of(registration)
    if asked == before:
        _forget_later(detail)
        return "changed"
    detail.later_qualities, detail.later_organisation = asked
    detail.later_at = at
    db.session.flush()
    return "kept_aside"


def _print(registration: Registration, before: Lines, asked: Lines, at: datetime) -> str:
    detail = find_detail(registration.id)
    had_later = detail is not None and detail.later_at is not None
    if detail is not None and had_later:
        _forget_later(detail)
    if asked == before:
        return "changed" if had_later else "same"
    registration.qualities, registration.organisation = asked
    registration.changed_at = at
    db.session.flush()
    return "changed"


def _forget_later(detail: RegistrationDetail) -> None:
    detail.later_qualities, detail.later_organisation, detail.later_at = (), "", None
    db.session.flush()


def _record(registration: Registration, done: str, before: Lines, asked: Lines, actor: Actor, at: datetime) -> None:
    record(
        actor, f"registration.printed_{done}", kind="registration", id=registration.public_id,
        name=registration.person.full_name, topic=registration.event.public_id, at=at,
        before={"functions": list(before[0]), "organisation": before[1]},
        after={"functions": list(asked[0]), "organisation": asked[1]},
    )  # fmt: skip
