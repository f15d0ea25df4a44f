"""Invitations leave in approved waves and are followed up"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "state IN ('draft','sent','accepted','declined','represented','withdrawn')"
AFTER = (
    "state IN ('draft','approved','sent','bounced','opened','accepted','declined','represented',"
    "'no_answer','withdrawn')"
)
# What an older release calls the states it does not know.
OLDER = {"approved": "draft", "bounced": "sent", "opened": "sent", "no_answer": "sent"}


def columns() -> list[sa.Column[Any]]:
    """What an invitation gains; new objects each time, since a column belongs to one table."""
    return [
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("former_person_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=6), nullable=False, server_default="mail"),
        sa.Column("companions_allowed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("is_transferable", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("deadline_day", sa.Date(), nullable=True),
        sa.Column("deadline_time", sa.Time(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_id", sa.String(length=26), nullable=False, server_default=""),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounce_reason", sa.String(length=500), nullable=False, server_default=""),
        sa.Column("reminders_sent", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reminders_stopped_at", sa.DateTime(timezone=True), nullable=True),
    ]


# Column and the table it points to.
LINKS = {"campaign_id": "campaign", "office_id": "office", "former_person_id": "person"}
CHECKS = {
    "channel": "channel IN ('mail','paper','hand')",
    "companions_allowed": "companions_allowed BETWEEN 0 AND 20",
    "deadline_hour_has_day": "deadline_time IS NULL OR deadline_day IS NOT NULL",
}


def upgrade() -> None:
    """Waves, reminders, the rules of an event's mailing; an invitation's longer life."""
    _create_campaign()
    _create_rules()
    with op.batch_alter_table("invitation") as batch:
        for column in columns():
            batch.add_column(column)
        for name, table in LINKS.items():
            batch.create_foreign_key(op.f(f"fk_invitation_{name}"), table, [name], ["id"], ondelete="SET NULL")
            batch.create_index(op.f(f"ix_invitation_{name}"), [name])
        batch.create_index(op.f("ix_invitation_digest_id"), ["digest_id"])
        batch.drop_constraint(op.f("ck_invitation_state"), type_="check")
        batch.create_check_constraint(op.f("ck_invitation_state"), AFTER)
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_invitation_{name}"), rule)
    op.execute("UPDATE invitation SET last_contact_at = sent_at")


def downgrade() -> None:
    """The six states of the first release; waves and reminders are lost."""
    for state, older in OLDER.items():
        op.execute(
            sa.text("UPDATE invitation SET state = :older WHERE state = :state").bindparams(older=older, state=state)
        )
    with op.batch_alter_table("invitation") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_invitation_{name}"), type_="check")
        batch.drop_constraint(op.f("ck_invitation_state"), type_="check")
        batch.create_check_constraint(op.f("ck_invitation_state"), BEFORE)
        batch.drop_index(op.f("ix_invitation_digest_id"))
        for name in LINKS:
            batch.drop_index(op.f(f"ix_invitation_{name}"))
            batch.drop_constraint(op.f(f"fk_invitation_{name}"), type_="foreignkey")
        for column in columns():
            batch.drop_column(column.name)
    op.drop_table("reminder")
    op.drop_table("mailing_rules")
    op.drop_table("campaign")


def _create_campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("submitted_by_id", sa.String(length=26), nullable=False),
        sa.Column("submitted_by", sa.String(length=200), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.String(length=26), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_because", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open','submitted','approved')", name=op.f("ck_campaign_state")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_campaign_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_campaign_event_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_public_id")),
    )
    op.create_index(op.f("ix_campaign_event_id"), "campaign", ["event_id"])


def _create_rules() -> None:
    op.create_table(
        "mailing_rules",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("requires_approval", sa.Boolean(), nullable=False),
        sa.Column("shared_mailbox", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("shared_mailbox IN ('each','digest')", name=op.f("ck_mailing_rules_shared_mailbox")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_mailing_rules_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_rules")),
        sa.UniqueConstraint("event_id", name=op.f("uq_mailing_rules_event_id")),
    )
    op.create_table(
        "reminder",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("days_before BETWEEN 0 AND 90", name=op.f("ck_reminder_days_before")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_reminder_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("event_id", "days_before", name=op.f("uq_reminder_event_id_days_before")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reminder_public_id")),
    )
    op.create_index(op.f("ix_reminder_event_id"), "reminder", ["event_id"])
