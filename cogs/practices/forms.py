"""The four forms that a practice is written in, and the one in which a reviewer returns it."""

from collections.abc import Mapping
from typing import Any

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form, Typed
from bot.render import cut
from cogs.practices import contesting, drafting, reviewing, rules, safety
from cogs.practices.rules import STEPS, TEXTS, Text
from data import countries
from data.drafts import get_draft, save_draft
from data.members import get_by_user
from data.network import list_key_areas
from data.practices import DRAFT


class Step(Form):
    """One of the four: takes what was typed if it is in order, and leads on."""

    needs = Standing.MEMBER
    step = ""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Title and fields; refused where the draft was sent already."""
        await drafting.writable(ask, self.values["draft"])
        name = rules.step_name(ask.t, self.step)
        self.title = ask.t("{n} of {total}: {step}", n=STEPS.index(self.step) + 1, total=len(STEPS), step=name)
        await self.fields(ask, typed)

    async def fields(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """The fields of this form: by default those in which one writes."""
        for field in TEXTS[self.step]:
            self.write(ask, field, typed)

    def write(self, ask: Ask, field: Text, typed: Mapping[str, Any]) -> None:
        """A field to write in."""
        self.text(
            field.name,
            ask.t(field.label),
            typed,
            description=ask.t(field.hint),
            required=field.least > 0,
            long=field.long,
            least=field.least or None,
            # What was typed when more fitted is shown whole: it has to be shortened, but nothing is lost.
            most=max(field.most, len(str(typed.get(field.name) or ""))),
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """It is saved already: say what is wrong with it, or lead on."""
        draft = await drafting.writable(ask, self.values["draft"])
        if draft is None:
            raise LookupError("a draft that was just saved is gone")
        fault = rules.fault(self.step, draft.data)
        if fault is not None:
            raise fault
        await drafting.go_on(ask, draft, after=self.step)


class Basics(Step, custom_id="practice:basics:{draft}", draft=DRAFT):
    """What it is, where, in which key areas, and how far it has come."""

    step = "basics"

    async def fields(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Title, country, key areas, stage, summary; the country is the person's own unless they say another."""
        async with ask.bot.db.read() as session:
            areas = [(area.id, area.name.text(ask.t.language)) for area in await list_key_areas(session)]
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
        if not typed.get(rules.COUNTRY.name) and member is not None and member.country:
            typed = {**typed, rules.COUNTRY.name: countries.name(member.country, ask.t.language)}
        self.write(ask, rules.TITLE, typed)
        self.write(ask, rules.COUNTRY, typed)
        self.choice("key_areas", ask.t("Key areas: one or two"), areas, typed, most=rules.MOST_AREAS)
        stages = [(stage, rules.stage_name(ask.t, stage)) for stage in rules.STAGES]
        self.choice("stage", ask.t("Stage"), stages, typed)
        self.write(ask, rules.SUMMARY, typed)


class What(Step, custom_id="practice:what:{draft}", draft=DRAFT):
    """The problem, what was done, who took part, what it cost."""

    step = "what"


class Evidence(Step, custom_id="practice:evidence:{draft}", draft=DRAFT):
    """What came of it, what others must keep, what could harm."""

    step = "evidence"


class Release(Step, custom_id="practice:release:{draft}", draft=DRAFT):
    """How strong the evidence is, what came of it, sources, and what the author allows and declares."""

    step = "release"

    async def fields(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Two menus, sources, and what the author allows and declares."""
        t = ask.t
        levels = [(level, rules.level_name(t, int(level))) for level in rules.LEVELS]
        self.choice(
            "evidence_level",
            t("How strong is the evidence?"),
            levels,
            typed,
            description=t("As you see it. The reviewers say how they see it."),
        )
        outcomes = [(outcome, rules.outcome_name(t, outcome)) for outcome in rules.OUTCOMES]
        self.choice(
            "outcome",
            t("What came of it?"),
            outcomes,
            typed,
            description=t("Failures are welcome: others learn from them."),
        )
        self.write(ask, rules.SOURCES, typed)
        self.choice(
            "allowed",
            t("What do you allow?"),
            [(name, rules.permission(t, name)) for name in rules.ALLOWED],
            {"allowed": rules.allowed(typed)},
            description=t("Choose none, some or all. Without your name, questions reach you through Convenor."),
            required=False,
            most=len(rules.ALLOWED),
        )
        self.choice(
            "declarations",
            t("You declare: choose all three"),
            [(name, rules.declaration(t, name)) for name in rules.DECLARATIONS],
            typed,
            most=len(rules.DECLARATIONS),
        )


class Contested(Form, custom_id="practice:contest:{draft}:{step}", draft="practice-contest"):
    """An author says why a passage that was found identifies nobody; the reviewers read it and decide."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Which passages, where there are several, and why."""
        reader = ask.t("The reviewers read this and decide. For instance: a public helpline.")
        contesting.ask_why(self, ask.t, await self.doubts(ask), typed, reader)

    async def doubts(self, ask: Ask) -> contesting.Doubts:
        """What is found in that step now and not contested, each passage once."""
        draft = await drafting.writable(ask, self.values["draft"])
        if draft is None or self.values["step"] not in TEXTS:
            raise not_found()
        found = safety.still_open(await safety.doubts_in_draft(draft.data, self.values["step"]))
        if not found:
            raise Refusal("Nothing is left here that you would have to explain. Go on with /practice mine.")
        return contesting.each_once(found)

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it beside the draft, and go on."""
        contests = contesting.contests_of(typed, await self.doubts(ask))
        subject = self.values["draft"]
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, subject, now=ask.now)
            if draft is None:
                raise not_found()
            draft = await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=DRAFT,
                subject=subject,
                data={safety.CONTESTED: safety.typed_contests((*safety.contests_in(draft.data), *contests))},
                now=ask.now,
                keep=KEEP_DRAFT,
            )
        await self.finish(ask)
        await drafting.go_on(ask, draft, after=self.values["step"])


class Return(Form, custom_id="practice:return:{practice}:{version}", draft="practice-return"):
    """A reviewer tells the author what to change."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """One field; refused where it was decided already."""
        practice = await reviewing.decidable(ask, self.values["practice"], self.values["version"])
        self.title = cut(ask.t("Return: {title}", title=practice.title.text(ask.t.language)), 45)
        self.text(
            "comment",
            ask.t("What should the author change?"),
            typed,
            description=ask.t("The author reads this, without your name. Repeat no identifying detail."),
            long=True,
            least=rules.COMMENT_LEAST,
            most=rules.COMMENT_MOST,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Return it."""
        comment = typed.get("comment", "")
        if not isinstance(comment, str):
            raise Refusal("Write what the author should change.")
        await reviewing.send_back(ask, self.values["practice"], self.values["version"], comment)
        await self.finish(ask)
