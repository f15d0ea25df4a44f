"""Subscriptions to calendars, events cancelled or moved"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)
# Until now SEQUENCE was the number of journal entries of the object: a calendar never goes back (RFC 5545, 3.8.7.4).
KEPT = "(SELECT count(*) FROM audit_entry WHERE audit_entry.object_id = {0}.public_id)"


def upgrade() -> None:
    """Events and sessions count their changes; secret addresses of calendars; letters about a change."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute(f"UPDATE event SET calendar_sequence = {KEPT.format('event')}")
    op.execute(f"UPDATE session SET sequence = {KEPT.format('session')}")
    _create_subscriptions()
    _create_announcements()


def _create_subscriptions() -> None:
    op.create_table(
        "calendar_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("room", sa.String(120), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('attendee','speaker','room')", name=op.f("ck_calendar_subscription_kind")),
        sa.CheckConstraint(
            "(kind = 'attendee') = (registration_id IS NOT NULL) AND (kind = 'speaker') = (person_id IS NOT NULL)"
            " AND (kind = 'room') = (room <> '')",
            name=op.f("ck_calendar_subscription_whose"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_subscription_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_calendar_subscription_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_subscription_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_subscription")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_subscription_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_subscription_token_hash")),
    )
    for column in ("event_id", "registration_id", "person_id"):
        op.create_index(op.f(f"ix_calendar_subscription_{column}"), "calendar_subscription", [column])


def _create_announcements() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(9), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("leaves_at", MOMENT, nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('moved','cancelled')", name=op.f("ck_announcement_kind")),
        sa.CheckConstraint("state IN ('waiting','leaving','left','stopped')", name=op.f("ck_announcement_state")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_announcement_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_announcement_public_id")),
    )
    op.create_index(op.f("ix_announcement_event_id"), "announcement", ["event_id"])
    op.create_index("ix_announcement_state_leaves_at", "announcement", ["state", "leaves_at"])


def downgrade() -> None:
    """Calendars count journal entries again."""
    op.drop_table("announcement")
    op.drop_table("calendar_subscription")
    with op.batch_alter_table("session") as batch:
        batch.drop_column("sequence")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("calendar_sequence")
