"""Alembic's entry: runs on the connection that it is given, inside the transaction that is open there."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from data import schema
from data.types import UTCDateTime


def render_item(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our column types by the names that `data.migrations.columns` keeps for good."""
    if kind != "type":
        return False
    for type_, name in ((UTCDateTime, "INSTANT"), (sa.BigInteger, "INTEGER"), (sa.JSON, "DOCUMENT")):
        if isinstance(item, type_):
            autogenerate.imports.add("from data.migrations import columns")
            return f"columns.{name}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.tables(),
    render_as_batch=True,
    render_item=render_item,
)
context.run_migrations()
