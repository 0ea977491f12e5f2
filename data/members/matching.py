"""Who might want to meet whom: what one offers is what the other looks for, and they are of other regions of the world.

Words count by what they mean: an inflection by its stem, a term of the field in whichever of the four languages.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.languages import LANGUAGES
from data.members.rows import MATCHING, Member, listed, of, read
from data.members.visibility import MEMBERS, visible
from data.models import ConsentRow, MemberKeyAreaRow, MemberRow
from data.search.glossary import NEAR, thesaurus
from data.search.text import Word, stem_of, words

# How many are named.
NAMED = 3
# How many are looked at: those of the same key areas first, then those who came last.
LOOKED_AT = 200
# A term of the field tells more than a word that happens to be the same; a shared key area only decides between equals.
_CONCEPT, _WORD, _AREA = 5, 2, 1
# One or two everyday words in common are no reason to meet.
_ENOUGH = 5
_LONGEST_TERM = 4

# The first zone that most countries have tells the part of the world; these lie by themselves.
_LONE = {
    **dict.fromkeys(("CV", "KM", "MG", "MU", "SC", "SH", "ST"), "Africa"),
    **dict.fromkeys(("BM", "FK", "GS"), "America"),
    **dict.fromkeys(("MV", "IO"), "Asia"),
    **dict.fromkeys(("CY", "FO", "GE", "AM", "IS", "RU", "TR"), "Europe"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whom a member might want to meet.

    Attributes:
        member: who, as other members see them.
        offers: what they offer has to do with what the member looks for.
        seeks: what they look for has to do with what the member offers.
        key_areas: those that both work in.
    """

    member: Member
    offers: bool
    seeks: bool
    key_areas: tuple[str, ...]


def best_matches(newcomer: Member, others: Iterable[Member], *, most: int = NAMED) -> list[Match]:
    """The members who fit best, the best first; those of the same part of the world are left out.

    Args:
        newcomer: for whom.
        others: among whom. Consents are not looked at here.
        most: how many.
    """
    mine = visible(newcomer, MEMBERS)
    ranked: list[tuple[int, int, Match]] = []
    for other in others:
        theirs = visible(other, MEMBERS)
        if theirs.id == mine.id or not _apart(mine, theirs):
            continue
        helps, helped = (
            _common(theirs.offers, theirs, mine.seeks, mine),
            _common(mine.offers, mine, theirs.seeks, theirs),
        )
        if max(helps, helped) < _ENOUGH:
            continue
        shared = tuple(area for area in mine.key_areas if area in theirs.key_areas)
        match = Match(theirs, helps >= _ENOUGH, helped >= _ENOUGH, shared)
        ranked.append((-(helps + helped + _AREA * len(shared)), theirs.id, match))
    return [match for _, _, match in sorted(ranked, key=lambda each: each[:2])[:most]]


async def matches_for(session: AsyncSession, member: Member, *, most: int = NAMED) -> list[Match]:
    """Whom a member might want to meet; nobody where they do not agree to be matched."""
    if not member.matched or not (member.offers or member.seeks):
        return []
    willing = select(ConsentRow.member_id).where(ConsentRow.purpose == MATCHING, ConsentRow.withdrawn_at.is_(None))
    shared = (
        select(func.count())
        .where(MemberKeyAreaRow.member_id == MemberRow.id, MemberKeyAreaRow.key_area.in_(member.key_areas))
        .scalar_subquery()
    )
    query = (
        listed(of(member.community_id))
        .where(
            MemberRow.id != member.id,
            MemberRow.id.in_(willing),
            or_(MemberRow.country.is_(None), MemberRow.country != member.country),
            or_(MemberRow.offers != "", MemberRow.seeks != ""),
        )
        .order_by(shared.desc(), MemberRow.id.desc())
        .limit(LOOKED_AT)
    )
    return best_matches(member, await read(session, query), most=most)


def matches_among(newcomer: Member, others: Iterable[Member]) -> list[Match]:
    """Of those who were named to a member, the ones who may be named still."""
    return best_matches(newcomer, [other for other in others if other.matched]) if newcomer.matched else []


def _apart(one: Member, other: Member) -> bool:
    """Whether two are of different parts of the world; whoever speaks for no country is of none."""
    if one.country is None or other.country is None:
        return False
    return one.country != other.country and region_of(one.country) != region_of(other.country)


@cache
def region_of(country: str) -> str:
    """The part of the world that a country lies in; the country itself where that is not known."""
    if country in _LONE:
        return _LONE[country]
    from babel.core import get_global

    zones: dict[str, list[str]] = dict(get_global("territory_zones"))
    parts = Counter(zone.partition("/")[0] for zone in zones.get(country, ()))
    return parts.most_common(1)[0][0] if parts else country


def _common(one: str, by: Member, other: str, other_by: Member) -> int:
    """How much two texts have in common."""
    terms, theirs = meanings(one, by.language), meanings(other, other_by.language)
    return sum(_CONCEPT if term.startswith("=") else _WORD for term in terms & theirs)


@lru_cache(maxsize=4096)
def meanings(text: str, language: str) -> frozenset[str]:
    """What a text is about: `=` and the id of each term of the field, everyday notions, and the stems of other words.

    Args:
        text: as written.
        language: the one it is most likely written in.
    """
    content = [word for word in words(text) if not word.is_grammar]
    known = thesaurus()
    found: set[str] = set()
    covered: set[int] = set()
    for start in range(len(content)):
        for length in range(min(_LONGEST_TERM, len(content) - start), 0, -1):
            named = known.concepts(content[start : start + length])
            concepts = [one for one in named if not one.soft and one.weight >= NEAR]
            if concepts:
                found |= {one.id if one.id.startswith("word-") else f"={one.id}" for one in concepts}
                covered |= set(range(start, start + length))
                break
    return frozenset(found | {_stem(word, language) for at, word in enumerate(content) if at not in covered})


def _stem(word: Word, language: str) -> str:
    return stem_of(word, language if language in LANGUAGES else "en")
