"""Deadlines of categories, relative days, grace; why and when an event was cancelled or postponed"""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOTHING = '{"fr": "", "en": ""}'
_EVENT_TIMES = ("cancelled_at", "postponed_at", "first_starts_at", "first_ends_at")
_CATEGORY = ("deadline_at", "deadline_is_inclusive", "deadline_days_before", "deadline_day")


def upgrade() -> None:
    """Add a day or a distance to the event's deadline, the same to categories, and what endings tell."""
    with op.batch_alter_table("deadline") as batch:
        batch.alter_column("day", existing_type=sa.Date(), nullable=True)
        batch.add_column(sa.Column("days_before", sa.Integer()))
        batch.create_check_constraint(op.f("ck_deadline_day_or_distance"), "(day IS NULL) <> (days_before IS NULL)")
        batch.create_check_constraint(op.f("ck_deadline_days_before"), "days_before BETWEEN 0 AND 365")
    with op.batch_alter_table("category") as batch:
        batch.add_column(sa.Column("deadline_day", sa.Date()))
        batch.add_column(sa.Column("deadline_days_before", sa.Integer()))
        batch.add_column(
            sa.Column("deadline_is_inclusive", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("deadline_at", sa.Time()))
        batch.create_check_constraint(
            op.f("ck_category_deadline_day_or_distance"), "deadline_day IS NULL OR deadline_days_before IS NULL"
        )
        batch.create_check_constraint(
            op.f("ck_category_deadline_days_before"), "deadline_days_before BETWEEN 0 AND 365"
        )
        batch.create_check_constraint(
            op.f("ck_category_deadline_hour_or_day"), "deadline_at IS NULL OR deadline_is_inclusive = false"
        )
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("grace_minutes", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("notice", sa.JSON(), nullable=False, server_default=NOTHING))
        batch.add_column(sa.Column("status_before", sa.String(10), nullable=False, server_default=""))
        for name in _EVENT_TIMES:
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True)))
        batch.create_check_constraint(op.f("ck_event_grace_minutes"), "grace_minutes BETWEEN 0 AND 60")


def downgrade() -> None:
    """Take them away again; a distance becomes the day it means."""
    _write_days()
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint(op.f("ck_event_grace_minutes"), type_="check")
        for name in ("grace_minutes", "notice", "status_before", *_EVENT_TIMES):
            batch.drop_column(name)
    with op.batch_alter_table("category") as batch:
        for name in ("day_or_distance", "days_before", "hour_or_day"):
            batch.drop_constraint(op.f(f"ck_category_deadline_{name}"), type_="check")
        for name in _CATEGORY:
            batch.drop_column(name)
    with op.batch_alter_table("deadline") as batch:
        batch.drop_constraint(op.f("ck_deadline_day_or_distance"), type_="check")
        batch.drop_constraint(op.f("ck_deadline_days_before"), type_="check")
        batch.drop_column("days_before")
        batch.alter_column("day", existing_type=sa.Date(), nullable=False)


def _write_days() -> None:
    connection = op.get_bind()
    deadline = sa.table("deadline", sa.column("event_id"), sa.column("day", sa.Date()), sa.column("days_before"))
    event = sa.table(
        "event", sa.column("id"), sa.column("starts_at", sa.DateTime(timezone=True)), sa.column("timezone")
    )
    relative = sa.select(deadline.c.event_id, deadline.c.days_before, event.c.starts_at, event.c.timezone).where(
        event.c.id == deadline.c.event_id, deadline.c.days_before.is_not(None)
    )
    for event_id, days_before, starts_at, zone in connection.execute(relative).all():
        begins = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=UTC)
        day = begins.astimezone(ZoneInfo(zone)).date() - timedelta(days=days_before)
        connection.execute(
            sa.update(deadline).where(deadline.c.event_id == event_id).values(day=day, days_before=None)
        )
