"""What guests tell when they register"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("late_request", "question_answer", "question", "consent", "registration_detail")


def upgrade() -> None:
    """What an event asks, what its guests tell, and what they ask for after the deadline."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("asks", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("category") as batch:
        batch.add_column(sa.Column("frozen_on", sa.Date(), nullable=True))
    _particulars()
    _questions()
    op.create_table(
        "late_request",
        *_own("late_request"),
        _bond("invitation"),
        _text("kind", 12),
        sa.Column("content", sa.JSON(), nullable=False),
        _text("message", 500),
        _text("state", 8),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        _text("decided_by", 200),
        _text("decided_because", 500),
        _check("late_request", "kind", "kind IN ('attend','decline','represented','change')"),
        _check("late_request", "state", "state IN ('waiting','granted','refused')"),
        *_keys("late_request", "invitation"),
    )
    op.create_index("ix_late_request_invitation_id", "late_request", ["invitation_id"])


def _particulars() -> None:
    op.create_table(
        "registration_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        _text("document_given_name", 120),
        _text("document_family_name", 120),
        sa.Column("later_qualities", sa.JSON(), nullable=False),
        _text("later_organisation", 300),
        sa.Column("later_at", INSTANT, nullable=True),
        *_keys("registration_detail", "registration"),
        sa.UniqueConstraint("registration_id", name=op.f("uq_registration_detail_registration_id")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        _text("kind", 8),
        _text("text", 500),
        _text("version", 20),
        _text("words", 600),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        _check("consent", "kind", "kind IN ('access','diet','photo','sharing')"),
        *_keys("consent", "registration"),
        sa.UniqueConstraint("registration_id", "kind", name=op.f("uq_consent_registration_id_kind")),
    )
    op.create_index("ix_consent_kept_until", "consent", ["kept_until"])


def _questions() -> None:
    op.create_table(
        "question",
        *_own("question"),
        _bond("event"),
        _text("kind", 8),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("hint", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        _text("asked_at", 12),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("most_megabytes", sa.Integer(), nullable=False),
        sa.Column("endings", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        _check("question", "kind", "kind IN ('text','choice','yes_no','date','country','phone','file')"),
        _check("question", "asked_at", "asked_at IN ('registration','desk')"),
        _check("question", "most_megabytes", "most_megabytes BETWEEN 1 AND 10"),
        *_keys("question", "event"),
    )
    op.create_index("ix_question_event_id", "question", ["event_id"])
    op.create_table(
        "question_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        _text("value", 1000),
        sa.Column("changed_at", INSTANT, nullable=False),
        _text("mime", 100),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        *_keys("question_answer", "registration", "question"),
        sa.UniqueConstraint(
            "registration_id", "question_id", name=op.f("uq_question_answer_registration_id_question_id")
        ),
    )
    op.create_index("ix_question_answer_question_id", "question_answer", ["question_id"])


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _own(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _text("public_id", 26),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    )


def _bond(other: str) -> sa.Column[int]:
    return sa.Column(f"{other}_id", sa.Integer(), nullable=False)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _keys(table: str, *others: str) -> tuple[sa.Constraint, ...]:
    bonds = [
        sa.ForeignKeyConstraint(
            [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id"), ondelete="CASCADE"
        )
        for other in others
    ]
    return (*bonds, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")))


def downgrade() -> None:
    """What guests told is forgotten."""
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("category") as batch:
        batch.drop_column("frozen_on")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("asks")
