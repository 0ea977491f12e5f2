"""Find what is due by an index: one column says when a delivery next needs somebody.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply this step."""
    op.drop_index(op.f("ix_delivery_state_due_at"), table_name="delivery")
    # A plain rename: SQLite need not make the table anew for it, and there may be a million rows.
    op.execute("ALTER TABLE delivery RENAME COLUMN lease_until TO wake_at")
    op.execute(
        "UPDATE delivery SET wake_at = CASE"
        " WHEN state NOT IN ('pending', 'sending') THEN NULL"
        " WHEN wake_at IS NULL OR (state = 'pending' AND wake_at < due_at) THEN due_at"
        " ELSE wake_at END"
    )
    for columns, where in (
        (["state", "wake_at", "id"], "wake_at IS NOT NULL"),
        (["expires_at"], "wake_at IS NOT NULL"),
        (["lease_owner"], "lease_owner IS NOT NULL"),
    ):
        name = op.f(f"ix_delivery_{'_'.join(columns)}")
        op.create_index(name, "delivery", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
