"""Which revision of the tables a database has, and which one this program knows. Cheap: Alembic is not imported."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from data.faults import NewerSchemaFault, NotOursFault
from data.models import Base
from data.models.base import PARTIAL

# The table that stands in a database while everything is carried into it.
MOVING = "convenor_move"
VERSIONS = Path(__file__).parent / "migrations" / "versions"


def tables() -> MetaData:
    """The tables as the models have them, also what PostgreSQL alone needs to know of them.

    Not from the first moment: to say it loads PostgreSQL's part of SQLAlchemy, which a bot on SQLite does without.
    """
    for table in Base.metadata.sorted_tables:
        for index in table.indexes:
            if PARTIAL in index.info:
                index.dialect_kwargs["postgresql_where"] = text(index.info[PARTIAL])
    return Base.metadata


@cache
def revisions() -> tuple[str, ...]:
    """All revisions this program knows, oldest first: what the files in `migrations/versions` begin with."""
    return tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")))


def head() -> str:
    """The revision that this program works with."""
    return revisions()[-1]


def stored_revision(connection: Connection, where: str, *, unfinished: bool = False) -> str | None:
    """Read the revision from a database, or None where it has no tables yet.

    Args:
        connection: to the database.
        where: what it is called in messages.
        unfinished: also of one that is just being filled from another.

    Raises:
        NotOursFault: it holds tables of another program under our names, or more than one revision, or is unfinished.
    """
    found_tables = set(inspect(connection).get_table_names())
    if MOVING in found_tables and not unfinished:
        raise NotOursFault(f"The database {where} is not complete: convenor move was stopped. Run it again.")
    if "alembic_version" not in found_tables:
        if found_tables & set(Base.metadata.tables):
            raise NotOursFault(f"The database {where} holds the tables of another program. Choose an empty one.")
        return None
    found = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if len(found) > 1:
        raise NotOursFault(f"The database {where} is marked with several revisions at once. Restore a backup.")
    return str(found[0]) if found else None


def newer(revision: str) -> NewerSchemaFault:
    """Say that the database is ahead of the program."""
    return NewerSchemaFault(f"This database was written by a newer Convenor (revision {revision}). Update the program.")
