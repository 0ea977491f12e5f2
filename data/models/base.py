"""What every table shares: names for constraints, and the column types in use."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from data.types import Document, UTCDateTime

# Named constraints, so that a migration can drop or alter them on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite hands out the id of a deleted last row again; an old button or delivery must never meet a new object.
# PostgreSQL's sequences only go forward.
NEVER_REUSED = {"sqlite_autoincrement": True}


# Under which an index that holds some rows only says which; `data.schema.tables` tells PostgreSQL.
PARTIAL = "partial"


class Base(DeclarativeBase):
    """The mapping of Python types to columns that all tables use."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger().with_variant(Integer(), "sqlite"),
        str: Text(),
        datetime: UTCDateTime(),
        dict[str, Any]: Document(),
        dict[str, str]: Document(),
        list[str]: Document(),
        list[int]: Document(),
        list[dict[str, str]]: Document(),
    }
