"""Give people calendars, and webinars further languages.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("changed_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_calendar_feed_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("community_id", "user_id", name=op.f("uq_calendar_feed_community_id_user_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
        sqlite_autoincrement=True,
    )
    op.add_column("webinar", sa.Column("changed_at", columns.INSTANT, nullable=True))
    op.add_column("webinar", sa.Column("texts", columns.DOCUMENT, nullable=True))
