"""Letters signed by several; the documents library"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
NOTHING = '{"fr": "", "en": ""}'
BILINGUAL = ("motto", "heading", "announcement", "enclosures")


def upgrade() -> None:
    """Fields of the wording, scanned signatures, files for the printer; documents with their versions."""
    with op.batch_alter_table("letter_template") as batch:
        for name in BILINGUAL:
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=NOTHING))
        batch.add_column(sa.Column("dated_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reference", sa.String(80), nullable=False, server_default=""))
        batch.add_column(sa.Column("has_addressee", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "signature_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alternative", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_signature_picture_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_picture")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_picture_public_id")),
    )
    op.create_index(op.f("ix_signature_picture_event_id"), "signature_picture", ["event_id"])
    with op.batch_alter_table("signatory") as batch:
        batch.add_column(sa.Column("picture_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("civility", sa.String(4), nullable=False, server_default=""))
        batch.create_check_constraint(op.f("ck_signatory_civility"), "civility IN ('','M','Mme')")
        batch.create_foreign_key(
            batch.f("fk_signatory_picture_id"), "signature_picture", ["picture_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(batch.f("ix_signatory_picture_id"), ["picture_id"])
    op.create_table(
        "merge_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("narrowing", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("is_two_sided", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("trouble", sa.String(500), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting','running','ready','failed')", name=op.f("ck_merge_run_state")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_merge_run_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_merge_run_public_id")),
    )
    op.create_index(op.f("ix_merge_run_event_id"), "merge_run", ["event_id"])
    _documents()


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('brochure','practical','letter','open_letter','programme','memo','other')",
            name=op.f("ck_document_kind"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN series_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name=op.f("ck_document_one_place"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_document_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_document_series_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_organisation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
    )
    for name in ("event_id", "series_id", "organisation_id"):
        op.create_index(op.f(f"ix_document_{name}"), "document", [name])
    op.create_table(
        "document_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("mime", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("remark", sa.String(300), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('fr','en')", name=op.f("ck_document_file_language")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_document_file_version")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_file_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
        sa.UniqueConstraint(
            "document_id", "language", "version", name=op.f("uq_document_file_document_id_language_version")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_file_public_id")),
    )
    op.create_index(op.f("ix_document_file_document_id"), "document_file", ["document_id"])


def downgrade() -> None:
    """Take it all away again; what was written only there is lost."""
    op.drop_table("document_file")
    op.drop_table("document")
    op.drop_table("merge_run")
    with op.batch_alter_table("signatory") as batch:
        batch.drop_index(batch.f("ix_signatory_picture_id"))
        batch.drop_constraint(batch.f("fk_signatory_picture_id"), type_="foreignkey")
        batch.drop_column("picture_id")
        batch.drop_constraint(op.f("ck_signatory_civility"), type_="check")
        batch.drop_column("civility")
    op.drop_table("signature_picture")
    with op.batch_alter_table("letter_template") as batch:
        for name in (*BILINGUAL, "dated_on", "reference", "has_addressee"):
            batch.drop_column(name)
