"""The shape of the demonstration's content: plain values that a loader walks in order.

- `key` names a thing inside the demonstration: `SessionFact.roles[].person` is a `PersonFact.key`,
  `SectionFact.session` a `SessionFact.key`, `PersonFact.organisation` an `OrganisationFact.key`,
  `PersonFact.category` a `CategoryFact.key` of the Assises.
- Instants carry the zone `EventFact.timezone`; None means that nobody has said it.
- Order is the order of the tuples: qualities, roles, sessions, interventions, decisions.
- Texts are `Bilingual`; names and qualities stay as printed, in French.
- Letters hold the placeholders {salutation}, {announcement}, {deadline} and {mailbox}.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from app.columns import Bilingual

NOTHING = Bilingual()


@dataclass(frozen=True)
class OrganisationFact:
    """A body; `kind` is one of `app.directory.models.Organisation.kind`."""

    key: str
    name: str
    kind: str
    acronym: str = ""
    parent: str = ""
    country: str = "FR"


@dataclass(frozen=True)
class PersonFact:
    """A public person of the documents, qualities exactly as printed, in their order."""

    key: str
    civility: str
    given: str
    family: str
    qualities: tuple[str, ...]
    organisation: str
    category: str


@dataclass(frozen=True)
class CategoryFact:
    """A group of guests: quota (None: only the event's limit counts), palette 1-12, shape."""

    key: str
    name: Bilingual
    quota: int | None
    palette: int
    shape: str


@dataclass(frozen=True)
class VenueFact:
    """Where it takes place."""

    name: str
    street: str
    postcode: str
    city: str
    directions: Bilingual = NOTHING
    accessibility: Bilingual = NOTHING


@dataclass(frozen=True)
class DeadlineFact:
    """Until when answers are taken; `is_inclusive` says whether they are on the day itself."""

    day: date
    is_inclusive: bool = False
    at: time | None = None


@dataclass(frozen=True)
class RoleFact:
    """What a person does in a session; `qualities` is the snapshot of that day."""

    person: str
    role: str
    qualities: tuple[str, ...]


@dataclass(frozen=True)
class SessionFact:
    """One item of the programme."""

    key: str
    kind: str
    title: Bilingual
    number: int | None = None
    abstract: Bilingual = NOTHING
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    roles: tuple[RoleFact, ...] = ()


@dataclass(frozen=True)
class SignatoryFact:
    """Who signs, with the qualities printed under the name."""

    name: str
    qualities: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterFact:
    """A letter: fields as in `app.letters.models.LetterTemplate`; an empty salutation is personal."""

    kind: str
    issued_on: date
    letterhead: Bilingual
    place: str
    date_style: str
    subject: Bilingual
    body: Bilingual
    closing: Bilingual
    signatories: tuple[SignatoryFact, ...]
    prints_object: bool = False
    salutation: Bilingual = NOTHING
    motto: Bilingual = NOTHING
    heading: Bilingual = NOTHING
    announcement: Bilingual = NOTHING
    has_addressee: bool = True
    dates_itself: bool = False


@dataclass(frozen=True)
class EventFact:
    """One edition: fields as in `app.events.models.Event`."""

    slug: str
    series_slug: str
    series_title: Bilingual
    edition_number: int
    title: Bilingual
    subtitle: Bilingual
    description: Bilingual
    practical: Bilingual
    starts_at: datetime
    ends_at: datetime | None
    date_precision: str
    timezone: str
    venue: VenueFact
    status: str
    organiser: str
    organiser_parent: str
    mailbox: str
    accent: str
    legal_footer: str = ""
    capacity: int | None = None
    id_check: bool = False
    priorities: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    expected: dict[str, int] = field(default_factory=dict)
    has_guest_country: bool = False
    guest_country: str | None = None
    deadline: DeadlineFact | None = None
    categories: tuple[CategoryFact, ...] = ()


@dataclass(frozen=True)
class InterventionFact:
    """What one person said. `is_joint`: said together with the one before, whose text it shares."""

    person: str
    name: str
    qualities: tuple[str, ...]
    text: Bilingual = NOTHING
    is_from_room: bool = False
    is_joint: bool = False


@dataclass(frozen=True)
class SectionFact:
    """The record of one session: framing paragraphs, then interventions in the order of the record."""

    session: str
    narrative: Bilingual
    interventions: tuple[InterventionFact, ...]


@dataclass(frozen=True)
class DecisionFact:
    """An orientation (numbered) or a commitment outside the list (None)."""

    number: int | None
    text: Bilingual


@dataclass(frozen=True)
class MinutesFact:
    """The published record."""

    issued_on: date
    title: Bilingual
    introduction: Bilingual
    decisions: tuple[DecisionFact, ...]
    sections: tuple[SectionFact, ...]
