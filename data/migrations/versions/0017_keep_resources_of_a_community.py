"""Let communities retire resources and members suggest some, and switch off what the forum is told of itself.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "resource_suggestion",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", columns.DOCUMENT, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("decided_at", columns.INSTANT, nullable=True),
        sa.Column("decided_by", columns.INTEGER, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("resource_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_resource_suggestion_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_suggestion")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_resource_suggestion_community_id_user_id_state"),
        "resource_suggestion",
        ["community_id", "user_id", "state"],
    )
    op.create_table(
        "resource_retirement",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("retired_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_resource_retirement_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_retirement_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "resource_id", name=op.f("pk_resource_retirement")),
    )
    op.add_column("community", sa.Column("suggests", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("resource", sa.Column("version", columns.INTEGER, server_default="1", nullable=False))
