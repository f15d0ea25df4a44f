"""Organisations as people keep them: kind, acronym, other spellings, parent, offices, ways to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import ORGANISATION_KINDS, Mandate, Office, Organisation, OrganisationAlias, Person
from app.directory.offices import find_office
from app.directory.queries import PAGE, find_organisation, organisation_key
from app.errors import NotFound, Refusal
from app.i18n import lazy
from app.text import fold, nfc, search_terms


class NameOfBodyMissing(Refusal):
    """An organisation is called by its name."""

    message = lazy("Please give the name of the organisation.")


class NameTaken(Refusal):
    """A name or another spelling means one organisation."""

    message = lazy("“%(name)s” is already a name of %(other)s. Please choose another, or correct that one.")


class OwnParent(Refusal):
    """An organisation is not part of itself."""

    message = lazy("%(name)s is part of this organisation already. Please choose another parent.")


class OfficeKnown(Refusal):
    """An organisation has an office once."""

    message = lazy("This organisation already has the office “%(title)s”.")


class TitleOfOfficeMissing(Refusal):
    """An office is printed by its title."""

    message = lazy("Please give the title of the office as it is printed.")


@dataclass(frozen=True)
class Body:
    """What is said of an organisation; `aliases` are other spellings, `parent` the name of another one."""

    name: str
    acronym: str = ""
    kind: str = "other"
    parent: str = ""
    country: str = "FR"
    region: str = ""
    aliases: Sequence[str] = ()


def get_organisation(public_id: str) -> Organisation:
    """The organisation at this address. Raises NotFound."""
    body = db.session.scalar(select(Organisation).where(Organisation.public_id == public_id))
    if body is None:
        raise NotFound
    return body


def list_bodies(words: str = "", kind: str = "", page: int = 1) -> list[Organisation]:
    """Organisations whose name, acronym or other spelling holds every word typed, by name, `PAGE` a page."""
    wanted = select(Organisation).where(*_wanted(words, kind)).options(joinedload(Organisation.parent))
    return list(db.session.scalars(wanted.order_by(Organisation.search_key).limit(PAGE).offset((page - 1) * PAGE)))


def count_bodies(words: str = "", kind: str = "") -> int:
    """How many organisations `list_bodies` has."""
    return db.session.scalar(select(func.count()).select_from(Organisation).where(*_wanted(words, kind))) or 0


def _wanted(words: str, kind: str) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [Organisation.kind == kind] if kind else []
    spelt = [_spelt(term) for term in search_terms(words)]
    if spelt:
        parts.append(or_(and_(*spelt), func.lower(Organisation.acronym) == fold(words)))
    return parts


def _spelt(term: str) -> ColumnElement[bool]:
    alias = select(OrganisationAlias.organisation_id).where(
        OrganisationAlias.search_key.contains(term, autoescape=True)
    )
    return or_(Organisation.search_key.contains(term, autoescape=True), Organisation.id.in_(alias))


def list_mandates_at(body: Organisation) -> list[Mandate]:
    """Who holds or held something at an organisation, by name."""
    wanted = (
        select(Mandate)
        .join(Mandate.person)
        .where(Mandate.organisation_id == body.id, Person.merged_into_id.is_(None))
        .options(joinedload(Mandate.person))
    )
    return list(db.session.scalars(wanted.order_by(Person.folded_family, Person.folded_given, Mandate.id)))


def list_parts(body: Organisation) -> list[Organisation]:
    """The organisations whose parent it is."""
    wanted = select(Organisation).where(Organisation.parent_id == body.id)
    return list(db.session.scalars(wanted.options(selectinload(Organisation.aliases)).order_by(Organisation.name)))


def save_organisation(body: Organisation | None, said: Body, *, actor: Actor, at: datetime) -> Organisation:
    """Enter an organisation (None) or correct one. Raises NameOfBodyMissing, NameTaken, OwnParent."""
    name = nfc(said.name).strip()
    if not name:
        raise NameOfBodyMissing
    if said.kind not in ORGANISATION_KINDS:
        raise ValueError(said.kind)
    one, before = body or Organisation(aliases=[], search_key=organisation_key(name)), _told(body)
    _check_name(one, name)
    one.name, one.search_key, one.acronym = name, organisation_key(name), nfc(said.acronym).strip()
    one.kind, one.country, one.region = said.kind, said.country, nfc(said.region).strip()
    one.parent = _parent(one, said.parent)
    _spell(one, said.aliases)
    db.session.add(one)
    db.session.flush()
    action = "organisation.changed" if body else "organisation.added"
    record(actor, action, kind="organisation", id=one.public_id, name=one.name, before=before, after=_told(one), at=at)
    return one


def _check_name(one: Organisation, name: str) -> None:
    with db.session.no_autoflush:
        other = find_organisation(name)
    if other is not None and other is not one and fold(other.acronym) != fold(name):
        raise NameTaken(name=name, other=other.name)


def _parent(one: Organisation, name: str) -> Organisation | None:
    if not name.strip():
        return None
    with db.session.no_autoflush:
        found = find_organisation(name)
    is_itself = organisation_key(name) == one.search_key  # not in the database yet, perhaps
    parent = found or (one if is_itself else Organisation(name=nfc(name).strip(), search_key=organisation_key(name)))
    above: Organisation | None = parent
    while above is not None:
        if above is one:
            raise OwnParent(name=parent.name)
        above = above.parent
    db.session.add(parent)
    return parent


def _spell(one: Organisation, aliases: Sequence[str]) -> None:
    wanted = {organisation_key(text): nfc(text).strip() for text in aliases if text.strip()}
    wanted.pop(one.search_key, None)
    for name in wanted.values():
        _check_name(one, name)
    kept = {alias.search_key: alias for alias in one.aliases}
    one.aliases = [kept.get(key) or OrganisationAlias(name=name, search_key=key) for key, name in wanted.items()]


def add_office(body: Organisation, masculine: str, feminine: str, *, actor: Actor, at: datetime) -> Office:
    """Enter an office of an organisation; one form stands for both when only one is given.

    Raises TitleOfOfficeMissing, OfficeKnown.
    """
    titles = nfc(masculine).strip(), nfc(feminine).strip()
    masculine, feminine = titles[0] or titles[1], titles[1] or titles[0]
    if not masculine:
        raise TitleOfOfficeMissing
    if find_office(body, masculine):
        raise OfficeKnown(title=masculine)
    office = Office(organisation=body, title_masculine=masculine, title_feminine=feminine, key=fold(masculine)[:300])
    db.session.add(office)
    db.session.flush()
    record(
        actor, "office.added", kind="organisation", id=body.public_id, name=body.name,
        after={"title": masculine}, at=at,
    )  # fmt: skip
    return office


def _told(body: Organisation | None) -> dict[str, object]:
    """An organisation's facts for the journal."""
    if body is None:
        return {}
    return {
        "name": body.name, "acronym": body.acronym, "kind": body.kind, "country": body.country, "region": body.region,
        "parent": body.parent.name if body.parent else "", "aliases": [alias.name for alias in body.aliases],
    }  # fmt: skip
