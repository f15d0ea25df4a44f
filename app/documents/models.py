"""Documents and their files."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, UtcDateTime
from app.database import Addressed, db
from app.directory.models import Organisation
from app.events.models import Event, Series

KINDS = ("brochure", "practical", "letter", "open_letter", "programme", "memo", "other")


class Document(db.Model, Addressed):
    """A brochure, practical information, a letter to download; what it is attached to, or nothing."""

    __tablename__ = "document"
    __retention__ = "kept with what it is attached to; the files are what was published"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('brochure','practical','letter','open_letter','programme','memo','other')", name="kind"
        ),
        # An event, a series, an organisation or nothing; never two of them.
        CheckConstraint(
            "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN series_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_place",
        ),
    )

    kind: Mapped[str] = mapped_column(String(12), default="other")
    title: Mapped[Bilingual] = mapped_column(BilingualText)
    # One or two sentences: what is in it.
    summary: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event | None] = relationship()
    series: Mapped[Series | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    files: Mapped[list["DocumentFile"]] = relationship(
        back_populates="document",
        order_by="DocumentFile.language, DocumentFile.version.desc()",
        cascade="all, delete-orphan",
    )


class DocumentFile(db.Model, Addressed):
    """One version of a document in one language. A file is never changed: another version follows it."""

    __tablename__ = "document_file"
    __retention__ = "with its document"
    __table_args__ = (
        UniqueConstraint("document_id", "language", "version"),
        CheckConstraint("language IN ('fr','en')", name="language"),
        CheckConstraint("version >= 1", name="version"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    # From 1, in its language.
    version: Mapped[int] = mapped_column(default=1)
    file_name: Mapped[str] = mapped_column(String(120))
    mime: Mapped[str] = mapped_column(String(100))
    # Bytes.
    size: Mapped[int]
    # SHA-256, lower-case hexadecimal.
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    # What changed since the version before, for the organiser.
    remark: Mapped[str] = mapped_column(String(300), default="")
    # Anyone may download it from this instant on; None: not published.
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    document: Mapped[Document] = relationship(back_populates="files")
