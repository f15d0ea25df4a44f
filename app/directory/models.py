"""People and organisations, across editions."""

import re
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db

# Particles stay in lower case when they are typed so: "Marta de CIDRAC", "Anna von HOHENBERG".
_PARTICLE = re.compile(r"((?:(?:de|du|des|von|van|der|den|zu|di|da|do|dos|del|della) |d['’])+)(?=\S)")


def _particle(surname: str) -> tuple[str, str]:
    found = _PARTICLE.match(surname)
    return (found.group(), surname[found.end() :]) if found else ("", surname)


class Organisation(db.Model, Addressed):
    """A public body, an association, a company…"""

    __tablename__ = "organisation"
    __retention__ = "while a mandate or an event refers to it"

    name: Mapped[str] = mapped_column(String(300))
    acronym: Mapped[str] = mapped_column(String(40), default="")
    # ministry, assembly, region, department, intercommunality, commune, association, operator,
    # network, embassy, foreign_authority, company, press, other
    kind: Mapped[str] = mapped_column(String(20), default="other")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    # ISO 3166-1 alpha-2.
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # app.text.search_key of name and acronym; unique so that a list names an organisation once.
    search_key: Mapped[str] = mapped_column(String(700), unique=True)


class Person(db.Model, Addressed):
    """A human being. The e-mail address is no key: a secretariat serves several people."""

    __tablename__ = "person"
    __retention__ = "three years after the last event the person was invited to"
    __table_args__ = (
        CheckConstraint("civility IN ('','M','Mme')", name="civility"),
        Index("ix_person_names", "folded_family", "folded_given"),
    )

    civility: Mapped[str] = mapped_column(String(4), default="")
    # Latin script, NFC, as typed; either may be empty, not both.
    given_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120), default="")
    # The whole name in its own script, e.g. "محمد عبد الرحمن"; empty when Latin is its own.
    native_name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    # Language the person is written to.
    language: Mapped[str] = mapped_column(String(2), default="fr")
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # app.text.fold of each name: finding namesakes. search_key: finding by typing.
    folded_given: Mapped[str] = mapped_column(String(240), default="")
    folded_family: Mapped[str] = mapped_column(String(240), default="")
    search_key: Mapped[str] = mapped_column(String(900), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    mandates: Mapped[list["Mandate"]] = relationship(
        back_populates="person", order_by="Mandate.position", cascade="all, delete-orphan"
    )

    @property
    def full_name(self) -> str:
        """Given name, then surname, as typed."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def formal_name(self) -> str:
        """As a programme prints it: given name, then SURNAME in capitals, its particle as typed."""
        particle, name = _particle(self.family_name)
        return f"{self.given_name} {particle}{name.upper()}".strip()


class Mandate(db.Model, Row):
    """An office a person holds: title and organisation, ordered, dated."""

    __tablename__ = "mandate"
    __retention__ = "with its person"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    # As printed, e.g. "Premier Vice-président de la région Bretagne".
    title: Mapped[str] = mapped_column(String(300))
    # Order of printing, from 1.
    position: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="mandates")
    organisation: Mapped[Organisation | None] = relationship()
