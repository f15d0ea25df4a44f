"""What the lead of a door expects of a queue; rehearsals of a door"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """An event says how long a guest takes and when they come; a rehearsal has guests and scans of its own."""
    with op.batch_alter_table("door_settings") as batch:
        batch.add_column(sa.Column("desk_seconds", sa.Integer(), nullable=False, server_default="25"))
        batch.add_column(sa.Column("arrival_minutes", sa.Integer(), nullable=False, server_default="30"))
        batch.add_column(sa.Column("show_up", sa.Integer(), nullable=False, server_default="85"))
        batch.add_column(sa.Column("has_exception_desk", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.create_check_constraint(op.f("ck_door_settings_desk_seconds"), "desk_seconds BETWEEN 1 AND 600")
        batch.create_check_constraint(op.f("ck_door_settings_arrival_minutes"), "arrival_minutes BETWEEN 10 AND 240")
        batch.create_check_constraint(op.f("ck_door_settings_show_up"), "show_up BETWEEN 1 AND 100")
    _guests()
    _scans()


def downgrade() -> None:
    """A rehearsal is nothing anybody must keep."""
    op.drop_table("rehearsal_scan")
    op.drop_table("rehearsal_guest")
    with op.batch_alter_table("door_settings") as batch:
        for name in ("desk_seconds", "arrival_minutes", "show_up"):
            batch.drop_constraint(op.f(f"ck_door_settings_{name}"), type_="check")
        for name in ("has_exception_desk", "show_up", "arrival_minutes", "desk_seconds"):
            batch.drop_column(name)


def _guests() -> None:
    op.create_table(
        "rehearsal_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shows", sa.String(length=16), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("native_name", sa.String(length=160), nullable=False),
        sa.Column("quality", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("badge_state", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=132), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("short_code", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("stand_in", sa.String(length=160), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.CheckConstraint(
            "state IN ('confirmed','offered','waiting','cancelled')", name=op.f("ck_rehearsal_guest_state")
        ),
        sa.CheckConstraint("badge_state IN ('active','revoked')", name=op.f("ck_rehearsal_guest_badge_state")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_rehearsal_guest_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name="fk_rehearsal_guest_category_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal_guest"),
        sa.UniqueConstraint("public_id", name="uq_rehearsal_guest_public_id"),
        sa.UniqueConstraint("event_id", "short_code", name="uq_rehearsal_guest_event_id_short_code"),
    )
    op.create_index("ix_rehearsal_guest_category_id", "rehearsal_guest", ["category_id"])


def _scans() -> None:
    op.create_table(
        "rehearsal_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("scope", sa.String(length=24), nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("is_offline", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_rehearsal_scan_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_rehearsal_scan_device_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["rehearsal_guest.id"], name="fk_rehearsal_scan_guest_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal_scan"),
        sa.UniqueConstraint("public_id", name="uq_rehearsal_scan_public_id"),
        sa.UniqueConstraint("device_id", "nonce", name="uq_rehearsal_scan_device_id_nonce"),
    )
    op.create_index("ix_rehearsal_scan_event_id", "rehearsal_scan", ["event_id"])
    op.create_index("ix_rehearsal_scan_guest_id", "rehearsal_scan", ["guest_id"])
