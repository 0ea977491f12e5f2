"""Every query that is given a community, asked of one with the ids of another: on SQLite and PostgreSQL.

They are found by their signatures, so that a new one is asked too.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

import data
from data.communities import Community, ensure_community
from data.database import Database
from data.members.reading import Wanted
from data.models import PracticeRow
from data.peers import NewRequest
from data.personal.erasing import ensure_secret
from data.webinars.series_changing import ChangedMeanwhile
from tests.apart.marking import DAY, FIRST, TOKEN, Marked, fill, of_community, rows_of, tables

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
HERE, THERE = 500_000_001, 500_000_002
WRITES = re.compile(r"^(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)")
PEOPLE = {"user_id", "author_id", "reporter_id", "actor_id", "by", "reviewer_id", "heir_id", "subject_id"}
TABLES = {table.name: table for table in tables()}

# Given a thing that was loaded from its own community before, or what is new and the person's own.
NOT_ASKED = {
    *("audit.record", "audit.record_all", "changes.record_change", "communities.ensure_community"),
    *("communities.set_places", "deliveries.planning.plan", "drafts.save_draft", "glossary.add_term"),
    *("members.changing.submit_member", "members.expected.import_people", "members.newcomers.plan_surge"),
    *("practices.adaptations.tell", "practices.questions.ask_author", "practices.sharing.submit"),
    *("reports.file_report", "resources.suggesting.suggest", "resources.writing.add_resources"),
    *("resources.writing.retire_resource", "webinars.concerned.places_concerned"),
}
# They note the number that they are given; whoever calls them has looked it up in its own community.
NOTES_WHAT_IT_IS_GIVEN = ("changes.record_changes", "practices.saving.save_practice")
# Where a parameter means something else than elsewhere.
QUESTION = NewRequest(question="Who trains officers?", language="en", key_areas=("budgeting", "leadership"))
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "members.reading.find_listed": {"wanted": Wanted(country="NZ", ids=(FIRST, FIRST + 1))},
    "peers.asking.ask_peers": {"new": QUESTION},
    "peers.asking.peers_for": {"new": QUESTION},
    "personal.erasing.erased_since": {"since": {800_000_001: NOW - DAY}},
    "practices.reviewing.approve": {"needs": None},
    "resources.reading.get_resources": {"ids": ["own-zorilla"]},
}

# They are given a bare id, and no community: every caller has found the thing in its own community before. Whoever adds
# one looks at its callers.
FOUND_BEFORE = {
    *("members.attesting.attestations", "members.attesting.valid_attestation", "personal.consents.consents_of"),
    *("network.get_key_area", "practices.after.forget_after", "practices.approving.approvals_of"),
    *("practices.approving.last_approvals", "practices.following.note_told_of", "practices.rows.set_key_areas"),
    *("webinars.answers.counts", "webinars.answers.people", "webinars.answers.rsvp_of", "webinars.answers.stand"),
    *("webinars.answers.users_coming", "webinars.answers.users_going", "webinars.attendance.was_there"),
    *("webinars.recaps.get_recap", "webinars.records.set_key_areas", "webinars.series.set_by_rhythm"),
    *("webinars.survey.forget_who_answered", "webinars.survey.has_answered"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and the names of its parameters besides the session and the community."""

    name: str
    ask: Callable[..., Awaitable[Any]]
    needs: Sequence[str]
    takes: Sequence[str]


def all_queries() -> Iterator[tuple[str, Callable[..., Awaitable[Any]], list[inspect.Parameter]]]:
    """Every query there is: its name, itself, and its parameters besides the session."""
    for module in pkgutil.walk_packages(data.__path__, "data."):
        if ".migrations" in module.name:
            continue
        for name, found in vars(importlib.import_module(module.name)).items():
            if not inspect.iscoroutinefunction(found) or found.__module__ != module.name or name.startswith("_"):
                continue
            first, *others = inspect.signature(found).parameters.values()
            if first.name == "session":
                yield f"{module.name.removeprefix('data.')}.{name}", found, others


def queries() -> Iterator[Query]:
    """Every query with a parameter that names a community."""
    for name, found, parameters in all_queries():
        rest = [one for one in parameters if one.name != "community_id"]
        if len(rest) < len(parameters):
            needs = [one.name for one in rest if one.default is one.empty]
            yield Query(name, found, needs, [one.name for one in rest])


def tells_whose(parameter: inspect.Parameter) -> bool:
    """Whether a parameter is a community, or a thing that was loaded from one."""
    fields: Mapping[str, Any] = getattr(parameter.annotation, "__dataclass_fields__", {})
    return parameter.name == "community_id" or parameter.annotation is Community or "community_id" in fields


def test_what_is_given_a_bare_id_is_known() -> None:
    bare = {
        name
        for name, _, parameters in all_queries()
        if any(one.name.endswith("_id") for one in parameters) and not any(map(tells_whose, parameters))
    }
    assert bare == FOUND_BEFORE


def others_things(m: Marked, user: int) -> dict[str, Any]:
    """All that is the other community's, by what parameters are called, and a few words and hours."""
    practice = f"nz-{FIRST}"
    things = (
        *("member_id", "webinar_id", "material_id", "adaptation_id", "series_id", "report_id", "request_id"),
        *("offer_id", "question_id", "translation_id", "suggestion_id", "draft_id", "delivery_id", "term_id"),
        *("number", "event_id", "thread_id", "channel_id", "message_id", "seen"),
    )
    several = {"ids": [FIRST], "webinar_ids": [FIRST], "user_ids": [user], "users": [user], "versions": [(FIRST, 1)]}
    words = {
        "practice_id": practice,
        "draft": practice,
        "resource_id": "own-zorilla",
        "token": TOKEN,
        "kind": "practice",
        "subject": f"webinar:{FIRST}",
        "reason": "moderator",
        "language": "en",
        "key_area": "budgeting",
        "text": "",
        "mark": "x",
        "answer": "going",
        "comment": "Because.",
        "kept": "police",
        "purpose": "directory",
        "notice_version": "2",
        "key": (practice, m.now),
        "values": {"state": "withdrawn"},
        "states": ["published", "in_review", "returned", "withdrawn", "shown"],
        "joined": {},
        "expected": {},
    }
    hours = {
        "now": m.now,
        "at": m.now,
        "keep": DAY,
        "joined_at": m.now - timedelta(hours=1),
        "since": m.now - 900 * DAY,
        "until": m.now + 900 * DAY,
    }
    yes = ("take", "accepts", "gone", "abroad", "maybe")
    no = ("given", "keep_practices", "offset", "results")
    counts = {"limit": 50, "version": 1, "evidence": 1, "offsets": [3600]}
    return {
        **dict.fromkeys(PEOPLE, user),
        **dict.fromkeys(things, FIRST),
        **several,
        **words,
        **hours,
        **dict.fromkeys(yes, True),
        **dict.fromkeys(no, 0),
        **counts,
    }


async def two_communities(database: Database) -> Marked:
    """Found them; the second is to be filled."""
    async with database.begin() as session:
        for community_id, name in ((HERE, "Here"), (THERE, "Zorilla Network")):
            await ensure_community(
                session, community_id, name=name, now=NOW, languages=["en"], zone="UTC", reminder_offsets=[0]
            )
        # By which somebody's erasure is known again: made once.
        await ensure_secret(session)
        shared = await session.scalar(select(PracticeRow.id).where(PracticeRow.community_id.is_(None)).limit(1))
        assert shared is not None
        return Marked(
            THERE,
            both=800_000_001,
            alone=800_000_002,
            stranger=800_000_003,
            newcomer=800_000_004,
            now=NOW,
            shared_practice=shared,
        )


async def test_what_is_asked_of_one_community_with_the_ids_of_another(database: Database) -> None:
    m = await two_communities(database)
    written: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        written.extend(name for name in WRITES.findall(statement) if name in TABLES)

    event.listen(database._writer.sync_engine, "before_cursor_execute", hear)
    # Counts have no mark: what is read is compared with what was read while the second had nothing.
    alone = {
        query.name: await read_only(database, query, arguments_of(query, m, m.both), written) for query in queries()
    }
    async with database.begin() as session:
        await fill(session, m)
    async with database.read() as session:
        before = await rows_of(session, THERE)
    # A new table is filled by itself; where that cannot be, it is for `marking.py` to say how.
    assert [name for name, rows in before.items() if not any(m.found_in(row) for row in rows)] == []
    wrong: list[str] = []
    not_asked: set[str] = set()
    for query in queries():
        # A second time as somebody who is not in this one, where it matters who asks.
        for user in (m.both, m.alone) if PEOPLE & set(query.takes) else (m.both,):
            arguments = arguments_of(query, m, user)
            if arguments is None:
                not_asked.add(query.name)
                continue
            # Whom it names itself is no answer.
            said = await asked(database, query, arguments, written, before, m)
            wrong += [one for one in said if user == m.both or "changes" in one]
        beside = await read_only(database, query, arguments_of(query, m, m.both), written)
        if beside != alone[query.name]:
            wrong.append(f"{query.name} answers {beside} beside the other, {alone[query.name]} without")
    assert not wrong, "\n".join(wrong)
    assert not_asked == NOT_ASKED


def arguments_of(query: Query, m: Marked, user: int) -> dict[str, Any] | None:
    """What a query is asked with, or None where it needs what is nobody else's."""
    given = {**others_things(m, user), **OTHERWISE.get(query.name, {})}
    return {one: given[one] for one in query.takes if one in given} if given.keys() >= set(query.needs) else None


def told(result: Any) -> str:
    """All that stands in an answer."""
    plain: object = result
    return repr(vars(plain)) if type(plain).__repr__ is object.__repr__ else repr(plain)


async def read_only(
    database: Database, query: Query, arguments: Mapping[str, Any] | None, written: list[str]
) -> str | None:
    """What a query answers that changes nothing."""
    if arguments is None:
        return None
    written.clear()
    async with database.begin() as session:
        try:
            result = told(await query.ask(session, community_id=HERE, **arguments))
        except (LookupError, ValueError, ChangedMeanwhile) as error:
            result = repr(error)
        except IntegrityError:
            # It would note what is not there yet.
            result = None
        await session.rollback()
    return None if written else result


async def asked(
    database: Database,
    query: Query,
    arguments: Mapping[str, Any],
    written: list[str],
    before: Mapping[str, Sequence[str]],
    m: Marked,
) -> list[str]:
    """What is wrong with what is answered and done; it is taken back."""
    wrong: list[str] = []
    written.clear()
    async with database.begin() as session:
        try:
            result = await query.ask(session, community_id=HERE, **arguments)
        except (LookupError, ValueError, ChangedMeanwhile) as error:
            result = error
        if m.found_in(told(result)):
            wrong.append(f"{query.name} answers {told(result)[:300]}")
        for name in sorted(set(written)):
            table = TABLES[name]
            theirs = await session.execute(select(table).where(of_community(table, THERE)))
            if sorted(repr(tuple(row)) for row in theirs) != before[name]:
                wrong.append(f"{query.name} changes {name} of the other community")
            own = await session.execute(select(table).where(of_community(table, HERE)))
            marks = m.found_in(repr([tuple(row) for row in own]))
            if marks and query.name not in NOTES_WHAT_IT_IS_GIVEN:
                wrong.append(f"{query.name} notes {marks} in {name}")
        await session.rollback()
    return wrong
