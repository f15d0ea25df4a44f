"""Desks enrolled, their rights and what they answer"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
RESULTS_BEFORE = (
    "result IN ('admitted','already_in','waiting','cancelled','revoked','unknown',"
    "'other_event','identity_refused','event_cancelled','undone')"
)
RESULTS_AFTER = (
    "result IN ('admitted','already_in','returned','copy_suspected','exited','not_in','waiting','offered',"
    "'cancelled','replaced','revoked','unknown','forged','not_on_list','other_event','not_this_day',"
    "'not_this_zone','too_early','too_late','identity_refused','event_cancelled','undone')"
)
# How the words of today were told before.
TOLD_BEFORE = {
    "already_in": ("returned", "copy_suspected", "exited"),
    "waiting": ("offered",),
    "cancelled": ("replaced",),
    "unknown": ("forged", "not_on_list", "not_in", "not_this_day", "not_this_zone", "too_early", "too_late"),
}


def upgrade() -> None:
    """Devices have rights, gates have rules, rows of the ledger say how they came about."""
    _gates()
    _devices()
    _ledger()
    _enrolments()
    _around_a_guest()
    _conflicts()


def downgrade() -> None:
    """The newer answers are told in the older words."""
    for table in ("door_conflict", "replacement", "door_note", "enrolment", "door_settings"):
        op.drop_table(table)
    for before, after in TOLD_BEFORE.items():
        names = ",".join(f"'{name}'" for name in after)
        op.execute(f"UPDATE scan SET result = '{before}' WHERE result IN ({names})")  # noqa: S608 - our own words
    op.execute("DELETE FROM identity_check WHERE result = 'waived'")
    with op.batch_alter_table("identity_check") as batch:
        batch.drop_constraint(op.f("ck_identity_check_result"), type_="check")
        batch.create_check_constraint(op.f("ck_identity_check_result"), "result IN ('matches','does_not_match')")
    with op.batch_alter_table("scan") as batch:
        batch.drop_constraint(op.f("ck_scan_direction"), type_="check")
        batch.drop_constraint(op.f("ck_scan_result"), type_="check")
        batch.create_check_constraint(op.f("ck_scan_result"), RESULTS_BEFORE)
        for name in ("received_at", "clock_offset", "device_at", "is_offline", "overrides", "reason",
                     "direction", "scope", "gate"):  # fmt: skip
            batch.drop_column(name)
    with op.batch_alter_table("device") as batch:
        batch.drop_index("ix_device_gate_id")
        batch.drop_constraint(op.f("fk_device_gate_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_device_token_hash"), type_="unique")
        batch.drop_constraint(op.f("ck_device_role"), type_="check")
        for name in ("synced_at", "version", "queue", "clock_offset", "last_seen_at", "wiped_at", "revoked_at",
                     "expires_at", "days", "gates", "token_hash", "role", "name", "gate_id"):  # fmt: skip
            batch.drop_column(name)
    op.drop_table("gate")


def _gates() -> None:
    op.create_table(
        "gate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=20), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=4), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("opens_at", WHEN, nullable=True),
        sa.Column("closes_at", WHEN, nullable=True),
        sa.Column("counts_exits", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("rule IN ('day','once')", name=op.f("ck_gate_rule")),
        sa.CheckConstraint("session_id IS NULL OR zone = ''", name=op.f("ck_gate_zone_or_session")),
        sa.CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_gate_order")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_gate_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_gate_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_gate"),
        sa.UniqueConstraint("public_id", name="uq_gate_public_id"),
        sa.UniqueConstraint("event_id", "name", name="uq_gate_event_id_name"),
    )
    op.create_index("ix_gate_session_id", "gate", ["session_id"])
    op.create_table(
        "door_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("category_days", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_door_settings_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_door_settings"),
        sa.UniqueConstraint("event_id", name="uq_door_settings_event_id"),
    )


def _devices() -> None:
    with op.batch_alter_table("device") as batch:
        batch.add_column(sa.Column("gate_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("name", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("role", sa.String(length=8), nullable=False, server_default="agent"))
        batch.add_column(sa.Column("token_hash", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("gates", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("days", sa.JSON(), nullable=False, server_default="[]"))
        for name in ("expires_at", "revoked_at", "wiped_at", "last_seen_at"):
            batch.add_column(sa.Column(name, WHEN, nullable=True))
        batch.add_column(sa.Column("clock_offset", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("queue", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("version", sa.String(length=40), nullable=False, server_default=""))
        batch.add_column(sa.Column("synced_at", WHEN, nullable=True))
        batch.create_check_constraint(op.f("ck_device_role"), "role IN ('agent','lead','observer')")
        batch.create_unique_constraint(op.f("uq_device_token_hash"), ["token_hash"])
        batch.create_foreign_key(op.f("fk_device_gate_id"), "gate", ["gate_id"], ["id"], ondelete="SET NULL")
        batch.create_index("ix_device_gate_id", ["gate_id"])


def _ledger() -> None:
    with op.batch_alter_table("scan") as batch:
        batch.add_column(sa.Column("gate", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("scope", sa.String(length=24), nullable=False, server_default=""))
        batch.add_column(sa.Column("direction", sa.String(length=3), nullable=False, server_default="in"))
        batch.add_column(sa.Column("reason", sa.String(length=300), nullable=False, server_default=""))
        batch.add_column(sa.Column("overrides", sa.String(length=16), nullable=False, server_default=""))
        batch.add_column(sa.Column("is_offline", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("device_at", WHEN, nullable=True))
        batch.add_column(sa.Column("clock_offset", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("received_at", WHEN, nullable=True))
        batch.drop_constraint(op.f("ck_scan_result"), type_="check")
        batch.create_check_constraint(op.f("ck_scan_result"), RESULTS_AFTER)
        batch.create_check_constraint(op.f("ck_scan_direction"), "direction IN ('in','out')")
    op.execute("UPDATE scan SET gate = (SELECT device.gate FROM device WHERE device.id = scan.device_id)")
    with op.batch_alter_table("identity_check") as batch:
        batch.drop_constraint(op.f("ck_identity_check_result"), type_="check")
        batch.create_check_constraint(
            op.f("ck_identity_check_result"), "result IN ('matches','does_not_match','waived')"
        )


def _enrolments() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("device_expires_at", WHEN, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("used_at", WHEN, nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('agent','lead','observer')", name=op.f("ck_enrolment_role")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_enrolment_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_enrolment_device_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sa.UniqueConstraint("public_id", name="uq_enrolment_public_id"),
        sa.UniqueConstraint("code_hash", name="uq_enrolment_code_hash"),
    )
    op.create_index("ix_enrolment_event_id", "enrolment", ["event_id"])
    op.create_index("ix_enrolment_device_id", "enrolment", ["device_id"])


def _around_a_guest() -> None:
    op.create_table(
        "door_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("is_vip", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_door_note_registration_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_door_note"),
        sa.UniqueConstraint("registration_id", name="uq_door_note_registration_id"),
    )
    op.create_table(
        "replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_replacement_registration_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["registration.id"], name="fk_replacement_by_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_replacement"),
        sa.UniqueConstraint("registration_id", name="uq_replacement_registration_id"),
    )
    op.create_index("ix_replacement_by_id", "replacement", ["by_id"])


def _conflicts() -> None:
    kinds = "kind IN ('twice_in','cancelled_before','copy_suspected','clock_off','refused_here')"
    decisions = "decision IN ('','stands','one_person','two_people','taken_back','seen')"
    op.create_table(
        "door_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", WHEN, nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", WHEN, nullable=True),
        sa.CheckConstraint(kinds, name=op.f("ck_door_conflict_kind")),
        sa.CheckConstraint(decisions, name=op.f("ck_door_conflict_decision")),
        sa.CheckConstraint("(decision = '') = (decided_at IS NULL)", name=op.f("ck_door_conflict_decided")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_door_conflict_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name="fk_door_conflict_scan_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["scan.id"], name="fk_door_conflict_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_door_conflict"),
        sa.UniqueConstraint("public_id", name="uq_door_conflict_public_id"),
        sa.UniqueConstraint("scan_id", "kind", name="uq_door_conflict_scan_id_kind"),
    )
    op.create_index("ix_door_conflict_event_id", "door_conflict", ["event_id"])
    op.create_index("ix_door_conflict_other_id", "door_conflict", ["other_id"])
