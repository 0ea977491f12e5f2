"""Published practices as a file that travels: with who made them, and on what terms others may use them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data.communities import Community
from data.members import APPROVED, get_by_user, visible
from data.members.visibility import MEMBERS
from data.models import PracticeRow, PracticeTranslationRow
from data.practices.reading import visible_to
from data.practices.rows import BROCHURE, Practice, read

# Of the form of the file, counted up when it changes.
FORMAT = 1
REUSE = "reuse"
# On what terms others may use a practice, as the author chose.
TERMS = {
    True: "May be used and adapted, naming its authors.",
    False: "Ask its authors before you use or adapt it.",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A practice as it goes into a file.

    Attributes:
        practice: a published one.
        author: the name of its author, where they want to be shown; else None.
        translations: title, summary and sections by language, of those that its author approved.
    """

    practice: Practice
    author: str | None
    translations: dict[str, dict[str, Any]]


async def list_exported(session: AsyncSession, community_id: int) -> list[Exported]:
    """All that everyone in a community may read: members' practices, the newest first, then those from the brochure."""
    query = (
        select(PracticeRow)
        .where(*visible_to(community_id))
        .order_by(PracticeRow.origin == BROCHURE, PracticeRow.published_at.desc().nulls_last(), PracticeRow.id)
    )
    practices = await read(session, query)
    translations: dict[str, dict[str, dict[str, Any]]] = {}
    approved = select(PracticeTranslationRow).where(
        PracticeTranslationRow.community_id == community_id, PracticeTranslationRow.state == "approved"
    )
    for row in await session.scalars(approved.order_by(PracticeTranslationRow.language)):
        texts = {"title": row.title, "summary": row.summary, "sections": dict(row.sections), "of_version": row.number}
        translations.setdefault(row.practice_id, {})[row.language] = texts
    found: list[Exported] = []
    for practice in practices:
        author = None
        if practice.contact_shown and practice.author_id is not None:
            member = await get_by_user(session, community_id, practice.author_id)
            if member is not None and member.state == APPROVED:
                author = visible(member, MEMBERS).name or None
        found.append(Exported(practice, author, translations.get(practice.id, {})))
    return found


def document(exported: Exported) -> dict[str, Any]:
    """A practice as plain facts: codes where there are codes, and every text in the languages it has."""
    practice = exported.practice
    return {
        "id": practice.id,
        "origin": practice.origin,
        "reviewed": not practice.from_brochure,
        "language": practice.language,
        "title": dict(practice.title.by_language),
        "summary": dict(practice.summary.by_language),
        "sections": dict(practice.sections),
        "translations": exported.translations,
        "country": practice.country,
        "key_areas": list(practice.key_areas),
        "stage": practice.stage,
        "outcome": practice.outcome,
        "evidence": {"claimed": practice.evidence_claimed, "confirmed": practice.evidence_confirmed},
        "version": practice.edition,
        "published_at": practice.published_at.isoformat() if practice.published_at else None,
        "archived_at": practice.archived_at.isoformat() if practice.archived_at else None,
        "attribution": {
            "author": exported.author,
            "institution": dict(practice.institution.by_language),
            "source": dict(practice.source.by_language),
        },
        "terms": None if practice.from_brochure else TERMS[REUSE in practice.permissions],
    }


def as_json(community: Community, exported: Sequence[Exported], now: datetime) -> str:
    """The whole as one JSON document."""
    whole = {
        "format": FORMAT,
        "community": community.name,
        "exported_at": now.isoformat(),
        "practices": [document(one) for one in exported],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
