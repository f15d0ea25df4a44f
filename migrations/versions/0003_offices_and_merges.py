"""People hold offices, and two entries may be one person"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORD = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
NEW_TABLES = (
    "ceremony", "known_apart", "merge", "protocol_override", "presentation_line", "presentation", "contact_point", "name_word",
    "organisation_alias",
)  # fmt: skip


def _table(name: str, *columns: sa.Column, owners: dict[str, str], addressed: bool = True, null: bool = False) -> None:
    """A table whose rows go with their owners ({column: table})."""
    parts: list[sa.schema.SchemaItem] = [sa.Column("id", sa.Integer(), nullable=False)]
    if addressed:
        parts.append(sa.Column("public_id", sa.String(26), nullable=False))
        parts.append(sa.UniqueConstraint("public_id", name=f"uq_{name}_public_id"))
    for column, owner in owners.items():
        parts.append(sa.Column(column, sa.Integer(), nullable=null))
        parts.append(sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{name}_{column}", ondelete="CASCADE"))
    op.create_table(name, *parts, *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    """Add what this change needs."""
    _organisations()
    _people()
    _ways_to_reach()
    _ways_to_print()
    _decisions()
    _ceremonies()
    _index_people()


def _organisations() -> None:
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("region", sa.String(80), server_default="", nullable=False))
    _table(
        "organisation_alias",
        _text("name", 300),
        _text("search_key", 700),
        sa.UniqueConstraint("search_key", name="uq_organisation_alias_search_key"),
        owners={"organisation_id": "organisation"},
        addressed=False,
    )
    op.create_index("ix_organisation_alias_organisation_id", "organisation_alias", ["organisation_id"])
    _table(
        "office",
        _text("title_masculine", 300),
        _text("title_feminine", 300),
        _text("key", 300),
        sa.UniqueConstraint("organisation_id", "key", name="uq_office_organisation_id_key"),
        owners={"organisation_id": "organisation"},
    )


def _people() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("aliases", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_person_merged_into_id", "person", ["merged_into_id"], ["id"], ondelete="SET NULL")
    merged = sa.text("merged_into_id IS NOT NULL")
    op.create_index(
        "ix_person_merged_into_id", "person", ["merged_into_id"], sqlite_where=merged, postgresql_where=merged
    )
    with op.batch_alter_table("mandate") as batch:
        batch.add_column(sa.Column("office_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("seniority_from", sa.Date(), nullable=True))
        batch.create_foreign_key("fk_mandate_office_id", "office", ["office_id"], ["id"], ondelete="SET NULL")
        batch.create_index("ix_mandate_office_id", ["office_id"])
    op.create_table(
        "name_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_name_word_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "person_id", name="pk_name_word"),
    )
    op.create_index("ix_name_word_person_id", "name_word", ["person_id"])


def _ways_to_reach() -> None:
    _table(
        "contact_point",
        _text("kind", 8),
        _text("value", 500),
        _text("label", 120),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('email','phone','post','web')", name=op.f("ck_contact_point_kind")),
        sa.CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_contact_point_owner")),
        owners={"person_id": "person", "organisation_id": "organisation"},
        null=True,
    )
    for column in ("person_id", "organisation_id", "value"):
        op.create_index(f"ix_contact_point_{column}", "contact_point", [column])


def _ways_to_print() -> None:
    _table("presentation", _text("name", 120), owners={"person_id": "person"})
    op.create_index("ix_presentation_person_id", "presentation", ["person_id"])
    _table(
        "presentation_line",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        owners={"presentation_id": "presentation", "mandate_id": "mandate"},
        addressed=False,
    )
    for column in ("presentation_id", "mandate_id"):
        op.create_index(f"ix_presentation_line_{column}", "presentation_line", [column])


def _decisions() -> None:
    """What somebody decided about people: another form than the rule's, one person, two people."""
    _table(
        "protocol_override",
        _text("scope", 26),
        _text("kind", 16),
        _text("language", 2),
        _text("value", 200),
        _text("reason", 500),
        _text("author_id", 64),
        _text("author_name", 200),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "person_id", "scope", "kind", "language", name="uq_protocol_override_person_id_scope_kind_language"
        ),
        sa.CheckConstraint(
            "kind IN ('form_of_address','consideration','rank')", name=op.f("ck_protocol_override_kind")
        ),
        owners={"person_id": "person"},
    )
    op.create_index("ix_protocol_override_person_id", "protocol_override", ["person_id"])
    _table(
        "merge",
        _text("reason", 500),
        _text("author_id", 64),
        _text("author_name", 200),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.CheckConstraint("kept_id <> absorbed_id", name=op.f("ck_merge_two")),
        owners={"kept_id": "person", "absorbed_id": "person"},
    )
    for column in ("kept_id", "absorbed_id"):
        op.create_index(f"ix_merge_{column}", "merge", [column])
    _table(
        "known_apart",
        _text("author_name", 200),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person_id", "other_id", name="uq_known_apart_person_id_other_id"),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_known_apart_ordered")),
        owners={"person_id": "person", "other_id": "person"},
        addressed=False,
    )
    op.create_index("ix_known_apart_other_id", "known_apart", ["other_id"])


def _ceremonies() -> None:
    """Who invites to a ceremony, and who ordered it: what the order of precedence depends on."""
    op.create_table(
        "ceremony",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("is_by_government", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_ceremony_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["host_id"], ["registration.id"], name="fk_ceremony_host_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_ceremony"),
        sa.UniqueConstraint("event_id", name="uq_ceremony_event_id"),
    )
    op.create_index("ix_ceremony_host_id", "ceremony", ["host_id"])


def _words(search_key: str) -> set[str]:
    return {word[:60] for word in search_key.split()}


def _index_people() -> None:
    """People entered before this change are found by typing too."""
    person = sa.table("person", sa.column("id", sa.Integer), sa.column("search_key", sa.String))
    word = sa.table("name_word", sa.column("word", WORD), sa.column("person_id", sa.Integer))
    connection = op.get_bind()
    last = 0
    while True:
        wanted = sa.select(person).where(person.c.id > last).order_by(person.c.id).limit(1000)
        people = connection.execute(wanted).all()
        if not people:
            return
        rows = [{"word": one, "person_id": found.id} for found in people for one in _words(found.search_key)]
        if rows:
            connection.execute(word.insert(), rows)
        last = people[-1].id


def downgrade() -> None:
    """Take it away again; entries said to be one person are two again, and what moved stays moved."""
    for name in NEW_TABLES:
        op.drop_table(name)
    with op.batch_alter_table("mandate") as batch:
        batch.drop_index("ix_mandate_office_id")
        batch.drop_constraint("fk_mandate_office_id", type_="foreignkey")
        batch.drop_column("seniority_from")
        batch.drop_column("office_id")
    op.drop_table("office")
    with op.batch_alter_table("person") as batch:
        batch.drop_index("ix_person_merged_into_id")
        batch.drop_constraint("fk_person_merged_into_id", type_="foreignkey")
        batch.drop_column("merged_into_id")
        batch.drop_column("aliases")
    with op.batch_alter_table("organisation") as batch:
        batch.drop_column("region")
