"""The draft: suggestions, labelled examples, alarms, and an address in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = {"street": 200, "house": 20, "building": 60, "flat": 20, "settlement": 80}
FACTS = {"urgency": 2, "kind": 16, "earlier_no": 24}


def upgrade() -> None:
    # Column by column: SQLite would have to copy the whole table otherwise, and other tables point at it.
    for name, length in {**TEXTS, **FACTS}.items():
        op.add_column("appeal", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("appeal", sa.Column("street_id", sa.Integer(), nullable=True))
    op.execute("UPDATE appeal SET street = substr(address, 1, 200)")
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("shown", sa.String(length=300), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("filled", sa.Boolean(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("rules", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_suggestion_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("transcript_id", "field", "rank", name=op.f("uq_suggestion_transcript_id_field_rank")),
    )
    op.create_index(op.f("ix_suggestion_transcript_id"), "suggestion", ["transcript_id"], unique=False)
    op.create_table(
        "labelled_example",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("suggested", sa.String(length=300), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("final", sa.String(length=300), nullable=False),
        sa.Column("final_rank", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("rules", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_labelled_example_appeal_id_appeal")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_labelled_example_by_id_user")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_labelled_example_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labelled_example")),
        sa.UniqueConstraint("appeal_id", "field", name=op.f("uq_labelled_example_appeal_id_field")),
    )
    op.create_index(op.f("ix_labelled_example_appeal_id"), "labelled_example", ["appeal_id"], unique=False)
    op.create_index(op.f("ix_labelled_example_at"), "labelled_example", ["at"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("dial", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_alarm_recording_id_recording")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["user.id"], name=op.f("fk_alarm_seen_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("recording_id", "dial", name=op.f("uq_alarm_recording_id_dial")),
    )
    op.create_index(op.f("ix_alarm_raised_at"), "alarm", ["raised_at"], unique=False)
    op.create_index(op.f("ix_alarm_recording_id"), "alarm", ["recording_id"], unique=False)


def downgrade() -> None:
    for table, columns in {
        "alarm": ("recording_id", "raised_at"),
        "labelled_example": ("at", "appeal_id"),
        "suggestion": ("transcript_id",),
    }.items():
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
    for name in ("street_id", *FACTS, *TEXTS):
        op.drop_column("appeal", name)
