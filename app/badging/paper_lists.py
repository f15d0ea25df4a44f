"""Lists on paper: signatures by half-day, the desk when everything is down, addresses, packs of delegations."""

from collections.abc import Sequence
from typing import TypeVar

import badges
from app.badging.asked import Asked, NothingToPrint
from app.badging.content import list_camera_shy
from app.badging.faces import country_words, list_faces, spaced
from app.badging.half_days import half_days
from app.badging.layout import Layout
from app.badging.models import Badge
from app.badging.printing import badge_jobs, event_texts
from app.badging.queries import list_active_badges, list_delegation_badges
from app.clock import now
from app.directory.protocol import courtesy_title
from app.events.models import Event
from app.events.words import event_when, short_instant
from app.i18n import _, ngettext
from app.invitations.delegation import Delegation, DelegationMember
from app.invitations.delegation_queries import list_delegations
from app.palette import CATEGORY_COLOURS
from app.registration.models import Registration
from app.registration.queries import list_registrations
from app.registration.words import MEMBER_ROLES

# Rows of a list in one file: a longer one is drawn in parts, whatever its length, with the memory of one.
PART = 1000
Row = TypeVar("Row", badges.AttendanceRow, badges.DeskRow)


def attendance(event: Event, asked: Asked) -> list[badges.Drawing]:
    """The sheet to sign, category by category (CGCT L2123-18: proof of attendance). Raises NothingToPrint."""
    rows = []
    for category in event.categories:
        if asked.who in {"", category.key}:
            guests = list_registrations(event, state="confirmed", category=category.key)
            rows += [_signer(one, category.name.get(asked.language)) for one in guests]
    if not rows and not asked.blank_rows:
        raise NothingToPrint
    words, texts, parts = tuple(one.words for one in half_days(event)), event_texts(event, asked.language), _parts(rows)
    jobs = []
    for number, part in enumerate(parts, start=1):
        sheet = badges.AttendanceSheet(
            _listed(event, _("Attendance sheet"), *_part_words(number, parts)), part, words, _("Name"),
            _("Organisation"), _("For the organiser, name and signature"),
            asked.blank_rows if number == len(parts) else 0,
        )  # fmt: skip
        jobs.append(badges.attendance_sheet(sheet, texts))
    return jobs


def desk(event: Event, asked: Asked) -> list[badges.Drawing]:
    """Everyone with a place, to tick at the door without any machine. Raises NothingToPrint."""
    shy = list_camera_shy(event)
    rows = [_desk_row(badge, asked.language, badge.registration_id in shy) for badge in list_active_badges(event)]
    if not rows:
        raise NothingToPrint
    heads = (_("Arrived"), _("Name"), _("Organisation"), _("Category"), _("Code"))
    texts, parts, everyone = event_texts(event, asked.language), _parts(rows), _people(len(rows))
    jobs = []
    for number, part in enumerate(parts, start=1):
        listed = _listed(event, _("Desk list on paper"), everyone, *_part_words(number, parts))
        jobs.append(badges.desk_list(badges.DeskList(listed, part, heads, _("Hour")), texts))
    return jobs


def labels(event: Event, asked: Asked) -> list[badges.Drawing]:
    """An address for each guest with a place: name, function, organisation. Raises NothingToPrint."""
    guests = list_registrations(event, state="confirmed", category=asked.who)
    if not guests:
        raise NothingToPrint
    told = [badges.EnvelopeLabel(_address(one, asked.language)) for one in guests]
    placing = badges.Placing(start=asked.start)
    return badges.envelope_labels(told, event_texts(event, asked.language), sheet=asked.sheet, placing=placing)


def packs(event: Event, asked: Asked) -> list[badges.Drawing]:
    """For each delegation its cover, then its badges in the order of its list. Raises NothingToPrint."""
    jobs: list[badges.Drawing] = []
    texts = event_texts(event, asked.language)
    layout = Layout(design=asked.design, language=asked.language)
    for delegation in list_delegations(event):
        inside = list_delegation_badges(delegation)
        if inside:
            jobs += badges.delegation_covers([_cover(event, delegation, inside, asked.language)], texts)
            jobs += badge_jobs(event, list_faces(event, inside, layout), layout)
    if not jobs:
        raise NothingToPrint
    return jobs


def _parts(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """The rows, so many at a time; one empty part when there are none."""
    return [tuple(rows[start : start + PART]) for start in range(0, max(1, len(rows)), PART)]


def _part_words(number: int, parts: Sequence[Sequence[badges.AttendanceRow | badges.DeskRow]]) -> tuple[str, ...]:
    """Which part of a long list this is, and between which names; nothing for the only one."""
    if len(parts) == 1:
        return ()
    rows = parts[number - 1]
    names = {"first": rows[0].name, "last": rows[-1].name}
    return (_("Part %(number)s of %(parts)s: %(first)s to %(last)s", number=number, parts=len(parts), **names),)


def _listed(event: Event, title: str, *more: str) -> badges.Listed:
    """Head and foot of a list."""
    made = _("As of %(when)s", when=short_instant(now(), event))
    place = event.venue.name if event.venue else ""
    facts = tuple(one for one in (event_when(event), place, *more, made) if one)
    return badges.Listed(title, facts, _("Page {page} of {pages}"))


def _people(number: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", number)


def _sorted_name(registration: Registration) -> str:
    person = registration.person
    return f"{person.family_name.upper()} {person.given_name}".strip()


def _signer(registration: Registration, group: str) -> badges.AttendanceRow:
    quality = next((one for one in registration.qualities if one), "")
    return badges.AttendanceRow(_sorted_name(registration), quality, registration.organisation, group)


def _desk_row(badge: Badge, language: str, no_photo: bool) -> badges.DeskRow:
    registration, category = badge.registration, badge.registration.category
    return badges.DeskRow(
        name=_sorted_name(registration), organisation=registration.organisation, category=category.name.get(language),
        colour=CATEGORY_COLOURS[category.palette - 1], shape=category.shape, short_code=spaced(badge.short_code),
        native_name=registration.person.native_name,
        quality=next((one for one in registration.qualities if one), ""),
        marks=(_("No photo"),) if no_photo else (),
    )  # fmt: skip


def _address(registration: Registration, language: str) -> tuple[str, ...]:
    person = registration.person
    name = f"{courtesy_title(person.civility, language)} {person.given_name} {person.family_name.upper()}"
    qualities = [one for one in registration.qualities if one][:2]
    told = " ".join(qualities)
    last = registration.organisation if registration.organisation not in told else ""
    return tuple(one for one in (" ".join(name.split()), *qualities, last) if one)


def _cover(event: Event, delegation: Delegation, inside: list[Badge], language: str) -> badges.DelegationCover:
    codes = {badge.registration.person_id: spaced(badge.short_code) for badge in inside}
    members = tuple(_member(one, codes[one.person_id]) for one in delegation.members if one.person_id in codes)
    facts = ((_("Contact"), delegation.contact_name), (_("E-mail"), delegation.contact_email),
             (_("Badges inside"), str(len(inside))))  # fmt: skip
    heads = (_("Handed over"), _("Name"), _("Function"), _("Code"))
    return badges.DelegationCover(
        _listed(event, _("Pack of a delegation")), delegation.name, country_words(delegation.country, language),
        tuple(fact for fact in facts if fact[1]), members, heads, _("Received by, name and signature"),
    )  # fmt: skip


def _member(member: DelegationMember, code: str) -> badges.PackMember:
    mark = "" if member.role == "member" else str(MEMBER_ROLES[member.role])
    return badges.PackMember(member.full_name, member.quality, mark, code)
