"""Keep questions to peers and to authors, earlier versions of practices, and their translations.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "peer_request",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("key_areas", columns.DOCUMENT, nullable=False),
        sa.Column("languages", columns.DOCUMENT, nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("closed_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_peer_request_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_request")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("peer_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_peer_request_community_id_state"), ["community_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_peer_request_community_id_user_id"), ["community_id", "user_id"], unique=False
        )

    op.create_table(
        "peer_offer",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("request_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("as_moderator", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", columns.INSTANT, nullable=False),
        sa.Column("answered_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_peer_offer_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["peer_request.id"], name=op.f("fk_peer_offer_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_offer")),
        sa.UniqueConstraint("request_id", "user_id", name=op.f("uq_peer_offer_request_id_user_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("peer_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_peer_offer_community_id_user_id"), ["community_id", "user_id"], unique=False
        )

    op.create_table(
        "practice_question",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", columns.INTEGER, nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("asked_at", columns.INSTANT, nullable=False),
        sa.Column("answered_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_practice_question_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_question_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_question")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("practice_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_question_community_id_user_id"), ["community_id", "user_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practice_question_practice_id_state"), ["practice_id", "state"], unique=False
        )

    op.create_table(
        "practice_translation",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sections", columns.DOCUMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", columns.INTEGER, nullable=False),
        sa.Column("made_at", columns.INSTANT, nullable=False),
        sa.Column("approved_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_practice_translation_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_translation_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_translation")),
        sa.UniqueConstraint(
            "practice_id", "language", "state", name=op.f("uq_practice_translation_practice_id_language_state")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("practice_translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_translation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "practice_version",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=True),
        sa.Column("number", columns.INTEGER, nullable=False),
        sa.Column("content", columns.DOCUMENT, nullable=False),
        sa.Column("changed", columns.DOCUMENT, nullable=False),
        sa.Column("published_at", columns.INSTANT, nullable=False),
        sa.Column("replaced_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_practice_version_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_version_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_version")),
        sa.UniqueConstraint("practice_id", "number", name=op.f("uq_practice_version_practice_id_number")),
    )
    with op.batch_alter_table("practice_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_version_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revises", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("edition", columns.INTEGER, server_default="1", nullable=False))
        batch_op.add_column(sa.Column("review_thread_id", columns.INTEGER, nullable=True))
        batch_op.create_index(batch_op.f("ix_practice_revises"), ["revises"], unique=False)
