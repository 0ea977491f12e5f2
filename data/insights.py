"""What a community did in a period, in numbers. Nobody is named, and few people are not told apart from nobody.

A number of people, or of what people did, that is below `FEWEST` is None: it would tell of somebody. What it could be
worked out from is put together with others first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import (
    AdaptationRow,
    AttendanceRow,
    LookupRow,
    MemberKeyAreaRow,
    MemberRow,
    PeerOfferRow,
    PeerRequestRow,
    PracticeRow,
    RsvpRow,
    WebinarRow,
)

FEWEST = 5
# Countries that are shown each for itself; webinars and words that are listed.
COUNTRIES, WEBINARS, WORDS = 12, 12, 8
# Stands for all countries that are not shown for themselves.
OTHERS = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A webinar that took place.

    Attributes:
        title: as published; written by somebody.
        starts_at: when it began (UTC).
        going: how many said that they would come.
        attended: how many were there, as far as anybody noted.
    """

    title: str
    starts_at: datetime
    going: int | None
    attended: int | None


@dataclass(frozen=True, slots=True)
class Insights:
    """A community in a period. None is a number from 1 to `FEWEST` - 1, or one that would give such a number away.

    Attributes:
        members: at the end of the period, as far as they are still members.
        joined: those of them who became one in the period.
        countries: members by country (alpha-2), most first; `OTHERS` for the rest. None have no country.
        areas: members by key area.
        held, cancelled: webinars; they were public, so that their number is always told.
        meetings: those that took place, newest first, `WEBINARS` at most.
        going, attended: of all of them together.
        published: practices, which are public.
        adaptations: that somebody told of.
        lookups, found_nothing: how often something was looked for, and how often in vain.
        words: what was looked for in vain, most often first.
        asks, unanswered: questions to peers, and those of them to which nobody offered an answer.
    """

    members: int | None
    joined: int | None
    countries: Mapping[str, int]
    areas: Mapping[str, int | None]
    held: int
    cancelled: int
    meetings: tuple[Meeting, ...]
    going: int | None
    attended: int | None
    published: int
    adaptations: int | None
    lookups: int | None
    found_nothing: int | None
    words: Mapping[str, int]
    asks: int | None
    unanswered: int | None


def hidden(number: int) -> int | None:
    """The number, or None where it would tell of somebody."""
    return number if number == 0 or number >= FEWEST else None


def parts(part: int, whole: int) -> tuple[int | None, int | None]:
    """A part and its whole: the part is not told either where what is left of the whole would tell of somebody."""
    return (None if hidden(whole - part) is None else hidden(part)), hidden(whole)


def summed(total: int | None, counts: Sequence[int], shown: Sequence[int | None]) -> int | None:
    """A sum; None where it and the counts that are shown would give away one that is not."""
    left = sum(counts) - sum(known for known in shown if known is not None)
    return total if left == 0 or left >= FEWEST else None


def grouped(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts whose sum is known, most first; small ones together under `OTHERS`, with so many others as that takes.

    Empty where all of them together are few.
    """
    kept = sorted(((name, number) for name, number in counts.items() if name != OTHERS), key=lambda one: (-one[1], one))
    rest = counts.get(OTHERS, 0)
    while kept and (kept[-1][1] < FEWEST or len(kept) > COUNTRIES or 0 < rest < FEWEST):
        rest += kept.pop()[1]
    return {**dict(kept), **({OTHERS: rest} if rest >= FEWEST else {})}


async def gather(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> Insights:
    """The numbers of a period.

    Args:
        session: a transaction.
        community_id: whose.
        since: the period's beginning (UTC).
        until: its end (UTC), which is no part of it.
    """
    members, joined, countries, areas = await _members(session, community_id, since, until)
    meetings, cancelled = await _meetings(session, community_id, since, until)
    listed = [Meeting(title, at, *_both(comes, was)) for title, at, comes, was in meetings[:WEBINARS]]
    whole, told = _both(sum(one[2] for one in meetings), sum(one[3] for one in meetings))
    whole = summed(whole, [one[2] for one in meetings], [one.going for one in listed])
    told = summed(told, [one[3] for one in meetings], [one.attended for one in listed])
    adaptations = await _count(
        session,
        AdaptationRow.id,
        AdaptationRow.community_id == community_id,
        AdaptationRow.state == "shown",
        _within(AdaptationRow.sent_at, since, until),
    )
    published = await _count(
        session,
        PracticeRow.id,
        PracticeRow.community_id == community_id,
        PracticeRow.state == "published",
        _within(PracticeRow.published_at, since, until),
    )
    lookups, nothing, words = await _lookups(session, community_id, since, until)
    found_nothing, looked = parts(nothing, lookups)
    asks, alone = await _asks(session, community_id, since, until)
    unanswered, asked = parts(alone, asks)
    new, all_members = parts(joined, members)
    return Insights(
        members=all_members,
        joined=new,
        countries=grouped(countries),
        areas={area: hidden(number) for area, number in areas.items()},
        held=len(meetings),
        cancelled=cancelled,
        meetings=tuple(listed),
        going=whole,
        attended=told,
        published=published,
        adaptations=hidden(adaptations),
        lookups=looked,
        found_nothing=found_nothing,
        words=words,
        asks=asked,
        unanswered=unanswered,
    )


def _both(going: int, attended: int) -> tuple[int | None, int | None]:
    was, comes = parts(attended, going) if attended <= going else (hidden(attended), hidden(going))
    return comes, was


def _within(column: "ColumnElement[datetime] | object", since: datetime, until: datetime) -> ColumnElement[bool]:
    moment: ColumnElement[datetime] = column  # pyright: ignore[reportAssignmentType] - a mapped column is one
    return and_(moment >= since, moment < until)


async def _count(session: AsyncSession, column: object, *where: ColumnElement[bool]) -> int:
    counted: ColumnElement[object] = column  # pyright: ignore[reportAssignmentType] - a mapped column is one
    return (await session.execute(select(func.count(counted)).where(*where))).scalar_one()


async def _members(
    session: AsyncSession, community_id: int, since: datetime, until: datetime
) -> tuple[int, int, Counter[str], Counter[str]]:
    there = [
        MemberRow.community_id == community_id,
        MemberRow.state == "approved",
        or_(MemberRow.decided_at.is_(None), MemberRow.decided_at < until),
    ]
    total = await _count(session, MemberRow.id, *there)
    joined = await _count(session, MemberRow.id, *there, MemberRow.decided_at >= since)
    # Who shows their country or key areas to nobody is not counted by them either.
    rows = await session.execute(select(MemberRow.id, MemberRow.country, MemberRow.hidden).where(*there))
    countries: Counter[str] = Counter()
    private: set[int] = set()
    for member_id, country, kept_back in rows:
        if "key_areas" in kept_back:
            private.add(member_id)
        countries[country if country and "country" not in kept_back else OTHERS] += 1
    areas: Counter[str] = Counter()
    chosen = await session.execute(
        select(MemberKeyAreaRow.member_id, MemberKeyAreaRow.key_area)
        .join(MemberRow, MemberRow.id == MemberKeyAreaRow.member_id)
        .where(*there)
    )
    for member_id, area in chosen:
        areas[area] += member_id not in private
    return total, joined, countries, areas


async def _meetings(
    session: AsyncSession, community_id: int, since: datetime, until: datetime
) -> tuple[list[tuple[str, datetime, int, int]], int]:
    ours = [WebinarRow.community_id == community_id, _within(WebinarRow.starts_at, since, until)]
    going = (
        select(func.count(RsvpRow.user_id))
        .where(RsvpRow.webinar_id == WebinarRow.id, RsvpRow.answer == "going")
        .scalar_subquery()
    )
    attended = (
        select(func.count(AttendanceRow.user_id)).where(AttendanceRow.webinar_id == WebinarRow.id).scalar_subquery()
    )
    rows = await session.execute(
        select(WebinarRow.title, WebinarRow.starts_at, going, attended)
        .where(*ours, WebinarRow.state == "scheduled")
        .order_by(WebinarRow.starts_at.desc(), WebinarRow.id)
    )
    cancelled = await _count(session, WebinarRow.id, *ours, WebinarRow.state == "cancelled")
    return [(title, starts_at, int(comes), int(was)) for title, starts_at, comes, was in rows], cancelled


async def _lookups(
    session: AsyncSession, community_id: int, since: datetime, until: datetime
) -> tuple[int, int, dict[str, int]]:
    ours = [LookupRow.community_id == community_id, _within(LookupRow.day, since, until)]
    total = func.coalesce(func.sum(LookupRow.asked), 0)
    everything = (await session.execute(select(total).where(*ours))).scalar_one()
    nothing = (await session.execute(select(total).where(*ours, LookupRow.results == 0))).scalar_one()
    often = func.sum(LookupRow.asked)
    rows = await session.execute(
        select(LookupRow.words, often)
        .where(*ours, LookupRow.results == 0)
        .group_by(LookupRow.words)
        .having(often >= FEWEST)
        .order_by(often.desc(), LookupRow.words)
        .limit(WORDS)
    )
    return int(everything), int(nothing), {words: int(number) for words, number in rows}


async def _asks(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> tuple[int, int]:
    ours = [
        PeerRequestRow.community_id == community_id,
        PeerRequestRow.state != "withdrawn",
        _within(PeerRequestRow.created_at, since, until),
    ]
    offered = (
        select(PeerOfferRow.id)
        .where(PeerOfferRow.request_id == PeerRequestRow.id, PeerOfferRow.state.in_(("offered", "introduced")))
        .exists()
    )
    return await _count(session, PeerRequestRow.id, *ours), await _count(session, PeerRequestRow.id, *ours, ~offered)
