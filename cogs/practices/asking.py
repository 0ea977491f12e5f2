"""Asking the author of a practice: directly where they are shown, else through the bot, with no name on either side."""

from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord.utils import format_dt

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found, require
from bot.buttons import Button, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.languages import Texts
from bot.render import clean, cut, one_line, plain
from cogs.practices import cards, rules, shelf
from cogs.practices.drafting import show
from cogs.practices.views import readable
from data import countries
from data.drafts import delete_draft, get_draft
from data.members import Member, get_by_user, visible
from data.members.visibility import MEMBERS
from data.practices import PUBLISHED, Practice
from data.practices import questions as asked
from data.practices.questions import ANSWERED, OPEN, Question
from data.safeguarding import Context

ASK_DRAFT, ANSWER_DRAFT = "practice-ask", "practice-answer"
QUESTION_LEAST, QUESTION_MOST = 10, 1000
# With what stands around it, an answer fits one message whole (see `bot.render.room_for`).
ANSWER_LEAST, ANSWER_MOST = 2, 1300
# What of a question stands above its answer, and Discord's own limit for a message.
QUOTED_LEAST, QUOTED_MOST = 20, 300
CONTENT_MOST = 2000
YES, NO = "yes", "no"


def by_answering_author(actor: Actor, question: Question) -> bool:
    """Allows the author, as long as nothing was answered."""
    return actor.is_member and question.practice.author_id == actor.user_id and question.state == OPEN


ANSWER = Action("practice.answer", asked.get_question, by_answering_author)
ASKED = Action("practice.asked", asked.get_question, lambda actor, question: question.user_id == actor.user_id)


async def askable(ask: Ask, practice_id: str) -> Practice:
    """A published practice whose author this member may ask.

    Raises:
        Refusal: there is none, nobody is left to ask, or it is their own.
    """
    require(ask.actor, Standing.MEMBER)
    practice = await readable(ask, practice_id)
    if practice.state != PUBLISHED:
        raise not_found()
    if practice.author_id is None:
        raise Refusal("Nobody is left to ask about this practice. Ask members who work on it: /peer ask")
    if practice.author_id == ask.actor.user_id:
        raise Refusal("This is your own practice.")
    return practice


def who_asks(t: Texts, member: Member | None) -> str:
    """Whoever asks, without a name."""
    country = visible(member, MEMBERS).country if member is not None else None
    return t("a member ({country})", country=countries.name(country, t.language)) if country else t("a member")


def quoted(text: str, limit: int = 1400) -> str:
    """What somebody wrote, marked as theirs, within `limit` characters, marks counted."""
    return cut("\n".join(f"> {line}" for line in plain(text, limit).splitlines()), limit)


def question_line(t: Texts, question: Question, *, to_author: bool) -> str:
    """How a question stands, to its author or to whoever asked."""
    if to_author:
        return t("**You are asked about it.** {question}", question=one_line(question.question, 200))
    if question.state == ANSWERED and question.answer:
        return t("Its author answered: {answer}", answer=one_line(question.answer, 200))
    return t("You asked its author on {when}. There is no answer yet.", when=format_dt(question.asked_at, "d"))


def answer_text(t: Texts, question: Question) -> str:
    """A question, shortened, and its answer in full, to whoever asked: they know the question."""
    title = t("You asked the author of “{title}”:", title=cards.shown_title(t, question.practice))
    if question.state == ANSWERED and question.answer:
        named = question.named and question.answered_by is not None
        who = t("Its author, {who}, answers:", who=f"<@{question.answered_by}>") if named else t("Its author answers:")
        # One mark for all that follows: one for each line would take the room that many short lines need.
        answer = f"{who}\n>>> {plain(question.answer, 2000)}"
        room = min(QUOTED_MOST, CONTENT_MOST - len(title) - len(answer) - 2)
        lines = [title, quoted(question.question, room), answer] if room >= QUOTED_LEAST else [title, answer]
    else:
        lines = [title, quoted(question.question), t("There is no answer yet.")]
    return cut("\n".join(lines), CONTENT_MOST)


class AskAuthor(Button, custom_id="practice:askauthor:{practice}"):
    """Names the author who wants to be asked directly, and else opens the form that passes a question on."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Answer only the person who presses."""
        practice = await askable(ask, self.values["practice"])
        if not practice.contact_shown:
            await ask.open(await AskForm.make(ask, practice=practice.id))
            return
        text = ask.t(
            "Its author is {who}. Write to them directly, or ask here: then they learn only from which country you "
            "are.",
            who=f"<@{practice.author_id}>",
        )
        button = OpenForm(ask.t("Ask without my name"), form=f"practice:ask:{practice.id}")
        await ask.answer(text, view=row(button))


class AskForm(Form, custom_id="practice:ask:{practice}", draft=ASK_DRAFT):
    """A question to an author who is not shown."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """One field."""
        await askable(ask, self.values["practice"])
        self.title = ask.t("Ask the author")
        self.text(
            "question",
            ask.t("Your question"),
            typed,
            description=ask.t("The author learns only from which country you are. No names, no case details."),
            long=True,
            least=QUESTION_LEAST,
            most=QUESTION_MOST,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Send it, or first say what in it may identify a person."""
        practice = await askable(ask, self.values["practice"])
        text = within(typed.get("question"), QUESTION_LEAST, QUESTION_MOST)
        found = (await find_in({"text": text}, Context.PRACTICE)).get("text", ())
        if found:
            view = row(
                AskNow(ask.t("Send it: it identifies nobody"), practice=practice.id),
                OpenForm(ask.t("Change it"), style=discord.ButtonStyle.primary, form=f"practice:ask:{practice.id}"),
            )
            await ask.answer(warning(ask.t, found), view=view)
            return
        await send_question(ask, practice, text)


class AskNow(Button, custom_id="practice:asknow:{practice}"):
    """Sends a question in which something was found that identifies nobody."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send what the draft says."""
        practice = await askable(ask, self.values["practice"])
        place = (ask.community.id, ask.actor.user_id, ASK_DRAFT, practice.id)
        async with ask.bot.db.read() as session:
            draft = await get_draft(session, *place, now=ask.now)
        if draft is None:
            raise not_found()
        await send_question(ask, practice, within(draft.data.get("question"), QUESTION_LEAST, QUESTION_MOST))


async def send_question(ask: Ask, practice: Practice, text: str) -> None:
    """Pass it on once, and say what happens next."""
    try:
        async with ask.bot.db.begin() as session:
            # Of two that were sent at once, the draft goes with the first.
            sent = await delete_draft(session, ask.community.id, ask.actor.user_id, ASK_DRAFT, practice.id)
            if sent:
                await asked.ask_author(
                    session, ask.community.id, practice, user_id=ask.actor.user_id, question=text, now=ask.now
                )
    except asked.TooManyQuestionsFault:
        raise Refusal(
            "You have asked authors {n} questions within a day, as many as anybody can. Please wait for the answers.",
            n=asked.MOST,
        ) from None
    if not sent:
        raise not_found()
    told = ask.t("Passed on to the author, without your name. You are told the answer; /practice mine shows it too.")
    await show(ask, told)


class AnswerIt(Button, custom_id="practice:answerit:{community}:{question}"):
    """Opens the form in which an author answers; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show the form."""
        question = await answerable(ask, self.values["question"])
        await ask.open(await AnswerForm.make(ask, community=ask.community.id, question=question.id))


async def answerable(ask: Ask, question_id: str) -> Question:
    """A question that waits for this author's answer."""
    async with ask.bot.db.read() as session:
        return await authorize(session, ask.actor, ANSWER, number(question_id))


class AnswerForm(Form, custom_id="practice:answer:{community}:{question}", draft=ANSWER_DRAFT):
    """The author's answer, and whether it bears their name."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two fields beneath the question."""
        t = ask.t
        question = await answerable(ask, self.values["question"])
        self.title = t("Answer")
        self.add_item(discord.ui.TextDisplay(quoted(question.question)))
        self.text(
            "answer",
            t("Your answer"),
            typed,
            description=t("No names, no details of a case."),
            long=True,
            least=ANSWER_LEAST,
            most=ANSWER_MOST,
        )
        names = [(NO, t("Without my name")), (YES, t("With my name, so that they can write to me"))]
        self.choice("named", t("How to send it"), names, {"named": [NO], **typed})

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Send it, or first say what in it may identify a person."""
        question = await answerable(ask, self.values["question"])
        text = within(typed.get("answer"), ANSWER_LEAST, ANSWER_MOST)
        found = (await find_in({"text": text}, Context.PRACTICE)).get("text", ())
        if found:
            place: dict[str, Any] = {"community": ask.community.id, "question": question.id}
            view = row(
                AnswerNow(ask.t("Send it: it identifies nobody"), **place),
                AnswerIt(ask.t("Change it"), style=discord.ButtonStyle.primary, **place),
            )
            await ask.answer(warning(ask.t, found), view=view)
            return
        await send_answer(ask, question, typed)


class AnswerNow(Button, custom_id="practice:answernow:{community}:{question}"):
    """Sends an answer in which something was found that identifies nobody."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send what the draft says."""
        question = await answerable(ask, self.values["question"])
        async with ask.bot.db.read() as session:
            draft = await get_draft(session, *place_of_answer(ask, question), now=ask.now)
        if draft is None:
            raise not_found()
        await send_answer(ask, question, draft.data)


def place_of_answer(ask: Ask, question: Question) -> tuple[int, int, str, str]:
    """Where the draft of an answer is kept."""
    return ask.community.id, ask.actor.user_id, ANSWER_DRAFT, f"{ask.community.id}:{question.id}"


async def send_answer(ask: Ask, question: Question, typed: Mapping[str, Any]) -> None:
    """Pass the answer back once."""
    text = within(typed.get("answer"), ANSWER_LEAST, ANSWER_MOST)
    async with ask.bot.db.begin() as session:
        done = await asked.answer_question(
            session,
            question,
            by=ask.actor.user_id,
            answer=text,
            named=rules.chosen(typed, "named", (NO, YES)) == [YES],
            now=ask.now,
        )
        await delete_draft(session, *place_of_answer(ask, question))
    if not done:
        raise not_found()
    await show(ask, ask.t("Thank you. Your answer is passed on."))


def within(typed: object, least: int, most: int) -> str:
    """What was typed, of a fitting length.

    Raises:
        Refusal: it is too short or too long.
    """
    text = clean(typed) if isinstance(typed, str) else ""
    if not least <= len(text) <= most:
        raise Refusal("Write {least} to {most} characters; there are {n}.", least=least, most=most, n=len(text))
    return text


def number(text: str) -> int:
    """The id of a question in a button.

    Raises:
        Refusal: nothing can have it.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise not_found()
    return int(text)


class ShowAnswer(Button, custom_id="practice:asked:{community}:{question}"):
    """Shows whoever asked what became of it; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Show it below."""
        await open_to_asker(ask, self.values["question"])


async def open_to_author(ask: Ask, question_id: str) -> None:
    """Show an author a question that waits for them, with who asks, without a name."""
    question = await answerable(ask, question_id)
    async with ask.bot.db.read() as session:
        asker = await get_by_user(session, ask.community.id, question.user_id)
    text = ask.t(
        "About “{title}”, {who} asks:", title=cards.shown_title(ask.t, question.practice), who=who_asks(ask.t, asker)
    )
    button = AnswerIt(
        ask.t("Answer"), style=discord.ButtonStyle.primary, community=ask.community.id, question=question.id
    )
    await show(ask, cut(f"{text}\n{quoted(question.question)}", CONTENT_MOST), view=row(button))


async def open_to_asker(ask: Ask, question_id: str) -> None:
    """Show whoever asked what became of it."""
    async with ask.bot.db.read() as session:
        question = await authorize(session, ask.actor, ASKED, number(question_id))
    await show(ask, answer_text(ask.t, question))


def _offered(t: Texts, practice: Practice) -> Iterable[Button]:
    if practice.author_id is not None:
        yield AskAuthor(t("Ask the author"), practice=practice.id)


shelf.BUTTONS.append(_offered)
