"""Remember who wants to be reminded by direct message, and what hosts said before their webinars.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "host_check",
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("starts_at", columns.INSTANT, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_host_check_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_host_check_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", "starts_at", name=op.f("pk_host_check")),
    )
    op.create_table(
        "personal_reminder",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("offsets", columns.DOCUMENT, nullable=False),
        sa.Column("maybe", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("undelivered_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_personal_reminder_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id", name=op.f("pk_personal_reminder")),
    )
