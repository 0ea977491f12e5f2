"""Whether new threads in the forum for practices are told what there is on their subject."""

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button
from bot.languages import Texts
from data import audit
from data.communities import Community, update_settings

ON, OFF = "on", "off"


class SwitchRelated(Button, custom_id="setup:related:{to}"):
    """Switches it on or off."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it, and say how it is now."""
        to = self.values["to"]
        if to not in (ON, OFF):
            raise not_found()
        async with ask.bot.db.begin() as session:
            await update_settings(session, ask.community.id, suggests=to == ON)
            await audit.record(
                session,
                community_id=ask.community.id,
                at=ask.now,
                actor_id=ask.actor.user_id,
                action="setup.related",
                object_kind="community",
                object_id=ask.community.id,
                details={"to": to},
            )
        t = ask.t
        said = {
            ON: t("Each new thread in the forum for practices now gets up to three related practices and resources."),
            OFF: t("New threads in the forum for practices get no suggestions any more."),
        }
        await ask.answer(said[to])


def related_button(t: Texts, community: Community) -> SwitchRelated:
    """The button that changes it."""
    if community.suggests:
        return SwitchRelated(t("No suggestions in the forum"), to=OFF)
    return SwitchRelated(t("Suggestions in the forum"), to=ON)
