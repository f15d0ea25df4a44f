"""Places held, seats over the capacity, one queue per scarce thing, offers"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES_BEFORE = "state IN ('confirmed','waiting','cancelled')"
STATES = "state IN ('confirmed','offered','waiting','pending','refused','cancelled')"
OVER = "over_percent BETWEEN 0 AND 100 AND (over_percent = 0 OR over_reason <> '')"
# Everyone who waited did so in the queue of the event.
QUEUES_MISSING = (
    "INSERT INTO queue (event_id, last_rank) SELECT event_id, max(waiting_rank) FROM registration"
    " WHERE state = 'waiting' AND event_id NOT IN (SELECT event_id FROM queue) GROUP BY event_id"
)
IN_A_QUEUE = (
    "UPDATE registration SET waiting_since = changed_at,"
    " queue_id = (SELECT queue.id FROM queue WHERE queue.event_id = registration.event_id)"
    " WHERE state = 'waiting'"
)
# One queue again: in the order in which they began to wait.
IN_ONE_QUEUE = (
    "UPDATE registration SET waiting_rank = (SELECT count(*) FROM registration AS other"
    " WHERE other.event_id = registration.event_id AND other.state = 'waiting'"
    " AND (other.waiting_since < registration.waiting_since"
    " OR (other.waiting_since = registration.waiting_since AND other.id <= registration.id)))"
    " WHERE state = 'waiting'"
)
LONGEST = (
    "INSERT INTO queue (event_id, last_rank)"
    " SELECT event_id, max(waiting_rank) FROM registration WHERE state = 'waiting'"
    " AND event_id NOT IN (SELECT event_id FROM queue) GROUP BY event_id"
)


def upgrade() -> None:
    """Add the rules of seats, held places, a queue for each scarce thing, and offers."""
    _rules()
    _queues()
    _registrations()
    _held_places()
    _offers()


def downgrade() -> None:
    """One queue for each event; a place offered is a place, what waited for a decision is cancelled."""
    op.drop_table("offer")
    op.drop_table("held_places")
    _registrations_before()
    _queues_before()
    _rules_before()


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _rules() -> None:
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("over_percent", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(_text("over_reason", 300))
        batch.add_column(sa.Column("promotion", sa.String(length=9), nullable=False, server_default="automatic"))
        batch.add_column(sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="24"))
        batch.add_column(sa.Column("has_waiting_list", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("shows_remaining", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(op.f("ck_event_over"), OVER)
        batch.create_check_constraint(op.f("ck_event_promotion"), "promotion IN ('automatic','by_hand')")
        batch.create_check_constraint(op.f("ck_event_offer_hours"), "offer_hours BETWEEN 0 AND 336")
    with op.batch_alter_table("category") as batch:
        batch.add_column(sa.Column("over_percent", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(_text("over_reason", 300))
        batch.add_column(sa.Column("needs_approval", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(op.f("ck_category_over"), OVER)
    for table in ("invitation", "delegation"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("form_keys", sa.JSON(), nullable=False, server_default="[]"))


def _rules_before() -> None:
    for table in ("delegation", "invitation"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("form_keys")
    with op.batch_alter_table("category") as batch:
        batch.drop_constraint(op.f("ck_category_over"), type_="check")
        for column in ("needs_approval", "over_reason", "over_percent"):
            batch.drop_column(column)
    with op.batch_alter_table("event") as batch:
        for check in ("over", "promotion", "offer_hours"):
            batch.drop_constraint(op.f(f"ck_event_{check}"), type_="check")
        for column in (
            "shows_remaining",
            "has_waiting_list",
            "offer_hours",
            "promotion",
            "over_reason",
            "over_percent",
        ):
            batch.drop_column(column)


def _queues() -> None:
    with op.batch_alter_table("queue") as batch:
        batch.add_column(sa.Column("category_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        batch.drop_constraint("uq_queue_event_id", type_="unique")
        batch.create_unique_constraint("uq_queue_category_id", ["category_id"])
        batch.create_unique_constraint("uq_queue_session_id", ["session_id"])
        batch.create_foreign_key("fk_queue_category_id", "category", ["category_id"], ["id"], ondelete="CASCADE")
        batch.create_foreign_key("fk_queue_session_id", "session", ["session_id"], ["id"], ondelete="CASCADE")
        batch.create_check_constraint(op.f("ck_queue_thing"), "category_id IS NULL OR session_id IS NULL")
    whole = sa.text("category_id IS NULL AND session_id IS NULL")
    op.create_index("uq_queue_event", "queue", ["event_id"], unique=True, sqlite_where=whole, postgresql_where=whole)
    op.create_index("ix_queue_event_id", "queue", ["event_id"])


def _queues_before() -> None:
    op.drop_index("ix_queue_event_id", table_name="queue")
    op.drop_index("uq_queue_event", table_name="queue")
    op.execute("DELETE FROM queue WHERE category_id IS NOT NULL OR session_id IS NOT NULL")
    op.execute(LONGEST)
    with op.batch_alter_table("queue") as batch:
        batch.drop_constraint(op.f("ck_queue_thing"), type_="check")
        batch.drop_constraint("fk_queue_session_id", type_="foreignkey")
        batch.drop_constraint("fk_queue_category_id", type_="foreignkey")
        batch.drop_constraint("uq_queue_session_id", type_="unique")
        batch.drop_constraint("uq_queue_category_id", type_="unique")
        batch.drop_column("session_id")
        batch.drop_column("category_id")
        batch.create_unique_constraint("uq_queue_event_id", ["event_id"])


def _registrations() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("queue_id", sa.Integer(), nullable=True))
        batch.add_column(_at("waiting_since", nullable=True))
        batch.drop_constraint("uq_registration_event_id_waiting_rank", type_="unique")
        batch.drop_constraint(op.f("ck_registration_state"), type_="check")
        batch.create_check_constraint(op.f("ck_registration_state"), STATES)
    op.execute(QUEUES_MISSING)
    op.execute(IN_A_QUEUE)
    with op.batch_alter_table("registration") as batch:
        batch.create_foreign_key("fk_registration_queue_id", "queue", ["queue_id"], ["id"])
        batch.create_unique_constraint("uq_registration_queue_id_waiting_rank", ["queue_id", "waiting_rank"])
        batch.create_check_constraint(op.f("ck_registration_queue"), "(waiting_rank IS NULL) = (queue_id IS NULL)")


def _registrations_before() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.drop_constraint(op.f("ck_registration_queue"), type_="check")
        batch.drop_constraint("uq_registration_queue_id_waiting_rank", type_="unique")
        batch.drop_constraint("fk_registration_queue_id", type_="foreignkey")
        batch.drop_constraint(op.f("ck_registration_state"), type_="check")
    op.execute(IN_ONE_QUEUE)
    op.execute("UPDATE registration SET state = 'confirmed' WHERE state = 'offered'")
    op.execute("UPDATE registration SET state = 'cancelled' WHERE state IN ('pending','refused')")
    with op.batch_alter_table("registration") as batch:
        batch.drop_column("waiting_since")
        batch.drop_column("queue_id")
        batch.create_check_constraint(op.f("ck_registration_state"), STATES_BEFORE)
        batch.create_unique_constraint("uq_registration_event_id_waiting_rank", ["event_id", "waiting_rank"])


def _held_places() -> None:
    op.create_table(
        "held_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("for_whom", sa.String(length=200), nullable=False),
        _at("created_at"),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_held_places_places")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_held_places_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name="fk_held_places_category_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name="fk_held_places_delegation_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_held_places"),
        sa.UniqueConstraint("public_id", name="uq_held_places_public_id"),
    )
    for column in ("event_id", "category_id", "delegation_id"):
        op.create_index(f"ix_held_places_{column}", "held_places", [column])


def _offers() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        _at("made_at"),
        _at("expires_at", nullable=True),
        _at("closed_at", nullable=True),
        sa.CheckConstraint("state IN ('open','taken','lapsed','given_up')", name=op.f("ck_offer_state")),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_offer_closed")),
        sa.CheckConstraint("expires_at IS NOT NULL OR state = 'taken'", name=op.f("ck_offer_expires")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_offer_registration_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_offer_queue_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_registration_id", "offer", ["registration_id"])
    op.create_index("ix_offer_queue_id", "offer", ["queue_id"])
    op.create_index("ix_offer_state_expires_at", "offer", ["state", "expires_at"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_offer_open", "offer", ["registration_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
