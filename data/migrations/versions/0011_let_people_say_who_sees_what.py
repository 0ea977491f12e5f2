"""Let people say who sees what of their profile, and know which roles were set.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden", columns.DOCUMENT, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("placed", columns.DOCUMENT, server_default="[]", nullable=False))
