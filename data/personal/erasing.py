"""Taking away what is held about a person, at once and everywhere."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from data import audit, deliveries, practices, webinars
from data.changes import record_change
from data.deliveries import Delivery
from data.kept import get_value, set_value
from data.members import get_by_user
from data.members.newcomers import list_naming
from data.members.planning import plan_revisions
from data.models import ErasureRow, PracticeRow
from data.personal.holdings import HOLDINGS, ROLES, about_person
from data.practices import adaptations
from data.statements import lock, mark
from data.webinars.hosting import plan_host_check, run_by

# Kinds of deliveries: what must still be done in Discord.
POSTS = "mydata.posts"
MENTIONS = "mydata.mentions"
SECRET = "erasure:secret"  # noqa: S105 - the name under which it is kept
# The reason that stays where something was taken away.
ERASED = "erased"
SETTLED = "settled"
# Longer than any post is under way.
SETTLING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away.

    Attributes:
        number: of this erasure.
        posts: how many messages about the person are to be deleted in the server.
        practices: ids of published practices that stay, without a name.
        withdrawn: ids of practices whose content is gone.
    """

    number: int
    posts: int
    practices: tuple[str, ...]
    withdrawn: tuple[str, ...]


async def erase(
    session: AsyncSession, community_id: int, user_id: int, *, keep_practices: bool, by: int | None, now: datetime
) -> Erased:
    """Take away all that a community holds about a user; what must follow in Discord is planned.

    Nothing reminds them any more, nobody finds them, and the trail of what they did leads to nobody. What they were
    about to share is emptied; what was published stays without their name, unless they want it gone.

    Args:
        session: a write transaction.
        community_id: where.
        user_id: who.
        keep_practices: whether their published practices stay.
        by: who asked for it: the person, or None where a rule did.
        now: the time (UTC).
    """
    # Their places go to those who wait, and what they were to run is looked after by others.
    await webinars.give_up_answers(session, community_id, user_id, now)
    hosted = await run_by(session, community_id, user_id, now)
    kept, withdrawn = await _end_practices(session, community_id, user_id, keep=keep_practices, by=by, now=now)
    profile = await get_by_user(session, community_id, user_id)
    members = [profile.id] if profile is not None else []
    naming = await list_naming(session, community_id, user_id)
    posts = await deliveries.end_all(session, about_person(community_id, user_id), f"user:{user_id}", now)
    row = ErasureRow(community_id=community_id, digest=await digest(session, community_id, user_id), at=now)
    session.add(row)
    mark(session, "gone")
    mark(session, "settings")
    await session.flush()
    await audit.record(
        session,
        community_id=community_id,
        at=now,
        actor_id=by,
        action="mydata.erase",
        object_kind="erasure",
        object_id=row.id,
        details={"practices": "kept" if keep_practices else "withdrawn"},
    )
    for holding in reversed(HOLDINGS):
        mine = holding.mine(community_id, user_id)
        if holding.forget:
            persons = {name: value for name, value in holding.forget.items() if name in holding.persons}
            others = {name: value for name, value in holding.forget.items() if name not in holding.persons}
            table: Any = holding.table
            blank: dict[str, Any] = {
                name: case((getattr(table, name) == user_id, value), else_=getattr(table, name))
                for name, value in persons.items()
            }
            statement: Any = update(table).where(mine).values(**blank, **others)
        elif not holding.kept:
            statement = delete(holding.table).where(mine)
        else:
            continue
        await session.execute(statement.execution_options(synchronize_session=False))
    for webinar_id in [one.id for one in hosted]:
        webinar = await webinars.get(session, community_id, webinar_id)
        if webinar is not None:
            await plan_host_check(session, webinar, now, at_once=True)
    for member_id in members:
        await record_change(session, "member", member_id, community_id)
    for practice_id in kept:
        await record_change(session, "practice", practice_id, community_id)
        await practices.refresh_post(session, community_id, practice_id, now)
    if profile is not None:
        # Written anew, the introductions of others name them no more.
        await plan_revisions(session, profile, now=now)
    await _plan(session, community_id, row.id, user_id, posts, now)
    for post in naming:
        await deliveries.plan(
            session,
            community_id=community_id,
            kind=MENTIONS,
            subject=f"erasure:{row.id}",
            occurrence=str(post.id),
            target=f"user:{user_id}",
            due_at=now,
            now=now,
        )
    return Erased(row.id, len(posts), tuple(kept), tuple(withdrawn))


async def is_erased(session: AsyncSession, community_id: int, user_id: int, since: datetime) -> bool:
    """Whether a user's data was erased after a moment: for whoever restores a copy made before, or sends messages."""
    return bool(await erased_since(session, community_id, {user_id: since}))


async def erased_since(session: AsyncSession, community_id: int, since: Mapping[int, datetime]) -> set[int]:
    """Those of these users whose data was erased after a moment, each after their own."""
    secret = await get_value(session, SECRET)
    if secret is None or not since:
        # Nobody's was, so far.
        return set()
    query = select(ErasureRow.digest, ErasureRow.at).where(
        ErasureRow.community_id == community_id, ErasureRow.at >= min(since.values())
    )
    last: dict[str, datetime] = {}
    for known, at in (await session.execute(query)).all():
        last[known] = max(at, last.get(known, at))
    if not last:
        return set()
    marks = {user_id: _digest(secret, community_id, user_id) for user_id in since}
    return {user_id for user_id, mark in marks.items() if mark in last and last[mark] >= since[user_id]}


async def digest(session: AsyncSession, community_id: int, user_id: int) -> str:
    """The keyed hash by which an erasure is known again. Needs a write transaction."""
    return _digest(await ensure_secret(session), community_id, user_id)


async def ensure_secret(session: AsyncSession, otherwise: str | None = None) -> str:
    """The key of those hashes, made if there is none yet. Needs a write transaction.

    Args:
        session: a write transaction.
        otherwise: what to take where there is none, as when an older copy is restored.
    """
    await lock(session, SECRET)
    secret = await get_value(session, SECRET)
    if secret is None:
        secret = otherwise or secrets.token_hex(32)
        await set_value(session, SECRET, secret)
    return secret


async def those_erased(
    session: AsyncSession, marks: Collection[tuple[int, str]], people: Collection[int]
) -> list[tuple[int, int]]:
    """Whom some erasures were about, as community and user: the hashes tell it of people who are known only."""
    secret = await ensure_secret(session)
    communities = sorted({community_id for community_id, _ in marks})
    return [
        (community_id, user_id)
        for community_id in communities
        for user_id in sorted(people)
        if (community_id, _digest(secret, community_id, user_id)) in marks
    ]


def _digest(secret: str, community_id: int, user_id: int) -> str:
    return hmac.new(bytes.fromhex(secret), f"{community_id}:{user_id}".encode(), hashlib.sha256).hexdigest()


async def _end_practices(
    session: AsyncSession, community_id: int, user_id: int, *, keep: bool, by: int | None, now: datetime
) -> tuple[list[str], list[str]]:
    """Withdraw what must not stay; gives the ids of what stays, and of what goes."""
    rows = await session.execute(
        select(PracticeRow.id, PracticeRow.state).where(
            PracticeRow.community_id == community_id,
            PracticeRow.author_id == user_id,
            PracticeRow.state.not_in((practices.WITHDRAWN, practices.MERGED)),
        )
    )
    stays: list[str] = []
    goes: list[str] = []
    for practice_id, state in rows.all():
        if keep and state == practices.PUBLISHED:
            stays.append(practice_id)
            continue
        await practices.withdraw(session, community_id, practice_id, actor_id=by, reason=ERASED, now=now)
        goes.append(practice_id)
    # Adaptations never said whose they were: those that others read stay or go like their author's practices.
    ends = (adaptations.WAITING,) if keep else (adaptations.WAITING, adaptations.SHOWN)
    for adaptation_id in await adaptations.adaptations_by(session, community_id, user_id, ends):
        await adaptations.take_back(session, community_id, adaptation_id, actor_id=by, reason=ERASED, now=now)
    return stays, goes


async def _plan(
    session: AsyncSession, community_id: int, number: int, user_id: int, posts: list[Delivery], now: datetime
) -> None:
    """What is to be done in the server: messages deleted, roles taken."""
    subject = f"erasure:{number}"
    for post in posts:
        # What is just being posted is looked at once it surely is.
        due_at = now if post.message_id else now + SETTLING
        await deliveries.plan(
            session,
            community_id=community_id,
            kind=POSTS,
            subject=subject,
            occurrence=str(post.id),
            target="server",
            due_at=due_at,
            now=now,
        )
    # Once now, and once when what was on its way to them has surely arrived, to take their name from that too.
    for occurrence, due_at in (("", now), (SETTLED, now + SETTLING)):
        await deliveries.plan(
            session,
            community_id=community_id,
            kind=ROLES,
            subject=subject,
            occurrence=occurrence,
            target=f"user:{user_id}",
            due_at=due_at,
            now=now,
        )
