"""Keep what is left of a webinar: materials, who was there, what they thought of it, and a recap.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "webinar_attendance",
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("noted_by", columns.INTEGER, nullable=True),
        sa.Column("noted_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_attendance_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_attendance_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", "user_id", name=op.f("pk_webinar_attendance")),
    )
    with op.batch_alter_table("webinar_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_attendance_user_id"), ["user_id"], unique=False)

    op.create_table(
        "webinar_material",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("added_by", columns.INTEGER, nullable=False),
        sa.Column("added_at", columns.INSTANT, nullable=False),
        sa.Column("removed_at", columns.INSTANT, nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_material_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_material_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_material")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("webinar_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_material_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "webinar_recap",
        sa.Column("webinar_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", columns.INTEGER, nullable=False),
        sa.Column("written_at", columns.INSTANT, nullable=False),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_recap_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_recap_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", name=op.f("pk_webinar_recap")),
    )
    op.create_table(
        "webinar_survey_answer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("useful", columns.INTEGER, nullable=False),
        sa.Column("better", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_survey_answer_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_survey_answer_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_survey_answer")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("webinar_survey_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_survey_answer_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "webinar_survey_mark",
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_survey_mark_webinar_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_survey_mark_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", "user_id", name=op.f("pk_webinar_survey_mark")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("webinar_survey_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_survey_mark_user_id"), ["user_id"], unique=False)
