"""The street register: settlements, streets and their names, houses, history."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement",
        sa.Column("katottg", sa.String(length=19), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starosta_district", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("katottg", name=op.f("pk_settlement")),
    )
    op.create_index(op.f("ix_settlement_name"), "settlement", ["name"], unique=False)
    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("name", name=op.f("uq_district_name")),
    )
    op.create_table(
        "street",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.String(length=19), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("shipped_as", sa.String(length=240), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_street_district_id_district")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.katottg"], name=op.f("fk_street_settlement_id_settlement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street")),
        sa.UniqueConstraint("shipped_as", name=op.f("uq_street_shipped_as")),
    )
    op.create_index(op.f("ix_street_district_id"), "street", ["district_id"], unique=False)
    op.create_index(op.f("ix_street_name"), "street", ["name"], unique=False)
    op.create_index(op.f("ix_street_settlement_id"), "street", ["settlement_id"], unique=False)

    op.create_table(
        "street_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_street_name_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_name")),
    )
    op.create_index(op.f("ix_street_name_name"), "street_name", ["name"], unique=False)
    op.create_index(op.f("ix_street_name_street_id"), "street_name", ["street_id"], unique=False)

    op.create_table(
        "house_renumbering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("old_house", sa.String(length=20), nullable=False),
        sa.Column("new_house", sa.String(length=20), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_house_renumbering_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_renumbering")),
    )
    op.create_index(op.f("ix_house_renumbering_street_id"), "house_renumbering", ["street_id"], unique=False)

    op.create_table(
        "house_manager",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("house", sa.String(length=20), nullable=False),
        sa.Column("executor_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["executor_id"], ["executor.id"], name=op.f("fk_house_manager_executor_id_executor")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_house_manager_street_id_street")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_manager")),
    )
    op.create_index(op.f("ix_house_manager_street_id"), "house_manager", ["street_id"], unique=False)

    op.create_table(
        "street_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_street_history_by_id_user")),
        sa.ForeignKeyConstraint(["street_id"], ["street.id"], name=op.f("fk_street_history_street_id_street")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["street_history.id"], name=op.f("fk_street_history_undoes_id_street_history")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_history")),
    )
    op.create_index(op.f("ix_street_history_street_id"), "street_history", ["street_id"], unique=False)


def downgrade() -> None:
    for table in ("street_history", "house_manager", "house_renumbering"):
        op.drop_index(op.f(f"ix_{table}_street_id"), table_name=table)
        op.drop_table(table)
    op.drop_index(op.f("ix_street_name_street_id"), table_name="street_name")
    op.drop_index(op.f("ix_street_name_name"), table_name="street_name")
    op.drop_table("street_name")
    op.drop_index(op.f("ix_street_settlement_id"), table_name="street")
    op.drop_index(op.f("ix_street_name"), table_name="street")
    op.drop_index(op.f("ix_street_district_id"), table_name="street")
    op.drop_table("street")
    op.drop_table("district")
    op.drop_index(op.f("ix_settlement_name"), table_name="settlement")
    op.drop_table("settlement")
