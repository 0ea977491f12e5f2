"""What a person agrees to, purpose by purpose, with a button for each."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.languages import N_, Texts
from bot.render import ACCENT
from cogs.mydata import words
from data.members import DIRECTORY, MATCHING, NOTICE_VERSION, PURPOSES, TRANSLATION, get_by_user
from data.personal import consents_of, set_consent

NAMES = {
    DIRECTORY: N_("Being found"),
    MATCHING: N_("Being matched"),
    TRANSLATION: N_("Translation"),
}


class Agree(Button, custom_id="mydata:consent:{purpose}:{given}"):
    """Gives or takes back one consent."""

    async def pressed(self, ask: Ask) -> None:
        """Note it, and show how things stand."""
        purpose, given = self.values["purpose"], self.values["given"]
        if purpose not in PURPOSES or given not in ("yes", "no"):
            raise not_found()
        async with ask.bot.db.begin() as session:
            if await get_by_user(session, ask.community.id, ask.actor.user_id) is None:
                raise no_profile()
            await set_consent(
                session,
                ask.community.id,
                ask.actor.user_id,
                purpose,
                given=given == "yes",
                notice_version=NOTICE_VERSION,
                now=ask.now,
            )
        await ask.update(**await standing_of_consents(ask))


def no_profile() -> Refusal:
    """Nothing is shown of someone without a profile."""
    return Refusal("You have no profile here, so there is nothing to agree to.")


async def standing_of_consents(ask: Ask) -> dict[str, Any]:
    """How things stand, as the parts of a message.

    Raises:
        Refusal: they have no profile.
    """
    t = ask.t
    async with ask.bot.db.read() as session:
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
        if member is None:
            raise no_profile()
        given = await consents_of(session, member.id)
    card = discord.Embed(title=t("What you agree to"), colour=ACCENT)
    buttons: list[Button] = []
    for purpose in PURPOSES:
        answer = given.get(purpose)
        agreed = answer is not None and answer.holds
        card.add_field(name=_heading(t, purpose, agreed=agreed), value=t(words.PURPOSES[purpose]), inline=False)
        buttons.append(
            Agree(
                t("Stop: {what}", what=t(NAMES[purpose])) if agreed else t("Allow: {what}", what=t(NAMES[purpose])),
                style=discord.ButtonStyle.secondary if agreed else discord.ButtonStyle.success,
                purpose=purpose,
                given="no" if agreed else "yes",
            )
        )
    card.set_footer(text=t("You can change this at any time. It holds from now on."))
    return {"embeds": [card], "view": row(*buttons)}


def _heading(t: Texts, purpose: str, *, agreed: bool) -> str:
    return t.pair(t(NAMES[purpose]), t("you agree") if agreed else t("you do not agree"))
