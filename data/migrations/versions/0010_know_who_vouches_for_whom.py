"""Know who vouches for whom.

There is no downgrade: the way back is the backup that was made before.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "focal_point",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("until", columns.INSTANT, nullable=False),
        sa.Column("named_by", columns.INTEGER, nullable=False),
        sa.Column("named_at", columns.INSTANT, nullable=False),
        sa.Column("ended_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_focal_point_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal_point")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("focal_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_focal_point_community_id_country"), ["community_id", "country"], unique=False
        )

    op.create_table(
        "attestation",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("member_id", columns.INTEGER, nullable=False),
        sa.Column("given_by", columns.INTEGER, nullable=True),
        sa.Column("as_focal_point", sa.Boolean(), nullable=False),
        sa.Column("vouches", sa.Boolean(), nullable=False),
        sa.Column("given_at", columns.INSTANT, nullable=False),
        sa.Column("expires_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_attestation_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_attestation_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attestation_member_id"), ["member_id"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("question_by", columns.INTEGER, nullable=True))
        batch_op.add_column(sa.Column("answer", sa.Text(), nullable=True))
    # Whoever was approved so far was vouched for by the moderator who did it; the word is good for a year from now, so
    # that nobody loses their place on the day of the update.
    now = datetime.now(UTC)
    member = sa.table(
        "member",
        sa.column("id", columns.INTEGER),
        sa.column("community_id", columns.INTEGER),
        sa.column("state", sa.Text()),
        sa.column("decided_by", columns.INTEGER),
    )
    attestation = sa.table(
        "attestation",
        sa.column("community_id", columns.INTEGER),
        sa.column("member_id", columns.INTEGER),
        sa.column("given_by", columns.INTEGER),
        sa.column("as_focal_point", sa.Boolean()),
        sa.column("vouches", sa.Boolean()),
        sa.column("given_at", columns.INSTANT),
        sa.column("expires_at", columns.INSTANT),
    )
    approved = sa.select(
        member.c.community_id,
        member.c.id,
        member.c.decided_by,
        sa.literal(value=False),
        sa.literal(value=True),
        sa.literal(now, columns.INSTANT),
        sa.literal(now + timedelta(days=365), columns.INSTANT),
    ).where(member.c.state == "approved")
    op.execute(
        attestation.insert().from_select(
            ["community_id", "member_id", "given_by", "as_focal_point", "vouches", "given_at", "expires_at"], approved
        )
    )
