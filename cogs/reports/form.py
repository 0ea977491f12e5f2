"""The form in which a person reports, and the one in which a moderator closes a report."""

from collections.abc import Mapping
from typing import Any, cast

from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.languages import Texts
from bot.render import clean
from cogs.reports import cases, words
from data import reports
from data.drafts import delete_draft, get_draft
from data.network import get_network

DRAFT = "report"
TEXT_LIMIT = 2000
WORD_LIMIT = 900


def first(value: Any) -> str:
    """What was chosen in a menu; empty where nothing was."""
    if isinstance(value, list):
        several = cast("list[Any]", value)
        return str(several[0]) if several else ""
    return value if isinstance(value, str) else ""


class ReportForm(Form, custom_id="report:new:{token}", draft=DRAFT):
    """What happened. Whom and which message it is about stands in the draft, where no client can change it."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two fields."""
        t = ask.t
        self.title = t("Report privately")
        self.choice("category", t("What it is"), [(code, t(name)) for code, name in words.CATEGORIES.items()], typed)
        self.text(
            "text",
            t("What happened"),
            typed,
            description=t("Moderators read it, never the person it is about. Your name is shown to nobody."),
            required=False,
            long=True,
            most=TEXT_LIMIT,
        )

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Only its own two fields: a changed client could send others, and so change whom it is about."""
        return {name: value for name, value in typed.items() if name in ("category", "text")}

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it, once, and give a receipt."""
        category = first(typed.get("category"))
        if category not in reports.CATEGORIES:
            raise Refusal("Please choose what it is.")
        text = clean(str(typed.get("text") or ""))[:TEXT_LIMIT]
        async with ask.bot.db.begin() as session:
            token, user_id = self.values["token"], ask.actor.user_id
            draft = await get_draft(session, ask.community.id, user_id, DRAFT, token, now=ask.now)
            facts: Mapping[str, Any] = draft.data if draft else {}
            if not await delete_draft(session, ask.community.id, user_id, DRAFT, token) or "subject" not in facts:
                raise Refusal("This report was sent already. /report status shows how it stands.")
            message = (int(facts["channel"]), int(facts["message"])) if facts.get("message") else None
            try:
                report = await reports.file_report(
                    session,
                    community_id=ask.community.id,
                    reporter_id=user_id,
                    subject_id=int(facts["subject"]),
                    category=category,
                    text=text,
                    message=message,
                    copy=str(facts.get("copy") or "") or None,
                    now=ask.now,
                )
            except reports.TooManyFault:
                raise cases.too_many() from None
        readers = cases.readers(ask.guild, ask.community, report.subject_id, ask.bot.user)
        await ask.answer(await receipt(ask, report, readers))


async def receipt(ask: Ask, report: reports.Report, readers: int) -> str:
    """What the person who reported is told."""
    t = ask.t
    lines = [
        t("Thank you. Your report is {code}.", code=f"**{report.code}**"),
        t.plural(
            "{n} moderator can read it; the person it is about cannot.",
            "{n} moderators can read it; the person it is about cannot.",
            readers,
        )
        if readers
        else await _outside(ask, t),
        t("Your name is shown to nobody. /report status tells you how it stands."),
    ]
    return "\n".join(lines)


async def _outside(ask: Ask, t: Texts) -> str:
    """Where to turn when nobody here may read it."""
    async with ask.bot.db.read() as session:
        network = await get_network(session)
    return t("Nobody else here can read it. Please write to the secretariat as well: {address}", address=network.email)


class CloseForm(Form, custom_id="report:close:{report}:{version}", draft="report.close"):
    """What came of it, and what the person who reported is told."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two fields."""
        t = ask.t
        await cases.load(ask, self.values["report"])
        self.title = t("Close the report")
        self.choice("outcome", t("What came of it"), [(code, t(name)) for code, name in words.OUTCOMES.items()], typed)
        self.text(
            "word",
            t("A word to the person who reported"),
            typed,
            description=t("They read it as you write it. It names nobody but what you name."),
            required=False,
            long=True,
            most=WORD_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Close it, once."""
        outcome = first(typed.get("outcome"))
        if outcome not in reports.OUTCOMES:
            raise Refusal("Please choose what came of it.")
        word = clean(str(typed.get("word") or ""))[:WORD_LIMIT] or None
        before = await cases.load(ask, self.values["report"], self.values["version"])
        async with ask.bot.db.begin() as session:
            after = await reports.close(session, before, outcome=outcome, word=word, by=ask.actor.user_id, now=ask.now)
        if after is None:
            raise cases.changed()
        await self.finish(ask)
        await cases.show(ask, after)
