"""The first tables of the records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("flow", sa.String(length=40), nullable=False),
        sa.Column("flow_version", sa.Integer(), nullable=False),
        sa.Column("caller", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("by_dialplan", sa.Boolean(), nullable=False),
        sa.Column("lines_ingested", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index("ix_call_receipt", "call", ["receipt"], unique=False)
    op.create_index(op.f("ix_call_started_at"), "call", ["started_at"], unique=False)

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "do_not_call",
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("phone_hash", name=op.f("pk_do_not_call")),
    )
    op.create_table(
        "executor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executor")),
        sa.UniqueConstraint("code", name=op.f("uq_executor_code")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("login", name=op.f("uq_user_login")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_audit_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_previous_hash")),
    )
    op.create_table(
        "category",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("executor_id", sa.Integer(), nullable=True),
        sa.Column("finish_hours", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["executor_id"], ["executor.id"], name=op.f("fk_category_executor_id_executor")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_consultation_by_id_user")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_consultation_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("call_id", name=op.f("uq_consultation_call_id")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("call_id", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_journal_entry_call_id_call")),
        sa.PrimaryKeyConstraint("call_id", "n", name=op.f("pk_journal_entry")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_no", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effect", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("city_wide", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_firm", sa.Boolean(), nullable=False),
        sa.Column("play_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("executor_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_notice_entered_by_id_user")),
        sa.ForeignKeyConstraint(["executor_id"], ["executor.id"], name=op.f("fk_notice_executor_id_executor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("public_no", name=op.f("uq_notice_public_no")),
    )
    op.create_index(op.f("ix_notice_status"), "notice", ["status"], unique=False)

    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("file", sa.String(length=120), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("ended_by", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.String(length=120), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_recording_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("call_id", "file", name=op.f("uq_recording_call_id_file")),
    )
    op.create_index(op.f("ix_recording_call_id"), "recording", ["call_id"], unique=False)
    op.create_index(op.f("ix_recording_state"), "recording", ["state"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=80), nullable=False),
        sa.Column("public_no", sa.String(length=24), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("category_code", sa.String(length=12), nullable=True),
        sa.Column("executor_id", sa.Integer(), nullable=True),
        sa.Column("due_operational", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_legal", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("returned_times", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_appeal_call_id_call")),
        sa.ForeignKeyConstraint(["category_code"], ["category.code"], name=op.f("fk_appeal_category_code_category")),
        sa.ForeignKeyConstraint(["executor_id"], ["executor.id"], name=op.f("fk_appeal_executor_id_executor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("call_id", name=op.f("uq_appeal_call_id")),
        sa.UniqueConstraint("public_no", name=op.f("uq_appeal_public_no")),
    )
    op.create_index(op.f("ix_appeal_received_at"), "appeal", ["received_at"], unique=False)
    op.create_index(op.f("ix_appeal_status"), "appeal", ["status"], unique=False)

    op.create_table(
        "notice_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("street_kind", sa.String(length=20), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("houses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_place_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_place")),
    )
    op.create_index(op.f("ix_notice_place_notice_id"), "notice_place", ["notice_id"], unique=False)

    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("took_seconds", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_transcript_recording_id_recording")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
    )
    op.create_index(op.f("ix_transcript_recording_id"), "transcript", ["recording_id"], unique=False)

    op.create_table(
        "appeal_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("was", sa.String(length=24), nullable=True),
        sa.Column("became", sa.String(length=24), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_move_appeal_id_appeal")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_appeal_move_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_move")),
    )
    op.create_index(op.f("ix_appeal_move_appeal_id"), "appeal_move", ["appeal_id"], unique=False)

    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=24), nullable=True),
        sa.Column("done", sa.String(length=8), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_callback_appeal_id_appeal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
        sa.UniqueConstraint("appeal_id", "round", name=op.f("uq_callback_appeal_id_round")),
    )
    op.create_index(op.f("ix_callback_appeal_id"), "callback", ["appeal_id"], unique=False)
    op.create_index(op.f("ix_callback_due_at"), "callback", ["due_at"], unique=False)
    op.create_index(op.f("ix_callback_status"), "callback", ["status"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("first_word", sa.Integer(), nullable=False),
        sa.Column("last_word", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_correction_by_id_user")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_correction_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_transcript_id"), "correction", ["transcript_id"], unique=False)

    op.create_table(
        "callback_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=80), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_callback_attempt_call_id_call")),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callback.id"], name=op.f("fk_callback_attempt_callback_id_callback")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_attempt")),
        sa.UniqueConstraint("callback_id", "n", name=op.f("uq_callback_attempt_callback_id_n")),
    )
    op.create_index(op.f("ix_callback_attempt_callback_id"), "callback_attempt", ["callback_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_callback_attempt_callback_id"), table_name="callback_attempt")
    op.drop_table("callback_attempt")
    op.drop_index(op.f("ix_correction_transcript_id"), table_name="correction")
    op.drop_table("correction")
    op.drop_index(op.f("ix_callback_status"), table_name="callback")
    op.drop_index(op.f("ix_callback_due_at"), table_name="callback")
    op.drop_index(op.f("ix_callback_appeal_id"), table_name="callback")
    op.drop_table("callback")
    op.drop_index(op.f("ix_appeal_move_appeal_id"), table_name="appeal_move")
    op.drop_table("appeal_move")
    op.drop_index(op.f("ix_transcript_recording_id"), table_name="transcript")
    op.drop_table("transcript")
    op.drop_index(op.f("ix_notice_place_notice_id"), table_name="notice_place")
    op.drop_table("notice_place")
    op.drop_index(op.f("ix_appeal_status"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_received_at"), table_name="appeal")
    op.drop_table("appeal")
    op.drop_index(op.f("ix_recording_state"), table_name="recording")
    op.drop_index(op.f("ix_recording_call_id"), table_name="recording")
    op.drop_table("recording")
    op.drop_index(op.f("ix_notice_status"), table_name="notice")
    op.drop_table("notice")
    op.drop_table("journal_entry")
    op.drop_table("consultation")
    op.drop_table("category")
    op.drop_table("audit")
    op.drop_table("user")
    op.drop_table("executor")
    op.drop_table("do_not_call")
    op.drop_table("counter")
    op.drop_index(op.f("ix_call_started_at"), table_name="call")
    op.drop_index("ix_call_receipt", table_name="call")
    op.drop_table("call")
