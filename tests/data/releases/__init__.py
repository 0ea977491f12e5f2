"""What databases of earlier releases held, a file for each revision of the tables that was released.

Each is what `convenor tour` left behind in that release: everybody in it is invented. A new one is written with that
release's own program, and then kept as it is:

    python -m tests.data.releases convenor.db > tests/data/releases/0123.json
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import JSON, Boolean, Connection, DateTime, MetaData, insert

from data.migrations.run import configuration

FOLDER = Path(__file__).parent
# The Network's facts, which every start brings up to date, and what only leads to them.
SEEDED = {"alembic_version", "change", "resource", "resource_key_area", "network_fact", "network_member"}
SEEDED_ROWS = {
    "practice": "origin <> 'brochure'",
    "practice_key_area": "practice_id IN (SELECT id FROM practice WHERE origin <> 'brochure')",
}
Rows = dict[str, list[dict[str, Any]]]


def revisions() -> list[str]:
    """Of which revisions there is a file."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def read(revision: str) -> Rows:
    """The rows of each table."""
    found: Rows = json.loads((FOLDER / f"{revision}.json").read_text("utf-8"))["tables"]
    return found


def load(connection: Connection, revision: str) -> None:
    """Make the tables as they were then, and fill them."""
    command.upgrade(configuration(connection), revision)
    tables = MetaData()
    tables.reflect(connection)
    rows = read(revision)
    for table in tables.sorted_tables:
        if table.name in rows:
            entries = [
                {name: _value(table.c[name].type, value) for name, value in row.items()} for row in rows[table.name]
            ]
            connection.execute(insert(table), entries)


def _value(kind: Any, value: Any) -> Any:
    """A value as SQLite keeps it, for a column of either database."""
    if value is None:
        return None
    if isinstance(kind, JSON):
        return json.loads(value)
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if kind.timezone else moment
    return bool(value) if isinstance(kind, Boolean) else value


def dump(path: Path) -> str:
    """What stands in a database file, as these files have it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        [revision] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        parts: list[str] = []
        for name in names:
            if name in SEEDED or name.startswith("sqlite_"):
                continue
            where = SEEDED_ROWS.get(name, "true")
            rows = connection.execute(f"SELECT * FROM {name} WHERE {where} ORDER BY 1").fetchall()  # noqa: S608
            if rows:
                lines = ",\n".join(json.dumps(dict(row), ensure_ascii=False) for row in rows)
                parts.append(f"{json.dumps(name)}: [\n{lines}\n]")
    return f'{{"revision": {json.dumps(revision)}, "tables": {{\n' + ",\n".join(parts) + "\n}}"
