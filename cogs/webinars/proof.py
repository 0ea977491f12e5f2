"""What went out about a webinar, what will, and what did not and why: for moderators."""

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators
from bot.buttons import Button
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line
from cogs.webinars.cards import jump_url
from cogs.webinars.offsets import before
from cogs.webinars.views import key_of
from data import deliveries, webinars
from data.deliveries import Delivery
from data.webinars import Webinar, after, records
from data.webinars.hosting import READY, HostAnswer, host_answer

SEE_PROOF = Action("webinar.deliveries", webinars.get, by_moderators)


class Deliveries(Button, custom_id="webinar:deliveries:{webinar}"):
    """Shows what goes out about a webinar, and when."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it, privately."""
        await show_deliveries(ask, key_of(self.values["webinar"]))


async def show_deliveries(ask: Ask, key: int) -> None:
    """Every message about a webinar and what became of it.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, SEE_PROOF, key)
        rows = await deliveries.list_for_subject(session, ask.community.id, webinar.subject)
        said = await host_answer(session, webinar)
    card = proof_card(ask.t, webinar, rows)
    if said is not None:
        card.add_field(name=ask.t("The host's answer"), value=host_text(ask.t, said), inline=False)
    await ask.answer(embed=card)


def proof_card(t: Texts, webinar: Webinar, rows: list[Delivery]) -> discord.Embed:
    """One line for each message. Who got direct messages is nobody's business: those are counted only."""
    card = discord.Embed(title=cut(t("What went out: {title}", title=one_line(webinar.title, 180)), 256), colour=ACCENT)
    public = [row for row in rows if row.kind not in (webinars.COUNTS, *webinars.PERSONAL)]
    lines = [f"- {_line(t, row)}" for row in public]
    # The end of an offer is work of ours, and no message.
    personal = [row for row in rows if row.kind in webinars.PERSONAL and row.kind != webinars.OFFER_END]
    if personal:
        sent = sum(row.state == deliveries.SENT for row in personal)
        failed = sum(row.state == deliveries.FAILED for row in personal)
        needless = sum(row.state == deliveries.SKIPPED for row in personal)
        lines.append(
            "- "
            + t(
                "Direct messages: {sent} sent, {waiting} waiting, {needless} not needed any more, {failed} failed",
                sent=sent,
                waiting=len(personal) - sent - failed - needless,
                needless=needless,
                failed=failed,
            )
        )
    card.description = cut("\n".join(lines), 4096)
    return card


def host_text(t: Texts, said: HostAnswer) -> str:
    """What was said when asked whether all is ready, by whom and when."""
    who = f"<@{said.user_id}>" if said.user_id else t("Someone who left the server")
    when = discord.utils.format_dt(said.at, "f")
    if said.answer == READY:
        return t("All is ready, says {who}, {when}.", who=who, when=when)
    return t("{who} asked for help, {when}.", who=who, when=when)


def _line(t: Texts, row: Delivery) -> str:
    due = discord.utils.format_dt(row.due_at, "f")
    return t.pair(f"**{name_of(t, row)}**, {due}", outcome(t, row))


def name_of(t: Texts, row: Delivery) -> str:
    """What a delivery is, in words."""
    offset = row.occurrence.partition(":")[0]
    if row.kind == webinars.REMINDER and offset.isdecimal():
        when = before(t, int(offset))
        return t("Reminder ({when})", when=when[:1].lower() + when[1:])
    return {
        webinars.ANNOUNCEMENT: t("Announcement"),
        webinars.EVENT: t("Server event"),
        webinars.CANCELLED_NOTICE: t("Notice of the cancellation"),
        webinars.CANCELLED_MARK: t("Cancellation shown on the announcement"),
        webinars.CANCELLED_EVENT: t("Server event removed"),
        webinars.CHANGED_MARK: t("Changes shown on the announcement"),
        webinars.CHANGED_EVENT: t("Server event changed"),
        webinars.MOVED_NOTICE: t("Notice of the new time"),
        records.SERIES_MARK: t("Dates of the series shown on its announcement"),
        records.SERIES_MOVED: t("Notice of new times in the series"),
        records.SERIES_CANCELLED: t("Notice of cancelled dates of the series"),
        webinars.EVENT_DIFFERS: t("Question to the moderators about the server event"),
        webinars.REMINDER: t("Reminder (sent by a moderator)"),
        webinars.HOST_CHECK: t("Question to the host whether all is ready"),
        webinars.HOST_ALERT: t("Word that the host needs help or says nothing"),
        after.AFTER: t("Thanks after the end"),
        after.MATERIAL: t("Recording, slides or document"),
        after.MATERIAL_MARK: t("Correction of a recording, slides or document"),
        after.RECAP: t("Recap"),
        after.RECAP_MARK: t("Correction of the recap"),
        after.SURVEY_END: t("Word that the two questions are closed"),
    }.get(row.kind, row.kind)


def outcome(t: Texts, row: Delivery) -> str:
    """What became of a delivery, and why."""
    if row.state == deliveries.SENT:
        # Nobody else can open a direct message.
        own = row.target.startswith("user:")
        url = None if own else jump_url(row.community_id, row.channel_id, row.message_id)
        said = {"late": t("sent late"), "possible repeat": t("sent, perhaps twice")}.get(row.reason or "", t("sent"))
        return f"{said} {url}" if url else said
    if row.state == deliveries.SKIPPED:
        return t("not sent: {why}", why=reason_text(t, row.reason))
    if row.state == deliveries.FAILED:
        return t("failed: {why}", why=reason_text(t, row.reason))
    return t("planned") if row.state == deliveries.PENDING else t("being sent")


def reason_text(t: Texts, reason: str | None) -> str:
    """Why something did not go out, in words."""
    return {
        "cancelled": t("the webinar was cancelled"),
        "superseded": t("a later reminder went out instead"),
        "replanned": t("the webinar was changed"),
        "late": t("Convenor could not send it in time"),
        "over": t("the webinar had begun or was over"),
        "confirmed": t("all was ready"),
        "answered": t("the host had answered"),
        "left": t("the person had left"),
        "erased": t("the person had their data erased"),
        "403:50007": t("the person accepts no direct messages"),
        "not announced": t("the webinar had never been announced"),
        "no such channel": t("the channel is gone"),
        "taken away": t("it was taken away again"),
        "not posted": t("there was no post to change"),
        "no answers": t("nobody answered"),
        "403:50013": t("a permission is missing"),
        "403:50001": t("Convenor cannot see the channel"),
    }.get(reason or "", reason or "?")
