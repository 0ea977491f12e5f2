"""The same answer as `/lookup`'s in conversation: to those who mention the bot, or write to it directly.

Discord gives the bot the text of exactly those messages. They are read once, answered, and kept nowhere.
"""

import contextlib
import hashlib
import re
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Actor, Standing, not_found, standing_of
from bot.buttons import Button, row
from bot.languages import Texts
from bot.readers import texts_of
from bot.render import ACCENT, clean, label, one_line
from cogs.lookup.cards import Reader, lines_of, title_of
from cogs.lookup.noting import note
from cogs.lookup.results import GoToPage
from cogs.lookup.rules import QUERY_LIMIT, Search, packed, unpacked
from cogs.lookup.sharing import scope_in
from cogs.lookup.things import for_members, load, scope_of
from cogs.lookup.words import Areas
from data.communities import Community, get_community
from data.network import list_key_areas

# So many results are told in conversation; /lookup has all.
SHOWN = 3
# How often one person is answered, and how often one channel: (times, within).
OF_ONE = ((5, timedelta(minutes=1)), (40, timedelta(hours=1)))
OF_CHANNEL = ((15, timedelta(minutes=1)),)
# Of so many people, channels and messages something is remembered.
MOST = 2_000
MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]+:)[^>]*>")
EVERYONE = re.compile("@(everyone|here)\\b")
# What fits into a button beside a server's id.
KEY_LIMIT = 66
CHOICES = 10
KINDS_OF_MESSAGE = (discord.MessageType.default, discord.MessageType.reply)


class Allowance:
    """How often something is done for each of many.

    Args:
        limits: how many times within which spans.
    """

    def __init__(self, limits: Sequence[tuple[int, timedelta]]) -> None:
        self._limits = limits
        self._longest = max(span for _, span in limits)
        self._times: OrderedDict[int, deque[datetime]] = OrderedDict()

    def take(self, who: int, now: datetime) -> bool:
        """Whether it may be done once more now; then it counts."""
        times = self._times.setdefault(who, deque())
        self._times.move_to_end(who)
        while len(self._times) > MOST:
            self._times.popitem(last=False)
        while times and now - times[0] >= self._longest:
            times.popleft()
        if any(sum(now - one < span for one in times) >= most for most, span in self._limits):
            return False
        times.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks in conversation, and in which language they are answered."""

    bot: Convenor
    actor: Actor
    t: Texts
    now: datetime

    @property
    def community(self) -> Community:
        """Where it is asked."""
        return self.actor.community


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said: a card, and what can be pressed in a server."""

    card: discord.Embed
    buttons: tuple[Button, ...] = ()


def words_of(message: discord.Message) -> str:
    """What is asked in a message: its text without mentions and the like, on one line."""
    return " ".join(clean(MARKUP.sub(" ", message.content)).split())[:QUERY_LIMIT].strip(" ,:;.!?¿¡–-")


def is_asked(message: discord.Message, me: int) -> bool:
    """Whether a message is for the bot: a person wrote it, to the bot alone or with its name in it.

    An answer to one of the bot's own messages names it silently, and asks nothing.
    """
    if message.author.bot or message.webhook_id or message.type not in KINDS_OF_MESSAGE:
        return False
    # Also from those whom Discord does not let call everyone: it is meant for all, not for the bot.
    if message.mention_everyone or EVERYONE.search(message.content):
        return False
    return message.guild is None or any(f"<@{sign}{me}>" in message.content for sign in ("", "!"))


async def asker_of(bot: Convenor, session: AsyncSession, community: Community, person: Any) -> Asker:
    """Who asks: in the language they chose, else that of their profile, else the community's first."""
    actor = Actor(community, person.id, standing_of(community, person))
    return Asker(bot, actor, await texts_of(session, community, person.id), bot.clock())


async def answer(asker: Asker, words: str, scope: int, *, server: bool) -> Answer:
    """The best few results.

    Args:
        asker: who asks.
        words: what for.
        scope: whose things those see who will read it.
        server: whether it is said in a server, where buttons lead on.
    """
    t, bot = asker.t, asker.bot
    if not words:
        card = discord.Embed(colour=ACCENT)
        card.description = t("Write a few words after my name, for instance: risk assessment. Or use /lookup.")
        return Answer(card)
    index = await bot.search_index()
    found = await index.aside(index.search, words, language=t.language, community_id=scope, limit=SHOWN)
    async with bot.db.read() as session:
        seen = await load(session, scope, [(hit.kind, hit.id) for hit in found.hits])
        areas: Areas = {area.id: area for area in await list_key_areas(session)}
    reader = Reader(t, areas, asker.now)
    query = one_line(words, 100)
    said: list[str] = []
    if seen:
        card = discord.Embed(title=t("Results for “{query}”", query=query), colour=ACCENT)
        for hit in found.hits:
            thing = seen.get((hit.kind, hit.id))
            if thing is not None:
                lines = lines_of(reader, hit.kind, thing, summary=140, limit=600)
                card.add_field(name=one_line(title_of(t, thing), 200), value=lines, inline=False)
        more = t.plural("{n} result", "{n} results", found.total)
        where = t("/lookup shows all of them, to you alone.") if server else t("In the server, /lookup shows all.")
        card.set_footer(text=f"{more} · {where}")
    else:
        card = discord.Embed(title=t("Nothing found for “{query}”", query=query), colour=ACCENT)
        said.append(
            t("There is nothing here that really fits. Try fewer or other words, in any of the four languages.")
        )
        if asker.actor.is_member:
            said.append(t("Somebody may know: /peer ask lays your question before colleagues, without your name."))
    if found.suggestion and found.suggestion != words:
        said.append(t("Did you mean: {query}", query=one_line(found.suggestion, 100)))
    if for_members(scope_of(asker.actor)) and not for_members(scope):
        said.append(t("What only members may see is left out, because visitors read this channel."))
    card.description = "\n".join(said) or None
    await note(asker, Search(words), found.total if seen else 0)
    key = packed(Search(words))
    buttons: tuple[Button, ...] = ()
    if server and seen and key is not None:
        buttons = (GoToPage(t("Read on in private"), page=0, key=key),)
    return Answer(card, buttons)


class Conversation(commands.Cog):
    """Answers those who ask in conversation."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self._of_one, self._of_channel = Allowance(OF_ONE), Allowance(OF_CHANNEL)
        # Discord may send a message again after a broken connection.
        self._answered: OrderedDict[int, None] = OrderedDict()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer once, if it is asked, and as often as anybody is answered."""
        me = self.bot.user
        if me is None or not is_asked(message, me.id) or message.id in self._answered:
            return
        self._answered[message.id] = None
        while len(self._answered) > MOST:
            self._answered.popitem(last=False)
        now = self.bot.clock()
        if not self._of_one.take(message.author.id, now) or not self._of_channel.take(message.channel.id, now):
            return
        if message.guild is None:
            await self._direct(message)
        elif may_answer(message):
            await self._in_server(message, message.guild)

    async def _in_server(self, message: discord.Message, guild: discord.Guild) -> None:
        async with self.bot.db.read() as session:
            community = await get_community(session, guild.id)
        community = community or await self.bot.know(guild)
        async with self.bot.db.read() as session:
            asker = await asker_of(self.bot, session, community, message.author)
        scope = min(scope_of(asker.actor), scope_in(asker.actor, message.channel))
        await say(message, await answer(asker, words_of(message), scope, server=True))

    async def _direct(self, message: discord.Message) -> None:
        """Answer from the one community they belong to; where there are several, ask which."""
        places = await self._places(message.author)
        if not places:
            return
        words = words_of(message)
        async with self.bot.db.read() as session:
            askers = [await asker_of(self.bot, session, community, person) for community, person in places]
        [first, *others] = askers
        if not others or not words:
            await say(message, await answer(first, words, scope_of(first.actor), server=False))
            return
        key = short_key(words)
        card = discord.Embed(title=one_line(words, 200), colour=ACCENT)
        card.description = first.t("You are in several communities. Of which one do you ask?")
        choices = [
            AskIn(label(asker.community.name, 80), community=asker.community.id, key=key) for asker in askers[:CHOICES]
        ]
        await say(message, Answer(card, tuple(choices)))

    async def _places(self, user: Any) -> list[tuple[Community, discord.Member]]:
        """The communities where this person is a member; else those whose visitor they are."""
        here = [(guild, person) for guild in self.bot.guilds if (person := guild.get_member(user.id)) is not None]
        async with self.bot.db.read() as session:
            known = [(await get_community(session, guild.id), person) for guild, person in here]
        places = [(community, person) for community, person in known if community is not None]
        mine = [place for place in places if standing_of(*place) >= Standing.MEMBER]
        return mine or places


def may_answer(message: discord.Message) -> bool:
    """Whether the bot may write where it is asked."""
    channel: Any = message.channel
    assert message.guild is not None  # noqa: S101 - only asked in a server
    rights: discord.Permissions = channel.permissions_for(message.guild.me)
    speaks = rights.send_messages_in_threads if isinstance(channel, discord.Thread) else rights.send_messages
    # Without the last, Discord takes no reply.
    return rights.view_channel and speaks and rights.embed_links and rights.read_message_history


def short_key(words: str) -> str:
    """A question as a button carries it beside a server's id: as many of its words as fit."""
    words = words.replace("~", " ")
    while (key := packed(Search(words)) or "") == "" or len(key.encode("utf-16-le")) // 2 > KEY_LIMIT:
        words = words[: max(len(words) - 1, 1)].rpartition(" ")[0] or words[: len(words) * 2 // 3]
    return key


async def say(message: discord.Message, said: Answer) -> None:
    """Reply, pinging nobody; sent twice, Discord drops the second."""
    nonce = hashlib.blake2s(f"conversation:{message.id}".encode(), digest_size=12).hexdigest()
    options: dict[str, Any] = {"view": row(*said.buttons)} if said.buttons else {}
    # Deleted meanwhile, or closed: then nobody waits for an answer.
    with contextlib.suppress(discord.Forbidden, discord.NotFound):
        await message.channel.send(
            embed=said.card,
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            allowed_mentions=discord.AllowedMentions.none(),
            nonce=nonce,
            **options,
        )


class AskIn(Button, custom_id="lookup:in:{community}:{key*}"):
    """Answers a question that was asked directly, from one of the person's communities."""

    async def pressed(self, ask: Ask) -> None:
        """Answer beneath; in a server, to this person alone."""
        search = unpacked(self.values["key"])
        if search is None or str(ask.community.id) != self.values["community"]:
            raise not_found()
        asker = Asker(ask.bot, ask.actor, ask.t, ask.now)
        said = await answer(asker, search.query, scope_of(ask.actor), server=False)
        await ask.answer(one_line(ask.community.name, 100), embed=said.card)
