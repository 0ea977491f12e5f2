"""Let webinars come back in a rhythm: series, and which webinars they are made of.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "webinar_series",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("lead_id", columns.INTEGER, nullable=True),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_series_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_series")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_webinar_series_community_id"), "webinar_series", ["community_id"])
    op.create_table(
        "webinar_occurrence",
        sa.Column("webinar_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("series_id", columns.INTEGER, nullable=False),
        sa.Column("number", columns.INTEGER, nullable=False),
        sa.Column("wall_time", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["webinar_series.id"], name=op.f("fk_webinar_occurrence_series_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_occurrence_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", name=op.f("pk_webinar_occurrence")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_webinar_occurrence_series_id_number")),
    )
