"""The form in which a member tells how they tried a practice, and that in which they contest what was found."""

from collections.abc import Mapping
from typing import Any

from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.forms import Form, Typed
from cogs.practices import adapting, contesting, ledger, rules, safety
from data.members import get_by_user
from data.practices.adaptations import ADAPTATION_DRAFT


class Adapt(Form, custom_id="practice:adapt:{practice}", draft=ADAPTATION_DRAFT):
    """Where and when it was tried, what was changed, what came of it, what was learnt."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Five fields; the country is the person's own unless they say another."""
        await adapting.adaptable(ask, self.values["practice"])
        t = ask.t
        async with ask.bot.db.read() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
        if not typed.get(rules.COUNTRY.name) and member is not None:
            typed = {**typed, rules.COUNTRY.name: adapting.country_typed(ask, member.country)}
        self.title = t("We tried this")
        for field in (rules.COUNTRY, ledger.PERIOD, ledger.CHANGED, ledger.LEARNT):
            if field is ledger.LEARNT:
                outcomes = [(outcome, rules.outcome_name(t, outcome)) for outcome in rules.OUTCOMES]
                about = t("Failures are welcome: others learn from them.")
                self.choice(ledger.RESULT, t("What came of it?"), outcomes, typed, description=about)
            self.text(
                field.name,
                t(field.label),
                typed,
                description=t(field.hint),
                long=field.long,
                least=field.least,
                most=max(field.most, len(str(typed.get(field.name) or ""))),
            )

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Only its own fields: a changed client could send others, and so contest what nobody found."""
        names = (rules.COUNTRY.name, ledger.RESULT, *ledger.FIELDS)
        return {name: value for name, value in typed.items() if name in names}

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """It is kept already: say what is wrong with it, or lead on."""
        practice = await adapting.adaptable(ask, self.values["practice"])
        await adapting.go_on(ask, practice, await adapting.typed(ask, practice.id))


class AdaptContested(Form, custom_id="practice:adaptcontest:{practice}", draft="adaptation-contest"):
    """An author says why a passage that was found identifies nobody; a moderator reads it and decides."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Which passages, where there are several, and why."""
        reader = ask.t("A moderator reads this and decides. For instance: a public helpline.")
        contesting.ask_why(self, ask.t, await self.doubts(ask), typed, reader)

    async def doubts(self, ask: Ask) -> contesting.Doubts:
        """What is found now and not contested, each passage once."""
        practice = await adapting.adaptable(ask, self.values["practice"])
        draft = await adapting.typed(ask, practice.id)
        found = safety.still_open(await adapting.doubts_in(draft.data))
        if not found:
            raise Refusal("Nothing is left here that you would have to explain.")
        return contesting.each_once(found)

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it beside what was typed, and go on."""
        contests = contesting.contests_of(typed, await self.doubts(ask))
        practice = await adapting.adaptable(ask, self.values["practice"])
        draft = await adapting.typed(ask, practice.id)
        data = {safety.CONTESTED: safety.typed_contests((*safety.contests_in(draft.data), *contests))}
        draft = await adapting.keep(ask, practice.id, data, draft)
        await self.finish(ask)
        await adapting.go_on(ask, practice, draft)
