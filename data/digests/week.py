"""What is new in a community, and what is coming, for one of its members."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from data.members import APPROVED, Member, get_by_user, visible
from data.members.planning import INTRODUCTION, SUBJECT
from data.members.rows import listed, of, read
from data.members.visibility import MEMBERS
from data.models import AdaptationRow, AuditRow, DeliveryRow, MemberRow, PracticeRow, RsvpRow
from data.peers import ASKED, laid_before
from data.practices import Practice
from data.practices.adaptations import SHOWN, Told, get_told
from data.practices.reading import visible_to
from data.practices.rows import MEMBER
from data.practices.rows import read as read_practices
from data.practices.translations import translation_into
from data.resources import Resource, get_resources
from data.statements import seen_once
from data.webinars import CANNOT, Webinar, is_for, upcoming
from data.webinars.series import occurrences_in

# So far ahead lies what is coming.
SPAN = timedelta(days=14)
# So many of a sort are read; of guidance, which comes by the list, so many more.
MOST, MOST_NOTED = 50, 500


@dataclass(frozen=True, slots=True)
class Coming:
    """A webinar that is ahead.

    Attributes:
        webinar: which.
        answer: what is put down for the person (see `data.webinars.Answered`), or None.
        until: when a place that is offered to them is lost (UTC).
    """

    webinar: Webinar
    answer: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Week:
    """What a member is told. Of people there are only those who let members see them, as members see them.

    Attributes:
        coming: the webinars for them in the next two weeks, next first, without those to which they cannot come; of
            a series the next one.
        practices: what others published, in the reader's language where it was translated; their key areas first. The
            last ones only, if there are very many.
        published: how many others published in all.
        adaptations: practices that others tried, likewise.
        resources: guidance that the community added; their key areas first.
        members: who was welcomed, last first; the last ones only, if there are very many.
        joined: how many were welcomed in all.
        questions: how many questions of peers lie before them and wait for their answer.
    """

    coming: tuple[Coming, ...]
    practices: tuple[Practice, ...]
    published: int
    adaptations: tuple[Told, ...]
    resources: tuple[Resource, ...]
    members: tuple[Member, ...]
    joined: int
    questions: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        several = (self.coming, self.practices, self.adaptations, self.resources, self.members)
        return any(several) or self.questions > 0


@dataclass(frozen=True, slots=True)
class _News:
    """What is new for everyone in a community, last first; of all that were published, the authors."""

    practices: tuple[Practice, ...]
    authors: tuple[int | None, ...]
    adaptations: tuple[Told, ...]
    resources: tuple[Resource, ...]
    welcomed: "Welcomed"


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Who became a member in a span of time and lets members see them.

    Attributes:
        last: the last ones, as members see them, last first.
        user_ids: of all of them.
    """

    last: tuple[Member, ...]
    user_ids: frozenset[int]

    def beside(self, user_id: int) -> tuple[tuple[Member, ...], int]:
        """The last ones without whoever reads it, and how many there are in all without them."""
        return tuple(one for one in self.last if one.user_id != user_id), len(self.user_ids - {user_id})


async def read_week(
    session: AsyncSession,
    community_id: int,
    user_id: int,
    *,
    language: str,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Week:
    """What is new since a moment, and what is coming.

    Args:
        session: any transaction.
        community_id: where.
        user_id: for whom: a member of the community.
        language: theirs; one of `data.languages.LANGUAGES`.
        since: what happened from then on is new (UTC).
        until: what happened from then on is not told yet (UTC).
        now: the time (UTC); what is ahead is ahead of it.
    """
    news = await seen_once(
        session, ("digest", community_id, since, until), lambda: _news(session, community_id, since, until)
    )
    member = await get_by_user(session, community_id, user_id)
    areas = frozenset(member.key_areas if member is not None else ())
    practices = [one for one in news.practices if one.author_id != user_id]
    told = [one for one in news.adaptations if one.adaptation.author_id != user_id]
    asked = await laid_before(session, community_id, user_id, MOST)
    matched = member is not None and member.matched
    members, joined = news.welcomed.beside(user_id)
    return Week(
        coming=await _coming(session, community_id, user_id, now),
        practices=tuple([await _in_language(session, one, language) for one in _first(practices, areas)]),
        published=sum(author != user_id for author in news.authors),
        adaptations=tuple(
            [
                replace(one, practice=await _in_language(session, one.practice, language))
                for one in sorted(told, key=lambda each: areas.isdisjoint(each.practice.key_areas))
            ]
        ),
        resources=tuple(sorted(news.resources, key=lambda one: areas.isdisjoint(one.key_areas))),
        members=members,
        joined=joined,
        questions=sum(one.state == ASKED and (matched or one.as_moderator) for one in asked),
    )


async def welcomed(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> Welcomed:
    """Who became a member in a span of time and lets members see them.

    Whose profile was only looked at again was welcomed before.
    """
    before = exists().where(
        DeliveryRow.subject == literal(SUBJECT).concat(cast(MemberRow.id, Text)),
        DeliveryRow.kind == INTRODUCTION,
        DeliveryRow.community_id == community_id,
        DeliveryRow.finished_at < since,
    )
    query = listed(of(community_id)).where(
        MemberRow.state == APPROVED, MemberRow.decided_at >= since, MemberRow.decided_at < until, ~before
    )
    found = await read(session, query.order_by(MemberRow.decided_at.desc(), MemberRow.id.desc()).limit(MOST))
    user_ids = await session.scalars(query.with_only_columns(MemberRow.user_id)) if len(found) == MOST else None
    return Welcomed(
        tuple(visible(one, MEMBERS) for one in found),
        frozenset(user_ids if user_ids is not None else (one.user_id for one in found)),
    )


async def _news(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> _News:
    practices, authors = await _practices(session, community_id, since, until)
    return _News(
        practices=tuple(practices),
        authors=tuple(authors),
        adaptations=tuple(await _adaptations(session, community_id, since, until)),
        resources=tuple(await _resources(session, community_id, since, until)),
        welcomed=await welcomed(session, community_id, since, until),
    )


async def _practices(
    session: AsyncSession, community_id: int, since: datetime, until: datetime
) -> tuple[list[Practice], list[int | None]]:
    """The last ones, and the authors of all."""
    query = select(PracticeRow).where(
        *visible_to(community_id),
        PracticeRow.origin == MEMBER,
        PracticeRow.published_at >= since,
        PracticeRow.published_at < until,
    )
    last = query.order_by(PracticeRow.published_at.desc(), PracticeRow.id).limit(MOST)
    found = await read_practices(session, last)
    if len(found) < MOST:
        return found, [one.author_id for one in found]
    return found, list(await session.scalars(query.with_only_columns(PracticeRow.author_id)))


async def _adaptations(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> list[Told]:
    """Those sent then, and those that waited for moderators until then."""
    let_through = await _noted(session, community_id, ("adaptation.approve",), since, until)
    sent = select(AdaptationRow.id).where(
        AdaptationRow.community_id == community_id,
        AdaptationRow.state == SHOWN,
        AdaptationRow.sent_at >= since,
        AdaptationRow.sent_at < until,
    )
    ids = {*map(int, let_through), *await session.scalars(sent)}
    found = [await get_told(session, community_id, one) for one in sorted(ids, reverse=True)[:MOST]]
    return [one for one in found if one is not None]


async def _resources(session: AsyncSession, community_id: int, since: datetime, until: datetime) -> list[Resource]:
    """What this community added. When, only the log knows."""
    ids = await _noted(session, community_id, ("resource.add", "resource.import"), since, until)
    there = await get_resources(session, community_id, ids)
    return [there[one] for one in ids if one in there]


async def _noted(
    session: AsyncSession, community_id: int, actions: Collection[str], since: datetime, until: datetime
) -> list[str]:
    """The ids of things to which one of these was done then, last first."""
    query = select(AuditRow.object_id).where(
        AuditRow.community_id == community_id,
        AuditRow.action.in_(actions),
        AuditRow.at >= since,
        AuditRow.at < until,
    )
    return list(
        dict.fromkeys(await session.scalars(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(MOST_NOTED)))
    )


async def _coming(session: AsyncSession, community_id: int, user_id: int, now: datetime) -> tuple[Coming, ...]:
    ahead = await seen_once(session, ("digest ahead", community_id), lambda: upcoming(session, community_id, now=now))
    ahead = [one for one in ahead if now < one.starts_at <= now + SPAN]
    answers = select(RsvpRow.webinar_id, RsvpRow.answer, RsvpRow.offered_until).where(
        RsvpRow.user_id == user_id, RsvpRow.webinar_id.in_([one.id for one in ahead])
    )
    said = {row.webinar_id: (row.answer, row.offered_until) for row in await session.execute(answers)} if ahead else {}
    series = await occurrences_in(session, community_id, [one.id for one in ahead]) if ahead else {}
    found: list[Coming] = []
    begun: set[int] = set()
    for webinar in ahead:
        answer, until = said.get(webinar.id, (None, None))
        place = series.get(webinar.id)
        if answer == CANNOT or (place is not None and place.series_id in begun):
            continue
        if await is_for(session, webinar, user_id):
            found.append(Coming(webinar, answer, until))
            if place is not None:
                begun.add(place.series_id)
    return tuple(found)


async def _in_language(session: AsyncSession, practice: Practice, language: str) -> Practice:
    if practice.language == language:
        return practice
    found = await seen_once(
        session, ("digest in", practice.id, language), lambda: translation_into(session, practice, language)
    )
    return found.as_practice if found is not None else practice


def _first(practices: Sequence[Practice], areas: Collection[str]) -> list[Practice]:
    """Those of a person's own key areas before the others; else as they stand."""
    return sorted(practices, key=lambda one: frozenset(areas).isdisjoint(one.key_areas))
