"""The column types that migrations write. Never change one: what is here has been written into databases.

Migrations do not use the models' own types, which move with the code.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
