"""Erasing what is held about a person: asked about once, then done at once."""

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from data.members import get_by_user
from data.personal import erase, held

KEEP, WITHDRAW = "keep", "withdraw"


class Erase(Button, custom_id="mydata:erase:{practices}"):
    """Erases everything."""

    async def pressed(self, ask: Ask) -> None:
        """Erase it, and say what follows."""
        practices = self.values["practices"]
        if practices not in (KEEP, WITHDRAW):
            raise not_found()
        async with ask.bot.db.begin() as session:
            if not await held(session, ask.community.id, ask.actor.user_id):
                gone = None
            else:
                gone = await erase(
                    session,
                    ask.community.id,
                    ask.actor.user_id,
                    keep_practices=practices == KEEP,
                    by=ask.actor.user_id,
                    now=ask.now,
                )
        t = ask.t
        if gone is None:
            await ask.update(t("Nothing is held about you here."))
            return
        lines = [
            t("Erased. Nothing of what you wrote or did here leads to you any more, and you will get no more messages.")
        ]
        if gone.practices:
            lines.append(
                t.plural(
                    "{n} published practice stays, without your name.",
                    "{n} published practices stay, without your name.",
                    len(gone.practices),
                )
            )
        lines.append(
            t(
                "Your roles are taken, and messages that show you are deleted, within a minute. Backups of the host "
                "lose it as they grow old. To come back, press the button in the welcome channel."
            )
        )
        await ask.update("\n".join(lines))


class Keep(Button, custom_id="mydata:keep"):
    """Changes one's mind."""

    async def pressed(self, ask: Ask) -> None:
        """Leave everything as it is."""
        await ask.update(ask.t("Nothing was erased."))


async def confirm(ask: Ask) -> None:
    """Say what would go, and ask once more."""
    t = ask.t
    async with ask.bot.db.read() as session:
        everything = await held(session, ask.community.id, ask.actor.user_id)
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
    if not everything:
        await ask.answer(t("Nothing is held about you here."))
        return
    shared = any(entry.get("published_at") for entry in everything.get("practices", ()))
    lines = [
        t(
            "This erases your profile, your answers, your drafts and your settings, at once and for good. What others "
            "report in confidence, about anybody, stays with the moderators until a year after it is settled, or for a "
            "year if nobody settles it. You can ask for a copy of your data before, with /mydata export."
        )
    ]
    if member is not None and member.admitted:
        lines.append(t("You will not be a member any more until you ask again."))
    buttons = [
        Erase(
            t("Erase, keep my practices") if shared else t("Erase everything"),
            style=discord.ButtonStyle.danger,
            practices=KEEP,
        )
    ]
    if shared:
        lines.append(t("Your published practices can stay, without your name, or go as well."))
        buttons.append(Erase(t("Erase, and my practices"), style=discord.ButtonStyle.danger, practices=WITHDRAW))
    await ask.answer("\n".join(lines), view=row(*buttons, Keep(t("Change nothing"))))
