"""Remember who left without a profile, read the audit log by person, action and thing, and name nobody in alerts.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "departure",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("left_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_departure_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id", name=op.f("pk_departure")),
    )
    for several in (("action",), ("actor",), ("object_kind", "object_id")):
        names = ["community_id", *several, "at"]
        op.create_index(op.f(f"ix_audit_entry_{'_'.join(names)}"), "audit_entry", names)
    # A row that is done may keep the name of whoever was written to; these told it a second time.
    if op.get_bind().dialect.name == "sqlite":
        taken = "UPDATE delivery SET details = json_remove(details, '$.target', '$.subject') WHERE kind = :kind"
    else:
        taken = "UPDATE delivery SET details = details - 'target' - 'subject' WHERE kind = :kind"
    op.execute(sa.text(taken).bindparams(kind="delivery.failed"))
