"""A community's own words: what its people type, and what that means in the texts there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit
from data.changes import record_change
from data.models import GlossaryTermRow
from data.search.glossary import LONGEST
from data.search.text import words
from data.statements import lock, upsert

# As changes and the audit log call it.
KIND = "glossary"
# So many a community may have: each widens every query in which it stands.
MOST = 500
MOST_MEANINGS = 10
LONGEST_TEXT = 80


class NotAddedFault(Exception):
    """A word cannot be added: the glossary is full."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means.

    Attributes:
        id: its own.
        community_id: whose it is.
        word: as a moderator wrote it.
        means: expressions that mean nearly the same, in any language.
    """

    id: int
    community_id: int
    word: str
    means: tuple[str, ...]


def folded(text: str) -> str:
    """The same for all ways to write an expression; empty where it has no word to look for."""
    return " ".join(word.folded for word in words(text) if not word.is_grammar)


def is_sound(text: str) -> bool:
    """Whether an expression can be looked for: it has a word that means something, and not too many."""
    return 0 < len(folded(text).split()) <= LONGEST and len(text) <= LONGEST_TEXT


async def list_terms(session: AsyncSession, community_id: int | None = None) -> list[Term]:
    """The words of a community, or of all, in the order of the alphabet."""
    query = select(GlossaryTermRow).order_by(GlossaryTermRow.folded, GlossaryTermRow.id)
    if community_id is not None:
        query = query.where(GlossaryTermRow.community_id == community_id)
    return [Term(row.id, row.community_id, row.word, tuple(row.means)) for row in await session.scalars(query)]


async def add_term(
    session: AsyncSession, community_id: int, word: str, means: Sequence[str], *, by: int, now: datetime
) -> None:
    """Add a word, or say anew what it means; every process looks for it from now on.

    Args:
        session: a write transaction.
        community_id: whose it is.
        word: sound, see `is_sound`.
        means: expressions, all sound.
        by: the moderator.
        now: the time (UTC).

    Raises:
        NotAddedFault: the community has as many as it may.
    """
    await lock(session, f"{KIND}:{community_id}")
    name = folded(word)
    others = select(func.count()).where(GlossaryTermRow.community_id == community_id, GlossaryTermRow.folded != name)
    if (await session.execute(others)).scalar_one() >= MOST:
        raise NotAddedFault
    values = {"word": word, "means": list(means)[:MOST_MEANINGS], "created_at": now}
    await upsert(session, GlossaryTermRow, {"community_id": community_id, "folded": name}, values)
    await record_change(session, KIND, community_id, community_id)
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action="glossary.add",
        object_kind=KIND,
        object_id=community_id,
    )


async def get_term(session: AsyncSession, community_id: int, term_id: int) -> Term | None:
    """A word of the community; None where it has none of that id."""
    row = await session.get(GlossaryTermRow, term_id)
    if row is None or row.community_id != community_id:
        return None
    return Term(row.id, row.community_id, row.word, tuple(row.means))


async def remove_term(session: AsyncSession, term: Term, *, by: int, now: datetime) -> None:
    """Take a word out; no process looks for it any more."""
    await session.execute(delete(GlossaryTermRow).where(GlossaryTermRow.id == term.id))
    await record_change(session, KIND, term.community_id, term.community_id)
    await audit.record(
        session,
        community_id=term.community_id,
        at=now,
        actor_id=by,
        action="glossary.remove",
        object_kind=KIND,
        object_id=term.id,
    )
