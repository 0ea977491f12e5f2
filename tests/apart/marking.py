"""A community with a row in every table, each with a mark by which it is known wherever it turns up.

What no table is given here is filled by the sorts of its columns, so that a new table has its marked row too.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from data.models import Base

# In every text.
MARK = "Zorilla"
# Ids that the database would have given out itself begin with this.
FIRST = 77_000_000
SHARED_RESOURCE = "unodc-handbook-vaw-2010"
TOKEN = "zorilla-feed-of-somebody-in-both-communities"
LINK = "https://meet.example.org/zorilla"
DAY = timedelta(days=1)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """A community that was filled.

    Attributes:
        id: whose everything is.
        both: a user who is in the other community too.
        alone: a user who is in this one only.
        stranger: a user who is in the other one only, and is expected here.
        newcomer: a user who asked to be let in here, and is asked something.
        ids: of the first row of each table.
        numbers: ids that are known here only.
    """

    id: int
    both: int
    alone: int
    stranger: int
    newcomer: int
    now: datetime
    shared_practice: str
    ids: dict[str, Any] = field(default_factory=dict[str, Any])
    numbers: set[int] = field(default_factory=set[int])

    def found_in(self, said: str) -> list[str]:
        """The marks that stand in what somebody is told."""
        known = {self.id, self.alone, self.newcomer, *self.numbers}
        numbers = {number for number in re.findall(r"\d{8,}", said) if int(number) in known}
        return sorted(numbers | ({MARK} if MARK.lower() in said.lower() else set[str]()))


@cache
def tables() -> list[Table]:
    """Every table that holds something of a community, those first to which others point."""
    found: list[Table] = []
    for table in Base.metadata.sorted_tables:
        names = {key.column.table.name for key in table.foreign_keys}
        if table.name != "community" and ("community_id" in table.c or names & {one.name for one in found}):
            found.append(table)
    return found


def of_community(table: Table, community_id: int) -> ColumnElement[bool]:
    """Which rows of a table are a community's, by their own word or by that of what they are part of."""
    if "community_id" in table.c:
        return table.c.community_id == community_id
    column, parent = min(
        ((key.parent, key.column) for key in table.foreign_keys if "community_id" in key.column.table.c),
        key=lambda pair: pair[0].name,
    )
    return column.in_(select(parent).where(of_community(parent.table, community_id)))


async def rows_of(session: AsyncSession, community_id: int, *, but: Iterable[str] = ()) -> dict[str, list[str]]:
    """All that is remembered of a community, by table."""
    return {
        table.name: sorted(
            repr(tuple(row)) for row in await session.execute(select(table).where(of_community(table, community_id)))
        )
        for table in tables()
        if table.name not in set(but)
    }


async def fill(session: AsyncSession, marked: Marked) -> None:
    """Put a marked row, or several, into every table. The community itself must be there."""
    given = _given(marked)
    for table in tables():
        several = given.get(table.name, [{}])
        if table.name == "alias":
            # Whoever did something already has one.
            await session.execute(delete(table).where(table.c.community_id == marked.id))
        if table.name == "place":
            several = [{"purpose": "tag:Zorilla", "discord_id": FIRST + 900_000}]
        for place, row in enumerate(several):
            values = {column.name: _value(column, row, marked, place) for column in table.c}
            await session.execute(table.insert().values({name: one for name, one in values.items() if one is not ...}))
            marked.numbers.update(one for one in values.values() if isinstance(one, int) and FIRST <= one < 2 * FIRST)
            if not place:
                marked.ids[table.name] = next(iter(values[column.name] for column in table.primary_key.columns))
    if session.get_bind().dialect.name == "sqlite":
        # What comes next has other numbers than any of these.
        await session.execute(text("UPDATE sqlite_sequence SET seq = :next"), {"next": 2 * FIRST})


def _value(column: Column[Any], row: Mapping[str, Any], marked: Marked, place: int) -> Any:
    """What stands in a column: what was given, else something by its sort that no other row has."""
    if column.name in row:
        return row[column.name]
    if column.name == "community_id":
        return marked.id
    keys = [key.column for key in column.foreign_keys]
    if keys:
        return marked.ids.get(keys[0].table.name, ...)
    if column.nullable:
        return None
    return _by_sort(column, marked, place)


def _by_sort(column: Column[Any], marked: Marked, place: int) -> Any:
    sort = column.type.python_type if not hasattr(column.type, "impl") else type(column.type).__name__
    if sort == "UTCDateTime":
        return marked.now
    if sort == "Document":
        return {"en": MARK}
    if sort is datetime:
        return datetime(2027, 1, 15, 15, 0)  # noqa: DTZ001 - a wall clock's
    if sort is bool:
        return True
    if sort is int:
        if column.primary_key and len(column.table.primary_key.columns) == 1:
            # Where the database gives out the number after the largest there is, it must be none that is known.
            counts = column.table.dialect_options["sqlite"]["autoincrement"]
            return FIRST + place + (0 if counts else 500_000)
        return marked.both if column.name.endswith(("user_id", "_by")) else 1
    return f"{MARK} {column.name} {place}" if column.primary_key or column.unique else f"{MARK} {column.name}"


def _given(m: Marked) -> dict[str, list[Row]]:
    """What stands in the rows of which it matters what they say, besides the mark."""
    return {
        **_people(m),
        **_practices(m),
        **_webinars(m),
        "preference": [
            {"user_id": user, "language": "pt", "zone": "Pacific/Auckland"} for user in (m.both, m.alone, m.stranger)
        ],
        "weekly_digest": [{"user_id": user, "active": True, "language": "pt"} for user in (m.both, m.alone)],
        "draft": [
            # The same person, kind and subject as in the other community.
            {"id": FIRST + place, "user_id": m.both, "kind": kind, "subject": subject, **_draft(m)}
            for place, (kind, subject) in enumerate(
                (
                    ("practice", "aaaa1111"),
                    ("lookup", "0123456789abcdef"),
                    ("onboarding", ""),
                    ("webinar", "bbbb2222"),
                    ("resource", ""),
                    ("peer", ""),
                    ("profile", ""),
                )
            )
        ],
        "alias": [{"user_id": m.both, "code": "zorilla1"}, {"user_id": m.alone, "code": "zorilla2"}],
        "audit_entry": [
            {"id": FIRST, "actor": "zorilla1", "action": "webinar.create", "object_kind": "webinar"},
            {"id": FIRST + 1, "actor": "zorilla2", "action": "report.file", "object_kind": "member"},
        ],
        "change": [
            {"kind": kind, "object_id": str(number)}
            for kind, number in (
                *(("member", FIRST + place) for place in range(6)),
                *(("webinar", FIRST + place) for place in range(3)),
                *(("practice", f"nz-{FIRST + place}") for place in range(6)),
                *(("adaptation", FIRST + place) for place in range(2)),
                ("resource", "own-zorilla"),
                ("glossary", m.id),
            )
        ],
        "calendar_feed": [
            {"user_id": m.both, "token_hash": hashlib.sha256(TOKEN.encode()).hexdigest(), "language": "en"},
            {"id": FIRST + 1, "user_id": m.alone, "token_hash": "zorilla", "language": "en"},
        ],
        "delivery": [
            {
                "id": FIRST + place,
                "kind": kind,
                "subject": subject,
                "target": target,
                "occurrence": f"{MARK} {place}",
                "details": {},
                "due_at": m.now - DAY,
                "state": state,
                "finished_at": m.now - DAY,
                "reason": f"{MARK}",
                "attempts": 1,
                "lease_owner": None,
            }
            for place, (kind, subject, target, state) in enumerate(
                (
                    ("webinar.reminder", f"webinar:{FIRST}", "channel:announcements", "failed"),
                    ("member.decision", f"member:{FIRST}", f"user:{m.both}", "sent"),
                    ("member.welcome", f"user:{m.both}", "channel:welcome", "sent"),
                )
            )
        ],
        "lookup": [
            {
                "day": m.now.replace(hour=0, minute=0, second=0, microsecond=0),
                "language": "en",
                "words": "zorilla police",
                "results": 0,
                "asked": 9,
                "missed": 9,
            }
        ],
        "glossary_term": [
            {"word": "Zorilla", "folded": "zorilla", "means": ["police"]},
            {"id": FIRST + 1, "word": "police", "folded": "police", "means": ["Zorilla"]},
        ],
        "peer_request": [
            {
                "id": FIRST + place,
                "user_id": user,
                "question": f"{MARK}: who trains officers?",
                "language": "en",
                "key_areas": ["budgeting", "leadership"],
                "languages": [],
                "country": "NZ",
                "state": "open",
                "created_at": m.now - DAY,
            }
            for place, user in enumerate((m.alone, m.both))
        ],
        "peer_offer": [
            {"user_id": m.both, "state": "asked"},
            {"id": FIRST + 1, "request_id": FIRST + 1, "user_id": m.alone, "state": "offered", "answered_at": m.now},
        ],
        "report": [
            {
                "id": FIRST + place,
                "code": f"ZORILLA{place}",
                "reporter_id": reporter,
                "subject_id": subject,
                "category": "other",
                "copy": MARK,
                "copy_until": m.now + 9 * DAY,
                "state": "open",
                "version": 1,
            }
            for place, (reporter, subject) in enumerate(((m.alone, m.both), (m.both, m.alone)))
        ],
        "resource": [
            {
                "id": "own-zorilla",
                "title_language": "en",
                "title_gloss": {},
                "publishers": [MARK],
                "languages": ["en"],
                "type": "handbook",
                "url": "https://example.org/zorilla",
                "year": 2026,
                "version": 1,
            }
        ],
        "resource_key_area": [{"key_area": "budgeting", "position": 0}],
        "resource_retirement": [{"resource_id": SHARED_RESOURCE}],
        "resource_suggestion": [
            {"id": FIRST + place, "user_id": user, "state": "waiting", "content": _content(), "language": "en"}
            for place, user in enumerate((m.both, m.alone))
        ],
        "erasure": [{"digest": "zorilla"}],
        "departure": [{"user_id": 7_700_006, "left_at": m.now - 20 * DAY}],
    }


def _draft(m: Marked) -> Row:
    typed = {"title": MARK, "query": MARK, "question": MARK, "organisation": MARK, "description": MARK, "problem": MARK}
    return {"data": typed, "updated_at": m.now, "expires_at": m.now + 9 * DAY}


def _content() -> Row:
    return {
        "title": MARK,
        "title_language": "en",
        "summary": MARK,
        "publishers": [],
        "languages": ["en"],
        "type": "handbook",
        "key_areas": ["budgeting"],
        "url": None,
        "year": None,
    }


def _people(m: Marked) -> dict[str, list[Row]]:
    who = {
        "both": (m.both, "approved"),
        "alone": (m.alone, "approved"),
        "newcomer": (m.newcomer, "pending"),
        "declined": (7_700_002, "declined"),
        "left": (7_700_003, "left"),
        "lapsed": (7_700_004, "lapsed"),
    }
    members: list[Row] = [
        {
            "id": FIRST + place,
            "user_id": user,
            "state": state,
            "name": f"{MARK} {name}",
            "country": "NZ",
            "organisation_kind": "police",
            "languages": ["en", "mi"],
            "offers": f"{MARK} patrols, police training",
            "seeks": f"{MARK} budgets",
            "language": "en",
            "submitted_at": m.now - 9 * DAY,
            "decided_at": None if state == "pending" else m.now - 8 * DAY,
            "decided_by": None if state == "pending" else m.both,
            "decision_reason": MARK if state == "declined" else None,
            "question": MARK if state == "pending" else None,
            "question_by": m.both if state == "pending" else None,
            "left_at": m.now - 8 * DAY if state == "left" else None,
            "hidden": {},
            "placed": [],
            "version": 1,
        }
        for place, (name, (user, state)) in enumerate(who.items())
    ]
    found = [FIRST, FIRST + 1]
    return {
        "member": members,
        "member_key_area": [
            {"member_id": one, "key_area": area} for one in found for area in ("budgeting", "leadership")
        ],
        "consent": [
            {"member_id": one, "purpose": purpose, "notice_version": "2", "given_at": m.now}
            for one in found
            for purpose in ("directory", "matching", "translation")
        ],
        "focal_point": [
            {"user_id": user, "country": "NZ", "until": m.now + 300 * DAY, "id": FIRST + place}
            for place, user in enumerate((m.alone, m.both))
        ],
        "attestation": [
            {
                "id": FIRST + place,
                "member_id": member,
                "given_by": m.both,
                "as_focal_point": False,
                "vouches": True,
                "expires_at": m.now + days * DAY,
            }
            for place, (member, days) in enumerate(((FIRST + 1, 20), (FIRST, 300)))
        ],
        "expected_member": [
            {**_expected(m), "id": FIRST, "user_id": m.stranger, "user_name": None},
            {**_expected(m), "id": FIRST + 1, "user_id": None, "user_name": "vera"},
        ],
    }


def _expected(m: Marked) -> Row:
    return {
        "country": "NZ",
        "organisation_kind": "police",
        "languages": ["en"],
        "key_areas": ["budgeting"],
        "language": "en",
        "listed_by": m.alone,
    }


def _practices(m: Marked) -> dict[str, list[Row]]:
    states = (
        (m.alone, "published"),
        (m.both, "published"),
        (m.both, "in_review"),
        (m.both, "returned"),
        (m.alone, "in_review"),
        (m.alone, "withdrawn"),
    )
    practices: list[Row] = [
        {
            "id": f"nz-{FIRST + place}",
            "origin": "member",
            "kind": "practice",
            "state": state,
            "author_id": author,
            "country": "NZ",
            "stage": "pilot",
            "language": "en",
            "title": {"en": f"{MARK} patrols {place}"},
            "summary": {"en": f"{MARK}: two officers walk together."},
            "sections": {"problem": f"{MARK} streets.", "risks": MARK},
            "contact_shown": True,
            "evidence_claimed": 1,
            "outcome": "worked",
            "permissions": ["reuse", "translate"],
            "contested": [],
            "submitted_at": m.now - 9 * DAY,
            "decided_at": None,
            "decision_comment": MARK if state == "returned" else None,
            "published_at": m.now - 360 * DAY if state == "published" else None,
            "fresh_at": m.now - 360 * DAY if state == "published" else None,
            "edition": 1,
            "version": 1,
        }
        for place, (author, state) in enumerate(states)
    ]
    first, second, waiting = practices[0]["id"], practices[1]["id"], practices[4]["id"]
    return {
        "practice": practices,
        "practice_key_area": [{"practice_id": one["id"], "key_area": "budgeting", "position": 0} for one in practices],
        "practice_approval": [{"practice_id": waiting, "version": 1, "user_id": m.both, "abroad": True}],
        "adaptation": [
            {
                "id": FIRST + place,
                "practice_id": practice,
                "author_id": author,
                "state": "shown",
                "country": "NZ",
                "result": "worked",
                "language": "en",
                "contested": [],
                "version": 1,
            }
            for place, (practice, author) in enumerate(
                ((first, m.both), (m.shared_practice, m.both), (m.shared_practice, m.alone))
            )
        ],
        "saved_practice": [{"user_id": m.both, "practice_id": one} for one in (first, m.shared_practice)],
        "practice_question": [
            {"practice_id": first, "user_id": m.both, "state": "open"},
            {"id": FIRST + 1, "practice_id": second, "user_id": m.alone, "state": "open"},
            {
                "id": FIRST + 2,
                "practice_id": first,
                "user_id": m.both,
                "state": "answered",
                "answer": MARK,
                "answered_by": m.alone,
                "named": True,
                "answered_at": m.now,
            },
        ],
        "practice_version": [
            {"practice_id": second, "user_id": m.both, "number": 1, "content": {"title": {"en": MARK}}, "changed": []}
        ],
        "practice_translation": [
            {
                "id": FIRST + place,
                "practice_id": practice,
                "language": "fr",
                "user_id": user,
                "sections": {"problem": MARK},
                "state": state,
                "number": 1,
            }
            for place, (practice, user, state) in enumerate(((second, m.alone, "waiting"), (first, m.both, "approved")))
        ],
    }


def _webinars(m: Marked) -> dict[str, list[Row]]:
    starts = (m.now + 3 * DAY, m.now - 3 * DAY, m.now + 5 * DAY)
    webinars: list[Row] = [
        {
            "id": FIRST + place,
            "state": "cancelled" if place == 2 else "scheduled",
            "wall_time": at.replace(tzinfo=None),
            "zone": "UTC",
            "starts_at": at,
            "minutes": 60,
            "kind": "webinar",
            "spoken": ["en"],
            "interpreted": [],
            "audience": "all",
            "audience_areas": [],
            "capacity": 1 if not place else None,
            "link": LINK,
            "host_id": m.both,
            "co_host_id": m.alone,
            "created_by": m.both,
            "version": 1,
            "cancel_reason": MARK if place == 2 else None,
        }
        for place, at in enumerate(starts)
    ]
    ahead, past = FIRST, FIRST + 1
    return {
        "webinar": webinars,
        "webinar_key_area": [{"webinar_id": one["id"], "key_area": "budgeting", "position": 0} for one in webinars],
        "webinar_series": [{"rhythm": "weekly", "lead_id": ahead}],
        "webinar_occurrence": [
            {"webinar_id": one, "number": place + 1, "zone": "UTC", "apart": False}
            for place, one in enumerate((ahead, past))
        ],
        "rsvp": [
            {"webinar_id": ahead, "user_id": m.both, "answer": "going"},
            {"webinar_id": ahead, "user_id": m.alone, "answer": "waiting", "turn": 1},
            {"webinar_id": past, "user_id": m.both, "answer": "going"},
        ],
        "webinar_material": [
            {"webinar_id": past, "kind": "slides", "url": "https://example.org/zorilla", "version": 1},
        ],
        "webinar_attendance": [
            {"webinar_id": past, "user_id": user, "noted_by": m.alone} for user in (m.both, m.alone)
        ],
        "webinar_survey_answer": [
            {"id": f"zorilla{place}", "webinar_id": past, "useful": 5, "better": MARK} for place in range(6)
        ],
        "webinar_survey_mark": [{"webinar_id": past, "user_id": m.both}],
        "webinar_recap": [{"webinar_id": past, "version": 1}],
        "personal_reminder": [
            {"user_id": user, "offsets": [86_400, 3_600], "maybe": True, "active": True, "language": "en"}
            for user in (m.both, m.alone)
        ],
        "host_check": [{"webinar_id": ahead, "starts_at": m.now + 2 * DAY, "user_id": m.both, "answer": "ready"}],
    }
