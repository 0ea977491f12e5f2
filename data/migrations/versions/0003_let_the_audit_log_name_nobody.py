"""Let the audit log name nobody, and let nothing be taken out of it.

There is no downgrade: the way back is the backup that was made before.
"""

import secrets

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply this step."""
    alias = op.create_table(
        "alias",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_alias_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id", name=op.f("pk_alias")),
        sa.UniqueConstraint("code", name=op.f("uq_alias_code")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_erasure_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entry") as batch:
        batch.add_column(sa.Column("actor", sa.Text(), nullable=True))
    give_aliases(op.get_bind(), alias)
    with op.batch_alter_table("audit_entry", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("actor_id")
    forbid_changes(op.get_bind().dialect.name)


def give_aliases(connection: sa.Connection, alias: sa.Table) -> None:
    """Write an alias for everyone in the log in place of their id."""
    people = connection.execute(
        sa.text(
            "SELECT DISTINCT community_id, actor_id FROM audit_entry "
            "WHERE actor_id IS NOT NULL AND community_id IN (SELECT id FROM community)"
        )
    )
    for community_id, user_id in people.all():
        code = secrets.token_hex(8)
        connection.execute(alias.insert().values(community_id=community_id, user_id=user_id, code=code))
        connection.execute(
            sa.text("UPDATE audit_entry SET actor = :code WHERE community_id = :community AND actor_id = :user"),
            {"code": code, "community": community_id, "user": user_id},
        )


def forbid_changes(dialect: str) -> None:
    """Let the database refuse to change or delete what stands in the log."""
    if dialect == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{event.lower()} BEFORE {event} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_only_added() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_only_added()"
    )
