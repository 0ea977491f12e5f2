"""Say more of webinars: their kind, place, languages, several key areas, whom they are for, and how many can come.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "webinar_key_area",
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("key_area", sa.Text(), nullable=False),
        sa.Column("position", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(["key_area"], ["key_area.id"], name=op.f("fk_webinar_key_area_key_area")),
        sa.ForeignKeyConstraint(
            ["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_key_area_webinar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webinar_id", "key_area", name=op.f("pk_webinar_key_area")),
    )
    op.create_index(op.f("ix_webinar_key_area_key_area"), "webinar_key_area", ["key_area"])
    op.execute(
        "INSERT INTO webinar_key_area (webinar_id, key_area, position)"
        " SELECT id, key_area, 0 FROM webinar WHERE key_area IS NOT NULL"
    )
    with op.batch_alter_table("rsvp", recreate="always") as rsvp:
        rsvp.add_column(sa.Column("turn", columns.INTEGER, nullable=True))
        rsvp.add_column(sa.Column("offered_until", columns.INSTANT, nullable=True))
    # The ids of webinars that were deleted must not come again, though SQLite makes the table anew.
    sqlite = op.get_bind().dialect.name == "sqlite"
    last = "SELECT seq FROM sqlite_sequence WHERE name = 'webinar'"
    used = op.get_bind().execute(sa.text(last)).scalar_one_or_none() if sqlite else None
    made_anew = {"sqlite_autoincrement": True}
    empty = sa.text("'[]'")
    with op.batch_alter_table("webinar", table_kwargs=made_anew) as webinar:
        webinar.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="webinar"))
        webinar.add_column(sa.Column("place", sa.Text(), nullable=True))
        webinar.add_column(sa.Column("channel_id", columns.INTEGER, nullable=True))
        webinar.add_column(sa.Column("spoken", columns.DOCUMENT, nullable=False, server_default=empty))
        webinar.add_column(sa.Column("interpreted", columns.DOCUMENT, nullable=False, server_default=empty))
        webinar.add_column(sa.Column("audience", sa.Text(), nullable=False, server_default="all"))
        webinar.add_column(sa.Column("audience_areas", columns.DOCUMENT, nullable=False, server_default=empty))
        webinar.add_column(sa.Column("capacity", columns.INTEGER, nullable=True))
        webinar.add_column(sa.Column("host_id", columns.INTEGER, nullable=True))
        webinar.add_column(sa.Column("co_host_id", columns.INTEGER, nullable=True))
        webinar.drop_constraint(op.f("fk_webinar_key_area"), type_="foreignkey")
        webinar.drop_column("key_area")
    with op.batch_alter_table("webinar", table_kwargs=made_anew) as webinar:
        for name in ("kind", "spoken", "interpreted", "audience", "audience_areas"):
            webinar.alter_column(name, server_default=None)
    if used is not None:
        op.get_bind().execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'webinar'"))
        op.get_bind().execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('webinar', :used)"), {"used": used}
        )
