"""What must stay gone when an older backup is restored: beside the backups, a line for each.

An erased person stands there as a keyed hash, whose key is in the database and in its backups: the lines alone tell
nobody who it was, and whoever restores a backup knows them again. A withdrawn practice, adaptation or
question to peers stands there by its number.
"""

import asyncio
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.backups.names import settle
from data.database import Database
from data.models import AdaptationRow, ErasureRow, PeerRequestRow, PracticeRow
from data.peers.rows import WITHDRAWN

FILE = "erasures.jsonl"
PERSON, PRACTICE, ADAPTATION, QUESTION = "person", "practice", "adaptation", "peer"


@dataclass(frozen=True, slots=True, order=True)
class Gone:
    """Something that must stay gone.

    Attributes:
        at: since when (UTC).
        community_id: where.
        kind: `person`, `practice`, `adaptation` or `peer`.
        what: the keyed hash of a person, or the id of anything else.
        reason: a code, for practices and adaptations.
    """

    at: datetime
    community_id: int
    kind: str
    what: str
    reason: str = ""


async def gone_from(session: AsyncSession) -> list[Gone]:
    """All that a database knows to be gone, oldest first."""
    people = await session.execute(select(ErasureRow.at, ErasureRow.community_id, ErasureRow.digest))
    practices = await session.execute(
        select(PracticeRow.withdrawn_at, PracticeRow.community_id, PracticeRow.id, PracticeRow.withdrawn_reason).where(
            PracticeRow.withdrawn_at.is_not(None), PracticeRow.community_id.is_not(None)
        )
    )
    adaptations = await session.execute(
        select(
            AdaptationRow.withdrawn_at, AdaptationRow.community_id, AdaptationRow.id, AdaptationRow.withdrawn_reason
        ).where(AdaptationRow.withdrawn_at.is_not(None))
    )
    questions = await session.execute(
        select(PeerRequestRow.closed_at, PeerRequestRow.community_id, PeerRequestRow.id).where(
            PeerRequestRow.state == WITHDRAWN, PeerRequestRow.closed_at.is_not(None)
        )
    )
    found = [Gone(at, community_id, PERSON, digest) for at, community_id, digest in people]
    found += [
        Gone(at, community_id, PRACTICE, practice_id, reason or "")
        for at, community_id, practice_id, reason in practices
        if at is not None and community_id is not None
    ]
    found += [
        Gone(at, community_id, ADAPTATION, str(adaptation_id), reason or "")
        for at, community_id, adaptation_id, reason in adaptations
        if at is not None
    ]
    found += [
        Gone(at, community_id, QUESTION, str(request_id))
        for at, community_id, request_id in questions
        if at is not None
    ]
    return sorted(found)


async def keep(db: Database, folder: Path) -> int:
    """Write down what is gone and not yet in the file beside the backups; gives how many lines that was.

    Raises:
        OSError: it cannot be written.
    """
    async with db.read() as session:
        gone = await gone_from(session)
    return await asyncio.to_thread(_add, folder / FILE, gone) if gone else 0


def read(file: Path) -> list[Gone]:
    """What a file says is gone; nothing where there is none. A line that was cut off at the end is left out."""
    if not file.is_file():
        return []
    return [found for line in file.read_text(encoding="utf-8").splitlines() if (found := _entry(line)) is not None]


def _entry(line: str) -> Gone | None:
    try:
        said: dict[str, Any] = json.loads(line)
        return Gone(
            datetime.fromisoformat(said["at"]),
            int(said["community"]),
            str(said["kind"]),
            str(said["what"]),
            str(said.get("reason", "")),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _add(file: Path, gone: Iterable[Gone]) -> int:
    missing = sorted(set(gone) - set(read(file)))
    if not missing:
        return 0
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not file.exists()
    text = "".join(
        json.dumps(
            {
                "at": one.at.isoformat(),
                "community": one.community_id,
                "kind": one.kind,
                "what": one.what,
                **({"reason": one.reason} if one.reason else {}),
            }
        )
        + "\n"
        for one in missing
    )
    descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        # After a line that was cut off by a crash, a new one begins.
        opened.write(text if new else "\n" + text)
        opened.flush()
        os.fsync(opened.fileno())
    if new:
        settle([file.parent])
    return len(missing)
