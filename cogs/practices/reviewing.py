"""What reviewers do: read what waits, approve it, return it, post it again."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found, standing_of
from bot.buttons import Button, Select, row
from bot.errors import Refusal
from bot.languages import Texts
from bot.render import clean, label
from cogs.practices import cards, rules, safety
from cogs.practices.drafting import open_form, show
from cogs.practices.editions import field_names
from cogs.practices.views import Read
from data.communities import Community
from data.network import list_key_areas
from data.practices import (
    APPROVED,
    IN_REVIEW,
    PUBLISHED,
    RETURNED,
    Practice,
    approvals_of,
    approve,
    find,
    is_under_way,
    needs_of,
)
from data.practices import list_waiting as waiting
from data.practices import publish_again as post_again
from data.practices import send_back as give_back
from data.practices.versions import changed_fields

PAGE = 10

REVIEW = Action("practice.review", find, by_moderators)


def decided(practice: Practice) -> Refusal:
    """Somebody else was first, or the card is an old one."""
    if practice.state == IN_REVIEW:
        return Refusal("The author has changed this practice since. Look at it again with /practice review.")
    return Refusal("This was decided already. {state}", state=lambda t: cards.decision_line(t, practice))


async def decidable(ask: Ask, practice_id: str, version: str | int) -> Practice:
    """A practice that this moderator may decide on now.

    Args:
        ask: who wants to decide.
        practice_id: which.
        version: the one they have read, from a button or a form.

    Raises:
        Refusal: it is decided, has changed, is their own, or is not there.
    """
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, REVIEW, practice_id)
    if practice.author_id == ask.actor.user_id:
        raise Refusal("This is your own practice: another moderator has to review it.")
    if practice.state != IN_REVIEW or str(practice.version) != str(version):
        raise decided(practice)
    return practice


def reviewers_of(guild: discord.Guild | None, community: Community) -> list[int]:
    """The people here who may review."""
    return [
        person.id
        for person in (guild.members if guild else ())
        if not person.bot and standing_of(community, person) >= Standing.MODERATOR
    ]


async def approve_now(ask: Ask, practice_id: str, version: str | int, level: int | None = None) -> None:
    """Approve, and say what happens next.

    Args:
        ask: who approves.
        practice_id: which.
        version: the one they have read.
        level: how strong they find the evidence; without, as the author does.
    """
    before = await decidable(ask, practice_id, version)
    async with ask.bot.db.begin() as session:
        needs = await needs_of(session, before, reviewers_of(ask.guild, ask.community))
        done = await approve(
            session,
            ask.community.id,
            practice_id,
            version=before.version,
            reviewer_id=ask.actor.user_id,
            needs=needs,
            evidence=before.evidence_claimed if level is None else level,
            now=ask.now,
        )
        now = await find(session, ask.community.id, practice_id)
        given = await approvals_of(session, practice_id, before.version)
    if done is None:
        raise decided(now or before)
    title = cards.shown_title(ask.t, done)
    if done.state == IN_REVIEW:
        noted = ask.t("Your approval of “{title}” is noted.", title=title)
        await show(ask, f"{noted}\n{cards.missing_line(ask.t, needs, given)}")
        return
    approved = ask.t("Approved: “{title}”.", title=title)
    await show(ask, f"{approved} {where_line(ask)}")


async def send_back(ask: Ask, practice_id: str, version: str | int, comment: str) -> None:
    """Return with a comment, and say that the author is told."""
    comment = clean(comment)
    if not rules.COMMENT_LEAST <= len(comment) <= rules.COMMENT_MOST:
        raise Refusal(
            "The comment needs {least} to {most} characters; it has {n}.",
            least=rules.COMMENT_LEAST,
            most=rules.COMMENT_MOST,
            n=len(comment),
        )
    before = await decidable(ask, practice_id, version)
    async with ask.bot.db.begin() as session:
        done = await give_back(
            session,
            ask.community.id,
            practice_id,
            version=before.version,
            reviewer_id=ask.actor.user_id,
            comment=comment,
            now=ask.now,
        )
        now = await find(session, ask.community.id, practice_id)
    if done is None:
        raise decided(now or before)
    title = cards.shown_title(ask.t, done)
    await show(ask, ask.t("Returned: “{title}”. Its author is told what you wrote.", title=title))


async def send_back_current(ask: Ask, practice_id: str, comment: str) -> None:
    """Return a practice as it is now: a moderator has named it in a command, and read it before."""
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, REVIEW, practice_id)
    await send_back(ask, practice_id, practice.version, comment)


async def publish(ask: Ask, practice_id: str) -> None:
    """Approve what waits, or post again what is approved but could not be posted."""
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, REVIEW, practice_id)
        under_way = await is_under_way(session, ask.community.id, practice_id)
    if practice.state == IN_REVIEW:
        await approve_now(ask, practice_id, practice.version)
        return
    if practice.state == RETURNED:
        raise Refusal("This practice was returned: its author has to send it again first.")
    if practice.state == PUBLISHED:
        raise Refusal("This practice is published already: {thread}", thread=f"<#{practice.thread_id}>")
    if practice.state != APPROVED:
        raise decided(practice)
    if under_way:
        raise Refusal("This practice is being posted already.")
    async with ask.bot.db.begin() as session:
        done = await post_again(
            session,
            ask.community.id,
            practice_id,
            version=practice.version,
            actor_id=ask.actor.user_id,
            now=ask.now,
        )
    if done is None:
        raise Refusal("This practice is being posted already.")
    await show(ask, where_line(ask))


def where_line(ask: Ask) -> str:
    """Where a practice is about to appear, or what is missing for it."""
    forum = ask.guild.get_channel(ask.community.channel("channel:practices") or 0)
    if forum is None:
        return ask.t("There is no forum to post it in: run /setup, then /practice publish.")
    return ask.t("It will appear in {channel} shortly.", channel=forum.mention)


def buttons(t: Texts, practice: Practice) -> discord.ui.View:
    """What a reviewer can do with a practice, in the state that it is in."""
    read = Read(t("Read in full"), practice=practice.id)
    if practice.state == APPROVED:
        return row(Again(t("Post it"), style=discord.ButtonStyle.success, practice=practice.id), read)
    levels = [discord.SelectOption(label=label(rules.level_name(t, int(level))), value=level) for level in rules.LEVELS]
    return row(
        Approve(
            t("Approve"),
            style=discord.ButtonStyle.success,
            practice=practice.id,
            version=practice.version,
        ),
        SendBack(t("Return with comments"), practice=practice.id, version=practice.version),
        read,
        ApproveAt(
            levels,
            placeholder=t("Approve, but with this evidence level"),
            row=1,
            practice=practice.id,
            version=practice.version,
        ),
    )


async def review_card(
    session: AsyncSession, t: Texts, practice: Practice, reviewers: list[int]
) -> tuple[str, list[discord.Embed]]:
    """What reviewers see: who sent it and when, who approved it, what is missing, and the card as it will appear.

    Args:
        session: any transaction.
        t: texts of whoever reads it.
        practice: the practice.
        reviewers: the users who may review here.
    """
    needs = await needs_of(session, practice, reviewers)
    given = await approvals_of(session, practice.id, practice.version)
    areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
    doubts = await safety.doubts_in(practice)
    found = [cards.contested_card(t, doubts)] if doubts else []
    room = cards.MESSAGE_LIMIT - sum(len(embed) for embed in found)
    shown = cards.card(t, practice, areas, author_id=practice.author_id, room=room)
    text = [
        t("A practice by {author}. {state}", author=f"<@{practice.author_id}>", state=cards.state_line(t, practice)),
        t("Does anything in it identify a person, a shelter or an open case? Then return it."),
        *cards.approval_lines(t, given),
    ]
    if practice.state == IN_REVIEW:
        text.append(cards.missing_line(t, needs, given))
    if shown.shortened:
        text.append(t("It is shortened here. Read it in full before you decide."))
    original = await find(session, practice.community_id or 0, practice.revises) if practice.revises else None
    if original is not None:
        text.append(
            t(
                "It changes {thread}, which stays as it is until this is approved. Changed: {fields}.",
                thread=f"<#{original.thread_id}>",
                fields=field_names(t, changed_fields(original, practice)),
            )
        )
    if practice.review_thread_id is not None:
        text.append(t("The reviewers talk about it in {thread}.", thread=f"<#{practice.review_thread_id}>"))
    return "\n".join(text), [*found, *shown.embeds]


async def list_waiting(ask: Ask, page: int) -> None:
    """A page of what waits, with a menu to open one."""
    async with ask.bot.db.read() as session:
        practices, total = await waiting(session, ask.community.id, limit=PAGE, offset=page * PAGE)
        if not practices and page:
            page = 0
            practices, total = await waiting(session, ask.community.id, limit=PAGE)
    if not practices:
        await show(ask, ask.t("No practice waits for review."))
        return
    last = (total - 1) // PAGE
    options = [discord.SelectOption(label=cards.listed_title(ask.t, each), value=each.id) for each in practices]
    items: list[Button | Select] = [Waiting(options, placeholder=ask.t("Open one"), page=page)]
    if page > 0:
        items.append(WaitingPage(ask.t("Back"), page=page - 1, row=1))
    if page < last:
        items.append(WaitingPage(ask.t("Next"), page=page + 1, row=1))
    await show(ask, embeds=[cards.waiting_card(ask.t, practices, page=page, last=last)], view=row(*items))


class Approve(Button, custom_id="practice:approve:{practice}:{version}"):
    """Approves what its card shows."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Approve it, if it is still as it was when the card was posted."""
        await approve_now(ask, self.values["practice"], self.values["version"])


class ApproveAt(Select, custom_id="practice:level:{practice}:{version}"):
    """Approves what its card shows, with another view of its evidence than the author's."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Approve it, if it is still as it was when the card was posted."""
        if options[0] not in rules.LEVELS:
            raise not_found()
        await approve_now(ask, self.values["practice"], self.values["version"], int(options[0]))


class SendBack(Button, custom_id="practice:sendback:{practice}:{version}"):
    """Opens the form in which a reviewer says what to change."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show the form."""
        await open_form(ask, f"practice:return:{self.values['practice']}:{self.values['version']}")


class Again(Button, custom_id="practice:publish:{practice}"):
    """Posts what is approved but could not be posted."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        await publish(ask, self.values["practice"])


class Waiting(Select, custom_id="practice:waiting:{page}"):
    """Opens one of the practices that wait."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show its card, privately, with the same buttons."""
        async with ask.bot.db.read() as session:
            practice = await authorize(session, ask.actor, REVIEW, options[0] if options else "")
            if practice.state not in (IN_REVIEW, APPROVED):
                raise decided(practice)
            text, embeds = await review_card(session, ask.t, practice, reviewers_of(ask.guild, ask.community))
        await show(ask, text, embeds=embeds, view=buttons(ask.t, practice))


class WaitingPage(Button, custom_id="practice:waitpage:{page}"):
    """Turns the pages of what waits."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show that page."""
        await list_waiting(ask, rules.page_number(self.values["page"]))
