"""Reporting a concern about something that Convenor posted for somebody: a practice, or how one was tried.

The buttons that open this form stand elsewhere, and know it by its name only: no cog needs to know another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, not_found
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.render import clean, cut
from cogs.reports import cases, words
from cogs.reports.form import TEXT_LIMIT, first, receipt
from data import reports
from data.deliveries import list_for_subject
from data.drafts import delete_draft
from data.practices import find, get_visible
from data.practices.adaptations import POST, adaptation_subject, get_adaptation

DRAFT = "report-about"
# Of what stands in a card beside the report.
COPY_LIMIT = 4000
# Whom a report is about where nobody stands for it any more.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a concern is about.

    Attributes:
        subject_id: whose it is; 0 where their data was erased.
        message: the channel and the message where others read it, if any.
        copy: what it says, shortened.
    """

    subject_id: int
    message: tuple[int, int] | None
    copy: str


async def _practice(session: AsyncSession, community_id: int, practice_id: str) -> Concerned | None:
    if await get_visible(session, community_id, practice_id) is None:
        return None
    # What the Network's brochure says is nobody's here.
    practice = await find(session, community_id, practice_id)
    if practice is None or practice.thread_id is None:
        return None
    copy = f"{practice.title.text(practice.language)}\n{practice.summary.text(practice.language)}"
    return Concerned(practice.author_id or NOBODY, (practice.thread_id, practice.thread_id), copy)


async def _adaptation(session: AsyncSession, community_id: int, number: str) -> Concerned | None:
    known = number.isascii() and number.isdecimal() and len(number) < 19
    found = await get_adaptation(session, community_id, int(number)) if known else None
    if found is None:
        return None
    posted = [
        (each.channel_id, each.message_id)
        for each in await list_for_subject(session, community_id, adaptation_subject(found.id))
        if each.kind == POST and each.channel_id and each.message_id
    ]
    message = next(((channel, made) for channel, made in posted if channel and made), None)
    return Concerned(found.author_id or NOBODY, message, f"{found.changed}\n{found.learnt}")


async def load(session: AsyncSession, community_id: int, key: tuple[str, str]) -> Concerned | None:
    """What a concern is about, by its sort and id; None where members read no such thing."""
    sort, thing = key
    if sort == "practice":
        return await _practice(session, community_id, thing)
    return await _adaptation(session, community_id, thing) if sort == "adaptation" else None


ABOUT = Action("report.file", load, by_members)


class AboutForm(Form, custom_id="report:about:{sort}:{thing}", draft=DRAFT):
    """What the concern is. Whom it is about is looked up when it is sent."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two fields; refused where it is one's own, or one sent as many as anybody may."""
        await self.concerned(ask)
        t = ask.t
        self.title = t("Report a concern")
        self.choice("category", t("What it is"), [(code, t(name)) for code, name in words.CATEGORIES.items()], typed)
        self.text(
            "text",
            t("What concerns you"),
            typed,
            description=t("Moderators read it, never the author. Your name is shown to nobody."),
            required=False,
            long=True,
            most=TEXT_LIMIT,
        )

    async def concerned(self, ask: Ask) -> Concerned:
        """What it is about.

        Raises:
            Refusal: nothing that is open to them, or their own; or they sent as many as anybody may for now.
        """
        async with ask.bot.db.read() as session:
            found = await authorize(session, ask.actor, ABOUT, (self.values["sort"], self.values["thing"]))
            may = await reports.may_report(session, ask.community.id, ask.actor.user_id, ask.now)
        if found.subject_id == ask.actor.user_id:
            raise Refusal("This is your own: you can change it or take it back with /practice mine.")
        if not may:
            raise cases.too_many()
        return found

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it, once, and give a receipt."""
        category = first(typed.get("category"))
        if category not in reports.CATEGORIES:
            raise Refusal("Please choose what it is.")
        found = await self.concerned(ask)
        async with ask.bot.db.begin() as session:
            if not await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, self.subject):
                raise not_found()
            try:
                report = await reports.file_report(
                    session,
                    community_id=ask.community.id,
                    reporter_id=ask.actor.user_id,
                    subject_id=found.subject_id,
                    category=category,
                    text=clean(str(typed.get("text") or ""))[:TEXT_LIMIT],
                    message=found.message,
                    copy=cut(clean(found.copy), COPY_LIMIT) or None,
                    now=ask.now,
                )
            except reports.TooManyFault:
                raise cases.too_many() from None
        readers = cases.readers(ask.guild, ask.community, report.subject_id, ask.bot.user)
        await ask.answer(await receipt(ask, report, readers))
