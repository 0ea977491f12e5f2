"""The form by which moderators say what a word means."""

from collections.abc import Mapping
from typing import Any

from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.render import clean, one_line
from data.glossary import LONGEST_TEXT, MOST_MEANINGS, NotAddedFault, add_term, folded, get_term, is_sound, remove_term

# Stands for a word that is new; else a `t` and the number of one that is there, or a token of words that were typed.
NEW = "new"


class WordForm(Form, custom_id="glossary:word:{about}", draft="glossary"):
    """A word that people type, and what it means in the texts there are."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two fields."""
        t = ask.t
        self.title = t("A word for the glossary")
        self.text(
            "word",
            t("What people type"),
            typed,
            most=LONGEST_TEXT,
            description=t("One word or expression, or an acronym"),
        )
        self.text(
            "means",
            t("What it means"),
            typed,
            most=900,
            long=True,
            description=t("Words of the texts to find, in any language; one expression on each line"),
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Take it, and look for it at once."""
        t = ask.t
        word = " ".join(clean(str(typed.get("word", ""))).split())
        lines = (" ".join(clean(line).split()) for line in str(typed.get("means", "")).splitlines())
        means = list({folded(line): line for line in lines if line}.values())
        for text in (word, *means):
            if not is_sound(text):
                raise Refusal(
                    "“{text}” cannot be looked for: write one to seven words, of at most 80 characters.",
                    text=one_line(text, 60),
                )
        if not 0 < len(means) <= MOST_MEANINGS:
            raise Refusal("Write one to {n} expressions, each on a line of its own.", n=MOST_MEANINGS)
        about = self.values["about"]
        async with ask.bot.db.begin() as session:
            number = int(about[1:]) if about[:1] == "t" and about[1:].isdecimal() and len(about) < 19 else 0
            before = await get_term(session, ask.community.id, number) if number else None
            if before is not None and folded(before.word) != folded(word):
                await remove_term(session, before, by=ask.actor.user_id, now=ask.now)
            try:
                await add_term(session, ask.community.id, word, means, by=ask.actor.user_id, now=ask.now)
            except NotAddedFault as error:
                raise Refusal("The glossary is full. Please remove words that are no longer needed.") from error
        await self.finish(ask)
        await ask.answer(
            t(
                "Who types “{word}” now also finds: {means}.",
                word=one_line(word, 80),
                means=one_line(", ".join(means), 400),
            )
        )
