"""What goes out once a webinar is over, and what keeps those messages up to date."""

from collections.abc import Callable
from datetime import datetime

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.languages import N_, each_language, texts
from bot.render import ACCENT, one_line, plain
from cogs.webinars.after_cards import CARD, MATERIALS, after_card, material_card, recap_card, webinar_head
from cogs.webinars.attendance import there_button
from cogs.webinars.cards import moment_text
from cogs.webinars.kinds import WebinarKind, reader
from cogs.webinars.rules import is_late
from cogs.webinars.survey import TurnResults, survey_button
from cogs.webinars.thread import change_post
from cogs.webinars.views import Details, Seen, details_view
from data import deliveries, webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import Webinar
from data.webinars.after import MATERIAL, RECAP, can_say_there
from data.webinars.attendance import was_there
from data.webinars.materials import Material, get_material, plan_material_mark
from data.webinars.recaps import get_recap, plan_recap_mark
from data.webinars.reminding import wants_reminder
from data.webinars.survey import forget_who_answered, survey_results


class AfterMessage(WebinarKind):
    """Thanks, and two things to do, once a webinar is over."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """To everyone, while it can be answered."""
        now = bot.clock()
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.announcement_id is None:
            return Skip("not announced")
        if not can_say_there(webinar, now):
            return Skip("late")
        languages = community.languages
        view = row(
            there_button(languages, webinar.id, 0),
            survey_button(languages, webinar.id, 0),
            Details(each_language(languages, N_("Details"))[:80], webinar=webinar.id, row=1),
        )
        heading = each_language(languages, N_("How was it?"))
        note = "late" if is_late(delivery.due_at, now) else None
        return Post(view, heading, [after_card(languages, webinar)], note=note)


class MaterialPost(WebinarKind):
    """A recording, slides or a document, to everyone."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """What it is, and where; nothing where it was taken away meanwhile."""
        material = await _material_of(session, delivery)
        if webinar.cancelled:
            return Skip("cancelled")
        if material is None or material.removed:
            return Skip("taken away")
        languages = community.languages
        heading = each_language(languages, MATERIALS.get(material.kind, MATERIALS["other"]))
        return Post(details_view(languages, webinar.id), heading, [material_card(languages, webinar, material)])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was changed or taken away while it was being posted, the post has to follow."""
        material = await _material_of(session, delivery)
        webinar = await webinars.get(session, delivery.community_id, material.webinar_id) if material else None
        if material is not None and webinar is not None and (material.removed or material.version > 1):
            await plan_material_mark(session, webinar, material.id, f"posted:{made_id}", self._clock())


class MaterialMark(WebinarKind):
    """The post of a material shows what is known now, or goes."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Change the post, if there is one."""
        material = await _material_of(session, delivery)
        if material is None:
            return Skip("no such material")
        post = await _posted(session, webinar, MATERIAL, str(material.id))
        if post is None:
            # When it is posted, it says what is known then.
            return Skip("not posted")
        card = None if material.removed else material_card(community.languages, webinar, material)
        return Effect(lambda: change_post(bot, post, card))


class RecapPost(WebinarKind):
    """The recap, to everyone."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """As it is written now."""
        recap = await get_recap(session, webinar.id)
        if webinar.cancelled:
            return Skip("cancelled")
        if recap is None:
            return Skip("no such recap")
        languages = community.languages
        heading = each_language(languages, N_("For those who missed it"))
        return Post(details_view(languages, webinar.id), heading, [recap_card(languages, webinar, recap)])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was changed while it was being posted, the post has to follow."""
        webinar = await webinars.get(session, delivery.community_id, int(delivery.subject.partition(":")[2]))
        recap = await get_recap(session, webinar.id) if webinar else None
        if webinar is not None and recap is not None and recap.version > 1:
            await plan_recap_mark(session, webinar, f"posted:{made_id}", self._clock())


class RecapMark(WebinarKind):
    """The post of the recap shows what is written now."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Change the post, if there is one."""
        recap, post = await get_recap(session, webinar.id), await _posted(session, webinar, RECAP, "")
        if recap is None or post is None:
            return Skip("not posted")
        card = recap_card(community.languages, webinar, recap)
        return Effect(lambda: change_post(bot, post, card))


class RecapWord(WebinarKind):
    """The recap to somebody who meant to come, was not there, and wants direct messages, in their language."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A direct message, where all of that still holds."""
        user_id = int(delivery.target.partition(":")[2])
        found, recap = await reader(bot, session, community, delivery), await get_recap(session, webinar.id)
        if found is None:
            return Skip("left")
        if webinar.cancelled or recap is None:
            return Skip("cancelled")
        if await was_there(session, webinar.id, user_id) or not await wants_reminder(session, webinar, user_id):
            return Skip("not wanted")
        t, guild = found
        lines = [
            t(
                "You were not at “{title}”, as far as we know. This is what was said:",
                title=one_line(webinar.read_in(t.language).title, 200),
            ),
            moment_text(webinar.starts_at),
            t("Recording and slides: /webinar show in the server."),
            f"— {one_line(guild.name, 100)}",
        ]
        said = discord.Embed(description=plain(recap.text, CARD), colour=ACCENT)
        return Post(row(Seen(t("Understood"), webinar=webinar.id)), "\n".join(lines), embeds=[said])


class SurveyEnd(WebinarKind):
    """Tells the moderators that a survey is closed; who answered it is forgotten with it."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """How many answered, and a way to the results."""
        results = await survey_results(session, community.id, webinar.id)
        if webinar.cancelled:
            return Skip("cancelled")
        if not results.answers:
            return Skip("no answers")
        t, card = texts(community.languages[0]), webinar_head(webinar)
        card.description = t.plural("{n} person answered.", "{n} people answered.", results.answers)
        view = row(TurnResults(t("See the answers"), webinar=webinar.id, page=0))
        return Post(view, t("The two questions about this webinar are closed."), [card])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nobody needs to know any more who answered."""
        await forget_who_answered(session, int(delivery.subject.partition(":")[2]))


async def _material_of(session: AsyncSession, delivery: Delivery) -> Material | None:
    number = delivery.occurrence.partition(":")[0]
    return await get_material(session, delivery.community_id, int(number)) if number.isdecimal() else None


async def _posted(session: AsyncSession, webinar: Webinar, kind: str, occurrence: str) -> Delivery | None:
    """The delivery that posted something, where it did."""
    for one in await deliveries.list_for_subject(session, webinar.community_id, webinar.subject):
        if (one.kind, one.occurrence, one.state) == (kind, occurrence, deliveries.SENT):
            return one
    return None
