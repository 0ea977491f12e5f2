"""The bare bot, which also imports SQLAlchemy, as a program needs it that keeps something in SQLite, and leaves it."""

import aiosqlite
import sqlalchemy.dialects.sqlite.aiosqlite
import sqlalchemy.ext.asyncio
import sqlalchemy.orm

from tests.bench.programs import bare

IMPORTED = (aiosqlite, sqlalchemy.dialects.sqlite.aiosqlite, sqlalchemy.ext.asyncio, sqlalchemy.orm)

if __name__ == "__main__":
    bare.main()
