"""The messages by which a question reaches an author, and the answer whoever asked."""

from typing import TYPE_CHECKING

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.buttons import row
from bot.delivery import Post, Rendered, Skip
from bot.languages import Texts
from bot.readers import is_member, person_of, texts_of
from bot.render import cut, one_line
from cogs.practices import cards
from cogs.practices.asking import CONTENT_MOST, AnswerIt, ShowAnswer, answer_text, quoted, who_asks
from data.communities import Community, get_community
from data.deliveries import Delivery
from data.members import get_by_user
from data.practices.questions import ANSWER, ANSWERED, OPEN, QUESTION, Question, get_question

if TYPE_CHECKING:
    from bot.app import Convenor


def register(bot: "Convenor") -> None:
    """Let the engine know both kinds."""
    bot.deliveries.register(QUESTION, QuestionKind())
    bot.deliveries.register(ANSWER, AnswerKind())


class Quiet:
    """What both share."""

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Nobody is told: who accepts no direct messages finds it with /practice mine."""
        return True


async def facts(bot: "Convenor", session: AsyncSession, delivery: Delivery) -> tuple[Question, Community, Texts] | Skip:
    """The question, where it was asked, and texts for its reader, who has to be a member."""
    community = await get_community(session, delivery.community_id)
    question = await get_question(session, delivery.community_id, int(delivery.details.get("question", 0)))
    if question is None or community is None:
        return Skip("gone")
    if not is_member(bot, community, person_of(delivery)):
        return Skip("no member any more")
    return question, community, await texts_of(session, community, person_of(delivery))


class QuestionKind(Quiet):
    """Passes a question on to the author, without a name."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, with a button to answer; nothing where somebody else looks after the practice now."""
        found = await facts(bot, session, delivery)
        if isinstance(found, Skip):
            return found
        question, community, t = found
        if question.state != OPEN or delivery.target != f"user:{question.practice.author_id}":
            return Skip("changed since")
        asker = await get_by_user(session, community.id, question.user_id)
        text = t(
            "In {community}, {who} asks about your practice “{title}”:",
            community=one_line(community.name, 100),
            who=who_asks(t, asker),
            title=cards.shown_title(t, question.practice),
        )
        after = t("Your name is not shown unless you want it. You find this question with /practice mine, too.")
        button = AnswerIt(t("Answer"), style=discord.ButtonStyle.primary, community=community.id, question=question.id)
        return Post(row(button), cut(f"{text}\n{quoted(question.question)}\n{after}", CONTENT_MOST))


class AnswerKind(Quiet):
    """Passes the answer back, with a name only if the author wants that."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """In the asker's language."""
        found = await facts(bot, session, delivery)
        if isinstance(found, Skip):
            return found
        question, community, t = found
        if question.state != ANSWERED:
            return Skip("changed since")
        view = row(ShowAnswer(t("Question and answer"), community=community.id, question=question.id))
        if question.practice.thread_id is not None:
            url = f"https://discord.com/channels/{community.id}/{question.practice.thread_id}"
            view.add_item(discord.ui.Button(label=t("Open the server"), url=url))
        return Post(view, answer_text(t, question))
