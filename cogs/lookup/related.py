"""A new thread in the forum for practices is told once what there is on its subject."""

from datetime import timedelta
from typing import Any

import discord
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Post, Rendered, Skip
from bot.languages import texts
from bot.render import ACCENT, clean, one_line
from cogs.lookup.cards import Reader, lines_of, title_of
from cogs.lookup.results import GoToPage
from cogs.lookup.rules import QUERY_LIMIT, Search, packed
from cogs.lookup.sharing import scope_of_all
from cogs.lookup.things import load
from cogs.lookup.words import Areas
from data import deliveries
from data.communities import get_community
from data.deliveries import Delivery
from data.network import list_key_areas

RELATED = "lookup.related"
SHOWN = 3
KINDS = ("practice", "resource")
# Later nobody who opened the thread waits for it.
USEFUL = timedelta(hours=2)


class Related(commands.Cog):
    """Watches the forum for practices."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Plan a word for a thread that a person opened."""
        me = self.bot.user
        if me is None or thread.owner_id == me.id or (thread.owner is not None and thread.owner.bot):
            return
        async with self.bot.db.read() as session:
            community = await get_community(session, thread.guild.id)
        if community is None or not community.suggests or community.channel("practices") != thread.parent_id:
            return
        now = self.bot.clock()
        async with self.bot.db.begin() as session:
            # The thread's number makes it one word for each, whatever Discord sends twice.
            await deliveries.plan(
                session,
                community_id=community.id,
                kind=RELATED,
                subject=f"thread:{thread.id}",
                target=f"channel:{thread.id}",
                due_at=now,
                now=now,
                expires_at=now + USEFUL,
            )


class RelatedKind:
    """Up to three practices and resources, by the thread's title; nothing where nothing really fits."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The list, in the community's first language."""
        community = await get_community(session, delivery.community_id)
        thread = bot.get_channel(int(delivery.subject.partition(":")[2]))
        if community is None or not isinstance(thread, discord.Thread):
            return Skip("gone")
        if not community.suggests:
            return Skip("switched off")
        t = texts(community.languages[0])
        words = " ".join(clean(thread.name).split())[:QUERY_LIMIT]
        # The forum may be open to visitors: what is the community's own is not told there.
        scope = scope_of_all(community, thread)
        index = await bot.search_index()
        found = await index.aside(
            index.search, words, language=t.language, community_id=scope, kinds=KINDS, limit=SHOWN + 1
        )
        things = await load(session, scope, [(hit.kind, hit.id) for hit in found.hits])
        areas: Areas = {area.id: area for area in await list_key_areas(session)}
        reader = Reader(t, areas, bot.clock())
        card = discord.Embed(title=t("Perhaps of use here"), colour=ACCENT)
        for hit in found.hits:
            thing: Any = things.get((hit.kind, hit.id))
            # A practice that is discussed in this very thread is no news there.
            if thing is None or getattr(thing, "thread_id", None) == thread.id or len(card.fields) == SHOWN:
                continue
            lines = lines_of(reader, hit.kind, thing, summary=140, limit=600)
            card.add_field(name=one_line(title_of(t, thing), 200), value=lines, inline=False)
        if not card.fields:
            return Skip("nothing fits")
        card.set_footer(text=t("Found by the title of this thread. Moderators can switch this off with /setup."))
        key = packed(Search(words)) or packed(Search(words[:60].rpartition(" ")[0] or words[:60]))
        if key is None:
            return Skip("nothing fits")
        return Post(row(GoToPage(t("Read on in private"), page=0, key=key)), embeds=[card])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""
