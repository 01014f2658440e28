"""Live recognition: the words of a recording while it is still being made."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_words",
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("heard_seconds", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_live_words_recording_id_recording")),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_live_words")),
    )


def downgrade() -> None:
    op.drop_table("live_words")
    # The older shape knows no recording that is still being made; its call ends as any other.
    op.execute("UPDATE recording SET state = 'waiting' WHERE state IN ('growing', 'followed')")
