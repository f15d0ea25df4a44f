"""From badges to what is drawn of them: plain values, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale

import badges
from app.badging.content import list_camera_shy
from app.badging.desks import share_out
from app.badging.layout import Layout
from app.badging.models import Badge
from app.badging.personal import appointments
from app.events.models import Event
from app.i18n import _, in_language
from app.invitations.delegation_queries import list_delegations
from app.palette import CATEGORY_COLOURS
from app.registration.words import MEMBER_ROLES


@dataclass(frozen=True)
class Beside:
    """What badges show that is not on their registration, by registration or person id."""

    no_photo: frozenset[int] = frozenset()
    delegations: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)
    desks: Mapping[int, str] = field(default_factory=dict)
    programmes: Mapping[int, tuple[badges.Appointment, ...]] = field(default_factory=dict)


def list_faces(
    event: Event, printed: Sequence[Badge], layout: Layout, drawn: Mapping[int, bytes] | None = None
) -> list[badges.BadgeFace]:
    """The faces of `printed`, in their order. `drawn`: QRs drawn but not stored yet, by badge id."""
    with in_language(layout.language):
        beside = _beside(event, printed, layout)
        return [face(badge, layout.language, (drawn or {}).get(badge.id), beside) for badge in printed]


def face(badge: Badge, language: str, matrix: bytes | None = None, beside: Beside | None = None) -> badges.BadgeFace:
    """What is printed on a badge, as plain values for the drawing. `matrix`: its QR, if just drawn."""
    registration, person = badge.registration, badge.registration.person
    category, more = registration.category, beside or Beside()
    delegation = more.delegations.get(person.id, "")
    desk = more.desks.get(registration.id, "")
    return badges.BadgeFace(
        name_given=person.given_name,
        name_family=person.family_name.upper(),
        native_name=person.native_name,
        qualities=tuple(quality for quality in registration.qualities if quality)[:3],
        organisation=registration.organisation,
        category=category.name.get(language),
        colour=CATEGORY_COLOURS[category.palette - 1],
        shape=category.shape,
        country=country_words(person.country, language),
        code=badge.code,
        short_code=spaced(badge.short_code),
        matrix=matrix or badge.matrix or badges.qr_matrix(badge.code),
        no_photo=_("No photo") if registration.id in more.no_photo else "",
        marks=tuple(mark for mark in (more.marks.get(person.id, ""),) if mark),
        languages=tuple(code.upper() for code in person.spoken),
        zone=registration.zone,
        programme=more.programmes.get(registration.id, ()),
        delegation=delegation,
        desk=desk,
        collection=delegation or desk,
    )


def spaced(short_code: str) -> str:
    """The short code in two groups of four, as people read it aloud."""
    return f"{short_code[:4]} {short_code[4:]}"


def _beside(event: Event, printed: Sequence[Badge], layout: Layout) -> Beside:
    delegations, marks = _delegations(event)
    needs_desks = layout.sort in {"desk", "collection"}
    needs_programme = layout.look.folded or bool(layout.duplex)
    return Beside(
        no_photo=frozenset(list_camera_shy(event)),
        delegations=delegations,
        marks=marks,
        desks=share_out([badge.registration for badge in printed], layout.desks) if needs_desks else {},
        programmes=appointments(event, printed, layout.language) if needs_programme else {},
    )


def _delegations(event: Event) -> tuple[dict[int, str], dict[int, str]]:
    """By person id: the delegation they come with, and the word of those who support one (interpreter, driver)."""
    members = [(one, member) for one in list_delegations(event) for member in one.members if member.person_id]
    names = {member.person_id or 0: one.name for one, member in members}
    support = {m.person_id or 0: str(MEMBER_ROLES[m.role]) for _one, m in members if m.role not in {"head", "member"}}
    return names, support


def country_words(code: str, language: str) -> str:
    """The country in words; nothing for France, where the events take place."""
    if code in {"", "FR"}:
        return ""
    return str(Locale(language).territories.get(code, code))
