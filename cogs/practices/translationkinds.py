"""The messages by which a translation comes before the author, and thanks before whoever wrote it."""

from typing import TYPE_CHECKING, Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.buttons import row
from bot.delivery import Post, Rendered, Skip
from bot.languages import Texts
from bot.readers import is_member, person_of, texts_of
from bot.render import one_line
from cogs.practices import cards
from cogs.practices.askkinds import Quiet
from cogs.practices.inlanguage import PageIn
from cogs.practices.tending import Noted
from cogs.practices.translated import text_file
from cogs.practices.translating import decision_buttons
from data.communities import Community, get_community
from data.deliveries import Delivery
from data.languages import name_language
from data.network import list_key_areas
from data.practices.translations import (
    APPROVED,
    LAPSED,
    THANKS,
    TO_APPROVE,
    UNDECIDED,
    WAITING,
    Translation,
    get_translation,
)

if TYPE_CHECKING:
    from bot.app import Convenor


def register(bot: "Convenor") -> None:
    """Let the engine know these kinds."""
    bot.deliveries.register(TO_APPROVE, ToApproveKind())
    bot.deliveries.register(THANKS, ThanksKind())
    bot.deliveries.register(UNDECIDED, UndecidedKind())


async def facts(
    bot: "Convenor", session: AsyncSession, delivery: Delivery
) -> tuple[Translation, Community, Texts] | Skip:
    """The translation, where it is, and texts for the reader, who has to be a member."""
    community = await get_community(session, delivery.community_id)
    found = await get_translation(session, delivery.community_id, int(delivery.details.get("translation", 0)))
    if community is None or found is None:
        return Skip("gone")
    if not is_member(bot, community, person_of(delivery)):
        return Skip("no member any more")
    return found, community, await texts_of(session, community, person_of(delivery))


class ToApproveKind(Quiet):
    """Asks an author whether a translation may be shown."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """The translation, and both answers; nothing where somebody else looks after the practice now."""
        found = await facts(bot, session, delivery)
        if isinstance(found, Skip):
            return found
        translation, community, t = found
        if translation.state != WAITING or delivery.target != f"user:{translation.practice.author_id}":
            return Skip("changed since")
        areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
        shown = cards.card(t, translation.as_practice, areas, author_id=None)
        text = t(
            "In {community}, a member translated your practice “{title}” into this language: {language}. May others "
            "read it? /practice mine shows it too.",
            community=one_line(community.name, 100),
            title=cards.shown_title(t, translation.practice),
            language=name_language(translation.language, t.language),
        )
        return Post(row(*decision_buttons(t, translation)), text, embeds=shown.embeds)


class ThanksKind(Quiet):
    """Tells whoever translated that others read it now."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language."""
        found = await facts(bot, session, delivery)
        if isinstance(found, Skip):
            return found
        translation, community, t = found
        if translation.state != APPROVED:
            return Skip("changed since")
        text = t(
            "In {community}, the author approved your translation “{title}”. Thank you.",
            community=one_line(community.name, 100),
            title=one_line(translation.title, 100),
        )
        place: dict[str, Any] = {"practice": translation.practice.id, "language": translation.language}
        view = row(PageIn(t("Read"), community=community.id, page=0, **place))
        if translation.practice.thread_id is not None:
            url = f"https://discord.com/channels/{community.id}/{translation.practice.thread_id}"
            view.add_item(discord.ui.Button(label=t("Open the server"), url=url))
        return Post(view, text)


class UndecidedKind(Quiet):
    """Tells whoever translated that nobody decided, and gives them back what they wrote."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, with their text as a file."""
        found = await facts(bot, session, delivery)
        if isinstance(found, Skip):
            return found
        translation, community, t = found
        if translation.state != LAPSED or delivery.target != f"user:{translation.user_id}":
            return Skip("changed since")
        text = t(
            "In {community}, nobody decided in time on your translation “{title}”, so that others do not read it. Here "
            "is your text: Convenor keeps it for at most three months more.",
            community=one_line(community.name, 100),
            title=one_line(translation.title, 100),
        )
        view = row(Noted(t("All right"), practice=translation.practice.id))
        return Post(view, text, files=[text_file(translation)])
