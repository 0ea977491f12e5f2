"""How long anything is kept of a person at most, and the work that sees to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from data import deliveries
from data.asked import forget_asked
from data.digests import plan_missing
from data.drafts import delete_expired
from data.kept import get_value, set_value
from data.members import APPROVED, DECLINED, LEFT, lapse
from data.members.attesting import plan_missing_ends
from data.members.expected import forget_expected
from data.models import AttestationRow, DeliveryRow, DepartureRow, MemberRow
from data.old_reports import lapse_reports, plan_reminders
from data.peers import close_old_requests
from data.personal.erasing import erase
from data.practices.expiring import plan_expiry_words
from data.practices.freshness import plan_missing_revisits
from data.practices.questions import forget_questions
from data.practices.translations import lapse_translations
from data.reports import forget_copies, forget_reports
from data.resources.suggesting import forget_suggestions

# What the privacy notice says.
DECLINED_KEPT = timedelta(days=365)
NAMES_KEPT = timedelta(days=365)
# How many are dealt with in one transaction: nobody must wait behind a flood.
AT_ONCE = 50
MARK = "keeping:"


@dataclass(frozen=True, slots=True)
class Keeper:
    """One rule about how long something is kept.

    Attributes:
        name: by which its last run is noted.
        apply: does it once, for some rows at most, and gives how many there were.
    """

    name: str
    apply: Callable[[AsyncSession, datetime, timedelta], Awaitable[int]]


async def _drafts(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """What was typed and left lying goes when its time is over."""
    return await delete_expired(session, now)


async def _left(session: AsyncSession, now: datetime, left_kept: timedelta) -> int:
    """Who left the server and did not come back is forgotten."""
    gone = select(MemberRow.community_id, MemberRow.user_id).where(
        MemberRow.state == LEFT, MemberRow.left_at <= now - left_kept
    )
    done = await _erase_some(session, gone.limit(AT_ONCE), now)
    others = select(DepartureRow.community_id, DepartureRow.user_id).where(DepartureRow.left_at <= now - left_kept)
    return done + await _erase_some(session, others.limit(AT_ONCE), now)


async def _declined(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Who was declined and never asked again is forgotten."""
    old = select(MemberRow.community_id, MemberRow.user_id).where(
        MemberRow.state == DECLINED, MemberRow.decided_at <= now - DECLINED_KEPT
    )
    return await _erase_some(session, old.limit(AT_ONCE), now)


async def _names(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """The proof of what went out stays; to whom it went does not."""
    return await deliveries.take_names(session, DeliveryRow.finished_at <= now - NAMES_KEPT)


async def _words(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Where somebody vouched for a member and nobody's word holds any more, the membership pauses.

    Normally that is planned for its day; this finds what was approved before words were kept, or restored since, and
    sees to it that those people are told a month before.
    """
    vouched = select(AttestationRow.member_id).where(AttestationRow.vouches)
    holding = vouched.where(AttestationRow.expires_at > now)
    query = select(MemberRow.community_id, MemberRow.id).where(
        MemberRow.state == APPROVED, MemberRow.id.in_(vouched), MemberRow.id.not_in(holding)
    )
    found = (await session.execute(query.limit(AT_ONCE))).all()
    for community_id, member_id in found:
        await lapse(session, community_id, member_id, now)
    return len(found) + await plan_missing_ends(session, now, AT_ONCE)


async def _copies(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Copies of reported messages go when their time is over."""
    return await forget_copies(session, now)


async def _reports(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Reports that were closed long ago go."""
    return await forget_reports(session, now)


async def _open_reports(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Reports that nobody closed within a year are let go of; moderators are reminded of them each week before."""
    return await lapse_reports(session, now) + await plan_reminders(session, now)


async def _expected(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Who was on a moderator's list and has not joined is forgotten."""
    return await forget_expected(session, now)


async def _expiring(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Whoever left the draft of a practice lying is told before it goes."""
    return await plan_expiry_words(session, now)


async def _ageing(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Every published practice is asked about in time, also one of an earlier release."""
    return await plan_missing_revisits(session, now)


async def _peers(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Questions to peers close by themselves, and go."""
    return await close_old_requests(session, now, AT_ONCE)


async def _asked(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """What was looked for long ago is no longer counted."""
    return await forget_asked(session, now)


async def _authors(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Questions to authors and their answers go after a year."""
    return await forget_questions(session, now)


async def _translations(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Translations that nobody decides on wait no longer, and go."""
    return await lapse_translations(session, now)


async def _suggestions(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """What somebody suggested is forgotten a year after it was decided; the resource that it became stays."""
    return await forget_suggestions(session, now)


async def _digests(session: AsyncSession, now: datetime, _left_kept: timedelta) -> int:
    """Whoever wants the weekly digest has the next one ahead."""
    return await plan_missing(session, now, AT_ONCE)


async def _erase_some(session: AsyncSession, query: Select[int, int], now: datetime) -> int:
    people = (await session.execute(query)).all()
    for community_id, user_id in people:
        await erase(session, community_id, user_id, keep_practices=True, by=None, now=now)
    return len(people)


KEEPERS: tuple[Keeper, ...] = (
    Keeper("drafts", _drafts),
    Keeper("left", _left),
    Keeper("declined", _declined),
    Keeper("names", _names),
    Keeper("words", _words),
    Keeper("report copies", _copies),
    Keeper("reports", _reports),
    Keeper("open reports", _open_reports),
    Keeper("expected", _expected),
    Keeper("questions to peers", _peers),
    Keeper("questions to authors", _authors),
    Keeper("translations", _translations),
    Keeper("expiring drafts", _expiring),
    Keeper("ageing practices", _ageing),
    Keeper("lookups", _asked),
    Keeper("suggestions", _suggestions),
    Keeper("weekly digests", _digests),
)


async def note_kept(session: AsyncSession, keeper: Keeper, now: datetime) -> None:
    """Note that a rule was applied to its end."""
    await set_value(session, MARK + keeper.name, now.isoformat())


async def last_kept(session: AsyncSession, keeper: Keeper) -> datetime | None:
    """When a rule was last applied to its end (UTC), None where it never was."""
    noted = await get_value(session, MARK + keeper.name)
    return datetime.fromisoformat(noted) if noted else None
