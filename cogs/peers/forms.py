"""The form in which somebody asks peers."""

from collections.abc import Mapping
from typing import Any

from bot.ask import Ask
from bot.authorize import Standing
from bot.forms import Form, Typed
from cogs.peers import cards, rules, views
from data.languages import WORK_LANGUAGES, name_language
from data.network import list_key_areas
from data.peers import REGIONS


class AskForm(Form, custom_id="peer:ask", draft=rules.DRAFT):
    """The question, and whom it is for."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Four fields."""
        t = ask.t
        async with ask.bot.db.read() as session:
            areas = [(area.id, area.name.text(t.language)) for area in await list_key_areas(session)]
        self.title = t("Ask peers")
        self.text(
            "question",
            t("Your question"),
            typed,
            description=t("No names, no details of a case. Say what you want to know, and why."),
            long=True,
            least=rules.QUESTION_LEAST,
            most=rules.QUESTION_MOST,
        )
        self.choice("key_areas", t("Who works on"), areas, typed, most=len(areas))
        spoken = [(code, name_language(code, t.language)) for code in WORK_LANGUAGES]
        self.choice(
            "languages",
            t("Who works in one of these languages"),
            spoken,
            typed,
            description=t("Choose none to ask whatever language they work in."),
            required=False,
            most=len(spoken),
        )
        regions = [(rules.ANYWHERE, t("Anywhere")), *((region, cards.region_name(t, region)) for region in REGIONS)]
        self.choice("region", t("Part of the world"), regions, {"region": [rules.ANYWHERE], **typed})

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """It is saved: show it as it will go out, and what in it may identify a person."""
        await views.preview(ask, rules.read(typed, ask.t.language))
