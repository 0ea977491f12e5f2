"""Members as the search finds them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from data import countries
from data.languages import LANGUAGES
from data.members.rows import Member, listed, read
from data.members.visibility import MEMBERS, visible
from data.models import KeyAreaRow, MemberRow
from data.search.documents import Document
from data.search.text import UNKNOWN


async def member_documents(session: AsyncSession, ids: Collection[str] | None = None) -> list[Document]:
    """Members whom others may see, all or those with these ids (as text). Only their own community finds them.

    What a person hides from members is found by nobody.
    """
    query = listed(select(MemberRow)).order_by(MemberRow.id)
    if ids is not None:
        query = query.where(MemberRow.id.in_([int(each) for each in ids]))
    areas = {row.id: row.name for row in await session.scalars(select(KeyAreaRow))}
    return [_document(visible(member, MEMBERS), areas) for member in await read(session, query)]


def _document(member: Member, areas: dict[str, dict[str, str]]) -> Document:
    said = (member.role, member.organisation, member.offers, member.seeks)
    return Document(
        kind="member",
        id=str(member.id),
        community_id=member.community_id,
        titles={UNKNOWN: member.name},
        body={member.language: ". ".join(text for text in said if text)},
        labels={language: ". ".join(_labels(member, areas, language)) for language in LANGUAGES},
        key_areas=member.key_areas,
        country=member.country,
        languages=member.languages,
    )


def _labels(member: Member, areas: dict[str, dict[str, str]], language: str) -> list[str]:
    names = [areas[area].get(language, "") for area in member.key_areas if area in areas]
    return [countries.name(member.country, language), *names] if member.country else names
