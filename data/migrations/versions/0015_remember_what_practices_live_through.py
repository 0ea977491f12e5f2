"""Remember where practices were tried, who saved them, and whether somebody still vouches for them.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "adaptation",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("author_id", columns.INTEGER, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("contested", columns.DOCUMENT, server_default="[]", nullable=False),
        sa.Column("sent_at", columns.INSTANT, nullable=False),
        sa.Column("withdrawn_at", columns.INSTANT, nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_adaptation_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_adaptation_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adaptation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("adaptation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adaptation_community_id_author_id"), ["community_id", "author_id"])
        batch_op.create_index(batch_op.f("ix_adaptation_practice_id_state"), ["practice_id", "state"])
    op.create_table(
        "saved_practice",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("saved_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_saved_practice_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_saved_practice_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id", "practice_id", name=op.f("pk_saved_practice")),
    )
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fresh_at", columns.INSTANT, nullable=True))
        batch_op.add_column(sa.Column("asked", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("archived_at", columns.INSTANT, nullable=True))
        batch_op.add_column(sa.Column("heir_id", columns.INTEGER, nullable=True))
    # What was published before counts from the day of its publication.
    op.execute("UPDATE practice SET fresh_at = published_at WHERE origin = 'member' AND state = 'published'")
