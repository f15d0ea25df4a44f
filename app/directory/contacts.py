"""More ways to reach a person or an organisation. An address is nobody's key: a secretariat's serves several."""

from datetime import datetime

from sqlalchemy import func, or_, select

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import CONTACT_KINDS, ContactPoint, Organisation, Person
from app.directory.queries import IS_CURRENT
from app.errors import NotFound, Refusal
from app.i18n import lazy
from app.text import nfc

Owner = Person | Organisation


class NoWayToReach(Refusal):
    """A contact point holds an address or a number."""

    message = lazy("Please give the address or the number.")


class NotAnAddress(Refusal):
    """Mail goes to an address."""

    message = lazy("“%(value)s” is not an e-mail address.")


def list_people_behind(email: str) -> list[Person]:
    """Everyone reached at this mailbox: five elected people may share one."""
    wanted = email.strip().lower()
    if not wanted:
        return []
    points = select(ContactPoint.person_id).where(
        func.lower(ContactPoint.value) == wanted, ContactPoint.kind == "email"
    )
    people = select(Person).where(IS_CURRENT, or_(func.lower(Person.email) == wanted, Person.id.in_(points)))
    return list(db.session.scalars(people.order_by(Person.folded_family, Person.folded_given, Person.id)))


def get_contact_point(owner: Owner, public_id: str) -> ContactPoint:
    """One of the owner's contact points. Raises NotFound."""
    found = next((one for one in owner.contact_points if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def add_contact_point(
    owner: Owner, kind: str, value: str, label: str = "", *, actor: Actor, at: datetime
) -> ContactPoint:
    """One more way to reach someone, last in the order. Raises NoWayToReach, NotAnAddress."""
    if kind not in CONTACT_KINDS:
        raise ValueError(kind)
    value = nfc(value).strip()
    if not value:
        raise NoWayToReach
    if kind == "email" and ("@" not in value[1:-1] or " " in value):
        raise NotAnAddress(value=value)
    point = ContactPoint(
        kind=kind, value=value[:500], label=nfc(label).strip()[:120], position=len(owner.contact_points) + 1
    )
    owner.contact_points.append(point)
    db.session.flush()
    _note("contact.added", owner, point, actor, at)
    return point


def remove_contact_point(owner: Owner, point: ContactPoint, *, actor: Actor, at: datetime) -> None:
    """Forget a way to reach someone."""
    _note("contact.removed", owner, point, actor, at)
    owner.contact_points.remove(point)


def make_main(person: Person, point: ContactPoint, *, actor: Actor, at: datetime) -> None:
    """Write to this mailbox, or ring this number, from now on; the one before becomes the contact point.

    Invitations already made keep their address.
    """
    if point.kind not in {"email", "phone"}:
        raise ValueError(point.kind)
    before = getattr(person, point.kind)
    setattr(person, point.kind, point.value[:254] if point.kind == "email" else point.value[:40])
    _note("contact.made_main", person, point, actor, at)
    if before:
        point.value, point.label = before, ""
    else:
        person.contact_points.remove(point)


def _note(action: str, owner: Owner, point: ContactPoint, actor: Actor, at: datetime) -> None:
    is_person = isinstance(owner, Person)
    record(
        actor, action, kind="person" if is_person else "organisation", id=owner.public_id,
        name=owner.full_name if isinstance(owner, Person) else owner.name,
        after={"kind": point.kind, "value": point.value, "label": point.label}, at=at,
    )  # fmt: skip
