"""The form in which a member tells how they tried a practice, and that in which they contest what was found."""

from collections.abc import Mapping
from typing import Any

from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.render import clean, label
from cogs.practices import adapting, ledger, rules, safety
from cogs.practices.safety import Doubt
from data.members import get_by_user
from data.practices import Contest
from data.practices.adaptations import ADAPTATION_DRAFT

# Of a menu.
MOST_OPTIONS = 25


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
        doubts = (await self.doubts(ask))[:MOST_OPTIONS]
        self.title = ask.t("It identifies nobody")
        if len(doubts) > 1:
            options = [(key, label(f"{ask.t(one.field.label)}: {one.finding.text}")) for key, one in doubts]
            self.choice("which", ask.t("Which passages?"), options, typed, most=len(options))
        self.text(
            "reason",
            ask.t("Why do they identify nobody?"),
            typed,
            description=ask.t("A moderator reads this and decides. For instance: a public helpline."),
            long=True,
            least=rules.REASON_LEAST,
            most=rules.REASON_MOST,
        )

    async def doubts(self, ask: Ask) -> list[tuple[str, Doubt]]:
        """What is found now and not contested, each passage once."""
        practice = await adapting.adaptable(ask, self.values["practice"])
        draft = await adapting.typed(ask, practice.id)
        found = safety.still_open(await adapting.doubts_in(draft.data))
        if not found:
            raise Refusal("Nothing is left here that you would have to explain.")
        return list({doubt.key: doubt for doubt in found}.items())

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it beside what was typed, and go on."""
        doubts = await self.doubts(ask)
        reason = clean(str(typed.get("reason") or ""))
        if not rules.REASON_LEAST <= len(reason) <= rules.REASON_MOST:
            raise Refusal(
                "The reason needs {least} to {most} characters; it has {n}.",
                least=rules.REASON_LEAST,
                most=rules.REASON_MOST,
                n=len(reason),
            )
        which = typed.get("which", [])
        chosen = [one for key, one in doubts if len(doubts) == 1 or key in which]
        if not chosen:
            raise Refusal("Choose the passages that you mean.")
        practice = await adapting.adaptable(ask, self.values["practice"])
        draft = await adapting.typed(ask, practice.id)
        contests = [
            Contest(field=one.field.name, type=one.finding.type.value, text=one.finding.text, reason=reason)
            for one in chosen
        ]
        data = {safety.CONTESTED: safety.typed_contests((*safety.contests_in(draft.data), *contests))}
        draft = await adapting.keep(ask, practice.id, data, draft)
        await self.finish(ask)
        await adapting.go_on(ask, practice, draft)
