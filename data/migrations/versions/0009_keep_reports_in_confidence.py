"""Keep reports in confidence.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "report",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reporter_id", columns.INTEGER, nullable=True),
        sa.Column("subject_id", columns.INTEGER, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel_id", columns.INTEGER, nullable=True),
        sa.Column("message_id", columns.INTEGER, nullable=True),
        sa.Column("copy", sa.Text(), nullable=True),
        sa.Column("copy_until", columns.INSTANT, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True),
        sa.Column("handled_by", columns.INTEGER, nullable=True),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("closed_at", columns.INSTANT, nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_report_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("community_id", "code", name=op.f("uq_report_community_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_community_id_reporter_id"), ["community_id", "reporter_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_report_community_id_state"), ["community_id", "state"], unique=False)
