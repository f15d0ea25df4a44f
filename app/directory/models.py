"""People and organisations, across editions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Connection, ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column, relationship

from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.directory.names import WORD_LENGTH, split_particle, words_of

ORGANISATION_KINDS = (
    "ministry", "assembly", "region", "department", "intercommunality", "commune", "association", "operator",
    "network", "embassy", "foreign_authority", "company", "press", "other",
)  # fmt: skip
CONTACT_KINDS = ("email", "phone", "post", "web")
OVERRIDES = ("form_of_address", "consideration", "rank")
# Ordered by bytes on both databases, so that the words that begin alike are one range of the index.
_WORD = String(WORD_LENGTH).with_variant(String(WORD_LENGTH, collation="C"), "postgresql")
_OWN = "all, delete-orphan"
_MERGED = text("merged_into_id IS NOT NULL")


class Organisation(db.Model, Addressed):
    """A public body, an association, a company…"""

    __tablename__ = "organisation"
    __retention__ = "while a mandate or an event refers to it"

    name: Mapped[str] = mapped_column(String(300))
    acronym: Mapped[str] = mapped_column(String(40), default="")
    # One of ORGANISATION_KINDS.
    kind: Mapped[str] = mapped_column(String(20), default="other")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    # ISO 3166-1 alpha-2.
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # As written, e.g. "Bretagne"; empty where it says nothing.
    region: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # app.text.search_key of name and acronym; unique so that a list names an organisation once.
    search_key: Mapped[str] = mapped_column(String(700), unique=True)
    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    aliases: Mapped[list["OrganisationAlias"]] = relationship(
        order_by="OrganisationAlias.name", cascade="all, delete-orphan", back_populates="organisation"
    )
    contact_points: Mapped[list["ContactPoint"]] = relationship(order_by="ContactPoint.position", cascade=_OWN)


class OrganisationAlias(db.Model, Row):
    """Another way a list writes an organisation: an acronym, a former name, a usual spelling."""

    __tablename__ = "organisation_alias"
    __retention__ = "with its organisation"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    # As Organisation.search_key.
    search_key: Mapped[str] = mapped_column(String(700), unique=True)
    organisation: Mapped[Organisation] = relationship(back_populates="aliases")


class Office(db.Model, Addressed):
    """A function that one person at a time holds at an organisation: "the mayor of Sceaux, whoever it is"."""

    __tablename__ = "office"
    __retention__ = "with its organisation"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    # As printed, e.g. "Maire de Sceaux" for both; "Président de Cités Unies France", "Présidente de …".
    title_masculine: Mapped[str] = mapped_column(String(300))
    title_feminine: Mapped[str] = mapped_column(String(300))
    # app.text.fold of the masculine title: an organisation has an office once.
    key: Mapped[str] = mapped_column(String(300))
    organisation: Mapped[Organisation] = relationship()

    def title_for(self, civility: str) -> str:
        """As printed for a holder of that civility; both forms when it is not known."""
        if civility == "Mme" or self.title_feminine == self.title_masculine:
            return self.title_feminine
        return self.title_masculine if civility == "M" else f"{self.title_feminine} / {self.title_masculine}"


class Person(db.Model, Addressed):
    """A human being. The e-mail address is no key: a secretariat serves several people."""

    __tablename__ = "person"
    __retention__ = "three years after the last event the person was invited to"
    __table_args__ = (
        CheckConstraint("civility IN ('','M','Mme')", name="civility"),
        Index("ix_person_names", "folded_family", "folded_given"),
        # Of the few merged ones only: else SQLite takes it for everyone else and sorts them anew.
        Index("ix_person_merged_into_id", "merged_into_id", sqlite_where=_MERGED, postgresql_where=_MERGED),
    )

    civility: Mapped[str] = mapped_column(String(4), default="")
    # Latin script, NFC, as typed; either may be empty, not both.
    given_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120), default="")
    # The whole name in its own script, e.g. "محمد عبد الرحمن"; empty when Latin is its own.
    native_name: Mapped[str] = mapped_column(String(200), default="")
    # Other spellings by which the person is found, never printed.
    aliases: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    # Language the person is written to.
    language: Mapped[str] = mapped_column(String(2), default="fr")
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # Languages the person speaks, as the badge prints them, in their order: ISO 639-1, at most MOST_SPOKEN.
    spoken: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    # app.text.fold of each name: finding namesakes. search_key: finding by typing.
    folded_given: Mapped[str] = mapped_column(String(240), default="")
    folded_family: Mapped[str] = mapped_column(String(240), default="")
    search_key: Mapped[str] = mapped_column(String(900), default="")
    # The entry this one turned out to be; it is then no longer proposed anywhere, and kept to be undone.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    mandates: Mapped[list["Mandate"]] = relationship(
        back_populates="person", order_by="Mandate.position", cascade="all, delete-orphan"
    )
    contact_points: Mapped[list["ContactPoint"]] = relationship(order_by="ContactPoint.position", cascade=_OWN)
    presentations: Mapped[list["Presentation"]] = relationship(
        back_populates="person", order_by="Presentation.id", cascade="all, delete-orphan"
    )

    @property
    def full_name(self) -> str:
        """Given name, then surname, as typed."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def formal_name(self) -> str:
        """As a programme prints it: given name, then SURNAME in capitals, its particle as typed."""
        particle, name = split_particle(self.family_name)
        return f"{self.given_name} {particle}{name.upper()}".strip()


class NameWord(db.Model):
    """The words of a person's search_key, one row each: what makes typing a name find it at once."""

    __tablename__ = "name_word"
    __retention__ = "with its person"

    word: Mapped[str] = mapped_column(_WORD, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


@event.listens_for(Person, "after_insert")
@event.listens_for(Person, "after_update")
def _index_words(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    """The index follows the person in the same flush, whoever writes."""
    if not attributes.get_history(person, "search_key").has_changes():
        return
    table = NameWord.__table__
    connection.execute(table.delete().where(table.c.person_id == person.id))
    rows = [{"word": word, "person_id": person.id} for word in words_of(person.search_key or "")]
    if rows:
        connection.execute(table.insert(), rows)


class Mandate(db.Model, Row):
    """An office a person holds: title and organisation, ordered, dated."""

    __tablename__ = "mandate"
    __retention__ = "with its person"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    # The office held, when others hold it before and after.
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id", ondelete="SET NULL"), index=True)
    # As printed, e.g. "Premier Vice-président de la région Bretagne".
    title: Mapped[str] = mapped_column(String(300))
    # Order of printing, from 1.
    position: Mapped[int] = mapped_column(default=1)
    # First and last day; None: not known, or still held.
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    # First election to this kind of office, interruptions ignored: rank among equals.
    seniority_from: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="mandates")
    organisation: Mapped[Organisation | None] = relationship()
    office: Mapped[Office | None] = relationship()

    def is_held_on(self, day: date) -> bool:
        """Whether the mandate runs on that day; a date not known excludes nothing."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class ContactPoint(db.Model, Addressed):
    """One more way to reach a person or an organisation; a secretariat's mailbox serves several."""

    __tablename__ = "contact_point"
    __retention__ = "with its person or its organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('email','phone','post','web')", name="kind"),
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="owner"),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    # An address, a number, or the lines of a postal address.
    value: Mapped[str] = mapped_column(String(500), index=True)
    # Whose it is: "Secrétariat particulier", "Direct line".
    label: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=1)


class Presentation(db.Model, Addressed):
    """An order of one's own in which a person's mandates are printed for some uses: a letter, an association."""

    __tablename__ = "presentation"
    __retention__ = "with its person"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # What it is for, e.g. "Courriers de Cités Unies France".
    name: Mapped[str] = mapped_column(String(120))
    person: Mapped[Person] = relationship(back_populates="presentations")
    lines: Mapped[list["PresentationLine"]] = relationship(
        order_by="PresentationLine.position", cascade="all, delete-orphan"
    )


class PresentationLine(db.Model, Row):
    """A mandate in a presentation; two on one printed line read "Maire de X et Président de Y"."""

    __tablename__ = "presentation_line"
    __retention__ = "with its person"

    presentation_id: Mapped[int] = mapped_column(ForeignKey("presentation.id", ondelete="CASCADE"), index=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # Which printed line, from 1: mandates of one line are joined.
    line: Mapped[int]
    mandate: Mapped[Mandate] = relationship()


class ProtocolOverride(db.Model, Addressed):
    """Someone decided otherwise than the rule, for a person everywhere or on one list, and says why."""

    __tablename__ = "protocol_override"
    __retention__ = "with its person"
    __table_args__ = (
        UniqueConstraint("person_id", "scope", "kind", "language"),
        CheckConstraint("kind IN ('form_of_address','consideration','rank')", name="kind"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # Public id of the event whose list it holds for; empty: everywhere.
    scope: Mapped[str] = mapped_column(String(26), default="")
    kind: Mapped[str] = mapped_column(String(16))
    # Language of the value; empty for a rank.
    language: Mapped[str] = mapped_column(String(2), default="")
    # "Madame le Maire", "haute considération", or a rank as digits.
    value: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))
    author_id: Mapped[str] = mapped_column(String(64), default="")
    author_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    person: Mapped[Person] = relationship()


class Merge(db.Model, Addressed):
    """Two entries were said to be one person; what moved is written down, so that it can move back."""

    __tablename__ = "merge"
    __retention__ = "with the entry that was kept"
    __table_args__ = (CheckConstraint("kept_id <> absorbed_id", name="two"),)

    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    absorbed_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[str] = mapped_column(String(64), default="")
    author_name: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What the kept entry said before, by column.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Rows that followed, by name of their table: what the room that owns them needs to move them back.
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    kept: Mapped[Person] = relationship(foreign_keys=[kept_id])
    absorbed: Mapped[Person] = relationship(foreign_keys=[absorbed_id])


class KnownApart(db.Model, Row):
    """Somebody looked at two entries and said: two people. They are not proposed again."""

    __tablename__ = "known_apart"
    __retention__ = "with either person"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id < other_id", name="ordered"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    author_name: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
