"""A delegation, its quota, its members; companions, requests to come instead, codes by mail"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add companions, requests, codes and delegations."""
    _companions()
    _requests()
    _codes()
    _delegations()
    _members()


def downgrade() -> None:
    """Take them away again."""
    for table in ("delegation_member", "delegation", "one_time_code", "representation_request", "companion"):
        op.drop_table(table)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _names() -> list[sa.Column]:
    return [_text("civility", 4), _text("given_name", 120), _text("family_name", 120)]


def _companions() -> None:
    op.create_table(
        "companion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        _at("created_at"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_companion_invitation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_companion_registration_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_companion"),
        sa.UniqueConstraint("registration_id", name="uq_companion_registration_id"),
    )
    op.create_index("ix_companion_invitation_id", "companion", ["invitation_id"])


def _requests() -> None:
    op.create_table(
        "representation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("public_id", 26),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        *_names(),
        _text("quality", 300),
        _text("email", 254),
        _text("message", 500),
        _text("state", 8),
        _at("created_at"),
        _at("decided_at", nullable=True),
        _text("decided_by", 200),
        sa.CheckConstraint("state IN ('waiting','granted','refused')", name=op.f("ck_representation_request_state")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_representation_request_invitation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_representation_request"),
        sa.UniqueConstraint("public_id", name="uq_representation_request_public_id"),
    )
    op.create_index("ix_representation_request_invitation_id", "representation_request", ["invitation_id"])


def _codes() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("code_hash", 64),
        _at("sent_at"),
        _at("expires_at"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _at("used_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_one_time_code_invitation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_code"),
        sa.UniqueConstraint("invitation_id", "number", name="uq_one_time_code_invitation_id_number"),
    )


def _delegations() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("public_id", 26),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        _text("name", 300),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        _text("country", 2),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("support_quota", sa.Integer(), nullable=False),
        _text("contact_name", 200),
        _text("contact_email", 254),
        _text("language", 2),
        _text("state", 10),
        _text("token_hash", 64),
        sa.Column("token_version", sa.Integer(), nullable=False),
        _at("answer_until", nullable=True),
        _at("sent_at", nullable=True),
        _at("created_at"),
        sa.CheckConstraint("state IN ('draft','sent','registered','declined','withdrawn')", name=op.f("ck_delegation_state")),
        sa.CheckConstraint("quota >= 0 AND support_quota >= 0", name=op.f("ck_delegation_quota")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_delegation_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_delegation_category_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_delegation_organisation_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
        sa.UniqueConstraint("public_id", name="uq_delegation_public_id"),
        sa.UniqueConstraint("token_hash", name="uq_delegation_token_hash"),
    )
    for column in ("event_id", "category_id", "organisation_id"):
        op.create_index(f"ix_delegation_{column}", "delegation", [column])


def _members() -> None:
    op.create_table(
        "delegation_member",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("public_id", 26),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        _text("role", 12),
        sa.Column("position", sa.Integer(), nullable=False),
        *_names(),
        _text("native_name", 200),
        _text("quality", 300),
        _text("email", 254),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _at("created_at"),
        sa.CheckConstraint(
            "role IN ('head','member','interpreter','driver','security')", name=op.f("ck_delegation_member_role")
        ),
        sa.CheckConstraint("civility IN ('','M','Mme')", name=op.f("ck_delegation_member_civility")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name="fk_delegation_member_delegation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_delegation_member_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delegation_member"),
        sa.UniqueConstraint("public_id", name="uq_delegation_member_public_id"),
    )
    for column in ("delegation_id", "person_id"):
        op.create_index(f"ix_delegation_member_{column}", "delegation_member", [column])
