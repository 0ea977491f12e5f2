"""What is shown of adaptations: the line on a practice's card, the post in its thread, the list."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord.utils import format_dt

from bot.errors import Refusal
from bot.languages import N_, Texts
from bot.render import ACCENT, cut, one_line, plain
from cogs.practices import rules
from cogs.practices.rules import COUNTRY, OUTCOMES, Text
from data import countries
from data.languages import LANGUAGES
from data.practices.adaptations import TAKEN_BACK, WAITING, Adaptation, Tally, Telling
from data.safeguarding import guess_language

PERIOD = Text("period", N_("When you tried it"), N_("Roughly: a season and a year. No exact day."), 4, 40, long=False)
CHANGED = Text("changed", N_("What you changed"), N_("What you did differently, and what you kept as it was."), 20, 700)
LEARNT = Text("learnt", N_("What you learnt"), N_("What you would tell a colleague who wants to try it too."), 20, 700)
FIELDS: Mapping[str, Text] = {field.name: field for field in (PERIOD, CHANGED, LEARNT)}
RESULT = "result"

# Of the line on a practice's card, which has to fit beside all the rest.
TALLY_LIMIT = 600


def fault(data: Mapping[str, Any]) -> Refusal | None:
    """The first thing that is wrong with what was typed, or None where it can be taken."""
    found = rules.country_fault(rules.written(data, COUNTRY))
    if found is not None:
        return found
    for field in FIELDS.values():
        found = rules.length_fault(field, rules.written(data, field))
        if found is not None:
            return found
    if len(rules.chosen(data, RESULT, OUTCOMES)) != 1:
        return Refusal("Choose what came of it.")
    return None


def language_of(data: Mapping[str, Any]) -> str:
    """The language in which an adaptation is told: as it reads."""
    known = rules.chosen(data, "language", LANGUAGES)
    return known[0] if known else guess_language("\n".join(rules.written(data, field) for field in FIELDS.values()))


def telling_of(data: Mapping[str, Any]) -> Telling:
    """What was typed, as it is sent; only where nothing is wrong with it."""
    return Telling(
        language=language_of(data),
        country=countries.find(rules.written(data, COUNTRY)),
        period=rules.written(data, PERIOD),
        changed=rules.written(data, CHANGED),
        result=rules.chosen(data, RESULT, OUTCOMES)[0],
        learnt=rules.written(data, LEARNT),
    )


def heading(t: Texts, telling: Telling) -> str:
    """Where a practice was tried."""
    if telling.country is None:
        return t("An adaptation")
    return t("Tried in {country}", country=countries.name(telling.country, t.language))


def adaptation_card(t: Texts, telling: Telling) -> discord.Embed:
    """An adaptation in full; whose it is, nobody is told."""
    card = discord.Embed(title=heading(t, telling), colour=ACCENT)
    card.add_field(name=t("When"), value=one_line(telling.period, 200))
    if telling.result:
        card.add_field(name=t("What came of it"), value=rules.outcome_name(t, telling.result))
    card.add_field(name=t("What was changed"), value=plain(telling.changed), inline=False)
    card.add_field(name=t("What was learnt"), value=plain(telling.learnt), inline=False)
    return card


def gone_card(t: Texts, adaptation: Adaptation) -> discord.Embed:
    """What stands in place of an adaptation that was taken away."""
    text = (
        t("A moderator took it down. Nothing of its text was kept.")
        if adaptation.withdrawn_reason == "moderator"
        else t("Whoever told it took it back. Nothing of its text was kept.")
    )
    return discord.Embed(title=t("An adaptation that is gone"), description=text, colour=ACCENT)


def tally_text(t: Texts, tallies: Sequence[Tally]) -> str:
    """In which countries a practice was tried, how often, and what came of it, in a few lines; empty where in none."""
    lines: list[str] = []
    for one in tallies:
        results = ", ".join(
            f"{rules.outcome_name(t, result)} ({n})" if n > 1 else rules.outcome_name(t, result)
            for result, n in one.results.items()
        )
        lines.append("- " + t.pair(countries.name(one.country, t.language), results))
    if not lines:
        return ""
    total = sum(one.count for one in tallies)
    head = t.plural("Tried {n} time, in:", "Tried {n} times, in:", total)
    return cut("\n".join((head, *lines)), TALLY_LIMIT)


def tell_tally(t: Texts, embed: discord.Embed, tallies: Sequence[Tally]) -> None:
    """Add to a practice's card where else it was tried."""
    text = tally_text(t, tallies)
    if text:
        embed.add_field(name=t("Tried elsewhere"), value=text, inline=False)


def standing_line(t: Texts, adaptation: Adaptation) -> str:
    """To its author: how an adaptation stands."""
    sent = format_dt(adaptation.sent_at, "D")
    if adaptation.state == WAITING:
        return t("Sent on {when}. A moderator looks at it before others see it.", when=sent)
    if adaptation.state == TAKEN_BACK:
        return t("Taken away. Nothing of its text was kept.")
    return t("Told on {when}. Others can read it.", when=sent)
