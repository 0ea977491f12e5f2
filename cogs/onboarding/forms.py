"""The form, in two parts, since Discord shows five fields at most."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.ask import Ask
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.languages import Texts
from cogs.onboarding import cards, rules
from cogs.onboarding.desk import refresh_cards
from cogs.onboarding.profile import DRAFT, VISIBILITY
from cogs.onboarding.steps import WHO, WORK, proceed
from data import countries
from data.languages import WORK_LANGUAGES
from data.members import MATCHING, PENDING, TRANSLATION, Member, answer_question, get_by_user, planning
from data.members.visibility import FIELDS


class WhoForm(Form, custom_id=WHO, draft=DRAFT):
    """The first part: for whom they speak. The privacy notice stands before the first question."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Four questions."""
        t = ask.t
        self.title = t("Who you are (1 of 2)")
        self.add_item(discord.ui.TextDisplay(cards.notice(t, ask.bot.settings.keep_left_days)))
        self.text(
            "country",
            t("Country you work for"),
            {"country": country_as_typed(t, rules.one_line_of(typed, "country"))},
            description=t("In English, French, Spanish or Portuguese. Leave empty if you speak for no country."),
            required=False,
            most=rules.COUNTRY_LIMIT,
        )
        kinds = [(kind, t(name)) for kind, name in rules.ORGANISATION_KINDS.items()]
        self.choice("kind", t("Kind of organisation"), kinds, typed)
        self.text("organisation", t("Name of your organisation"), typed, most=rules.ORGANISATION_LIMIT)
        self.text("role", t("Your role or title"), typed, most=rules.ROLE_LIMIT)

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Saved already; on to the next part."""
        await proceed(ask, refuse=True)


class WorkForm(Form, custom_id=WORK, draft=DRAFT):
    """The second part: what they work on, and what they agree to."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Five questions."""
        t = ask.t
        self.title = t("What you work on (2 of 2)")
        async with ask.bot.db.read() as session:
            facts = await cards.load_facts(session)
        areas = [(area, facts.key_areas[area].text(t.language)) for area in rules.KEY_AREAS]
        spoken = [(code, cards.language_name(t, code)) for code in WORK_LANGUAGES]
        self.choice("areas", t("Key areas you work on"), areas, typed, most=len(areas))
        self.choice("languages", t("Languages you work in"), spoken, typed, most=len(spoken))
        self.text("offers", t("What you can offer others"), typed, required=False, long=True, most=rules.WORDS_LIMIT)
        self.text("seeks", t("What you are looking for"), typed, required=False, long=True, most=rules.WORDS_LIMIT)
        self.choice(
            "directory",
            t("What do you agree to?"),
            agreements(t),
            typed,
            description=t("Choose one or several. You can change this at any time."),
            most=len(agreements(t)),
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Saved already; on to looking it over."""
        rules.read_work(typed)
        await proceed(ask, refuse=True)


def agreements(t: Texts) -> list[tuple[str, str]]:
    """What one can agree to, and that one does not."""
    return [
        (rules.AGREED, t("Members see my profile, and I am introduced to them")),
        (MATCHING, t("I am named to those who seek what I offer, and they to me")),
        (TRANSLATION, t("What I write may be translated for members")),
        (rules.REFUSED, t("None of these: only the moderators see my profile")),
    ]


class VisibilityForm(Form, custom_id=VISIBILITY, draft=DRAFT):
    """Who sees which field."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two menus, in which nothing need be chosen."""
        t = ask.t
        self.title = t("Who sees what")
        self.add_item(
            discord.ui.TextDisplay(
                t(
                    "Choose nothing, and whoever may see your profile sees all of it. Whoever decides on your request, "
                    "or vouches for you, always sees your country, your organisation and your role."
                )
            )
        )
        fields = [(field, t(cards.FIELD_NAMES[field])) for field in FIELDS]
        everything = len(fields)
        self.choice(
            rules.FROM_MEMBERS,
            t("Hidden from members"),
            fields,
            typed,
            description=t("Nobody finds you by it. Moderators see it."),
            required=False,
            most=everything,
        )
        self.choice(
            rules.FROM_MODERATORS,
            t("Hidden from moderators too"),
            fields,
            typed,
            description=t("You alone see it, apart from what is said above."),
            required=False,
            most=everything,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Saved already; on to looking it over."""
        await proceed(ask, refuse=True)


def country_as_typed(t: Texts, typed: str) -> str:
    """What stands in the field: a country that is known is shown by its name, whatever was typed or chosen."""
    code = countries.find(typed) if typed else None
    return countries.name(code, t.language) if code else typed


class AnswerForm(Form, custom_id="onboarding:answer:{community}", draft="onboarding.answer"):
    """What a person answers to a moderator's question. Opens from a direct message too."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """One field, beneath the question."""
        t = ask.t
        member = await asked(ask)
        self.title = t("Answer")
        self.add_item(discord.ui.TextDisplay(cards.quote(member.question or "", cards.WORDS_ROOM)))
        self.text("answer", t("Your answer"), typed, long=True, most=rules.WORDS_LIMIT)

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it, and lay the request before the moderators again."""
        answer = rules.read_question(rules.text_of(typed, "answer"))
        before = await asked(ask)
        async with ask.bot.db.begin() as session:
            member = await answer_question(session, before, answer, now=ask.now)
            if member is None:
                raise nothing_asked()
            await planning.plan_card(session, member, odd=rules.has_odd_characters(answer), now=ask.now)
        await self.finish(ask)
        await ask.answer(ask.t("Thank you. The moderators have your answer."))
        await refresh_cards(ask.bot, member)


def nothing_asked() -> Refusal:
    """There is no question to answer."""
    return Refusal("Nothing is asked of you any more.")


async def asked(ask: Ask) -> Member:
    """The person's own request, with a question in it.

    Raises:
        Refusal: nothing is asked.
    """
    async with ask.bot.db.read() as session:
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
    if member is None or member.state != PENDING or member.question is None or member.answer is not None:
        raise nothing_asked()
    return member
