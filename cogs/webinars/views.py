"""The buttons under announcements, reminders and private answers."""

import discord

from bot.ask import Ask, reporting
from bot.authorize import Action, Standing, authorize, by_members, by_moderators, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.languages import N_, each_language
from bot.render import one_line
from cogs.webinars.after_cards import past_card
from cogs.webinars.afterwards import add_afterwards
from cogs.webinars.cards import Languages, list_card, webinar_card
from cogs.webinars.details import KEY_AREAS
from cogs.webinars.keys import closed, key_of
from cogs.webinars.news import news_button
from cogs.webinars.personal import after_answer
from cogs.webinars.places import ANSWER, WhoComes, check_audience, link_line, offer_buttons, stand_lines
from data import webinars
from data.network import get_key_areas
from data.webinars import CANNOT, GOING, LAPSED, MAYBE, OFFERED, WAITING, Webinar
from data.webinars.after import past
from data.webinars.hosting import host_of
from data.webinars.records import named_areas
from data.webinars.texts import is_current, translation_in

SEE = Action("webinar.show", webinars.get, by_members)
LINK = Action("webinar.link", webinars.get, by_members)
CANCEL = Action("webinar.cancel", webinars.get, by_moderators)

PAGE = 8


class Rsvp(Button, custom_id="webinar:rsvp:{webinar}:{answer}"):
    """Says whether one comes."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note the answer; tell the person, and give them the link if they come."""
        answer = self.values["answer"]
        if answer not in webinars.ANSWERS:
            raise not_found()
        key = key_of(self.values["webinar"])
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, ANSWER, key)
            if answer != CANNOT:
                await check_audience(session, ask, webinar)
            said = await webinars.set_rsvp(session, ask.community.id, key, ask.actor.user_id, answer, ask.now)
        if said is None:
            raise closed(webinar)
        more, buttons = await after_answer(ask, said.answer)
        buttons = [*offer_buttons(ask.t, webinar, said), *buttons]
        lines = [*stand_lines(ask.t, webinar, said), *more]
        await ask.answer("\n".join(lines), view=row(*buttons))


class GiveLink(Button, custom_id="webinar:link:{webinar}"):
    """Gives the link to those who come."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show the link, privately, to those who said they come, to the hosts and to moderators."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, LINK, key)
            await check_audience(session, ask, webinar)
            said = await webinars.stand(session, key, ask.actor.user_id)
        if webinar.cancelled or webinar.ends_at <= ask.now:
            raise closed(webinar)
        hosts = ask.actor.user_id in (host_of(webinar), webinar.co_host_id)
        if said.answer != GOING and not hosts and not ask.actor.is_moderator:
            if said.answer in (WAITING, OFFERED, LAPSED):
                buttons = offer_buttons(ask.t, webinar, said)
                await ask.answer("\n".join(stand_lines(ask.t, webinar, said)), view=row(*buttons))
                return
            raise Refusal("The link is for those who are going. Press “Going” first, then you get it.")
        await ask.answer(link_line(ask.t, webinar))


class Details(Button, custom_id="webinar:show:{webinar}"):
    """Shows a webinar in the person's own language."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show it, privately."""
        await show_webinar(ask, key_of(self.values["webinar"]))


class Turn(Button, custom_id="webinar:list:{area}:{page}"):
    """Turns the pages of the list."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        page = self.values["page"]
        if not (page.isascii() and page.isdecimal() and len(page) < 5):
            raise not_found()
        card, view = await list_page(ask, self.values["area"] or None, int(page))
        await ask.update(embeds=[card], view=view)


class Past(Button, custom_id="webinar:past:{area}:{page}"):
    """Shows the webinars that are over, and turns their pages."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        page = self.values["page"]
        if not (page.isascii() and page.isdecimal() and len(page) < 5):
            raise not_found()
        card, view = await past_page(ask, self.values["area"] or None, int(page))
        await ask.update(embeds=[card], view=view)


class Seen(Button, custom_id="webinar:seen:{webinar}"):
    """Closes a direct message. Works where there is no server to ask in."""

    async def callback(self, interaction: "discord.Interaction[discord.Client]") -> None:
        """Take the button away; never from what others read, where a forged button would do it for all of them."""
        async with reporting(interaction, f"button {self.form}"):
            if interaction.guild_id is not None:
                raise not_found()
            await interaction.response.edit_message(view=None)


def answer_view(languages: Languages, webinar_id: int) -> discord.ui.View:
    """The buttons under an announcement or a reminder."""
    style = discord.ButtonStyle
    return row(
        Rsvp(_label(languages, N_("Going")), style=style.success, webinar=webinar_id, answer=GOING, row=0),
        Rsvp(_label(languages, N_("Maybe")), webinar=webinar_id, answer=MAYBE, row=0),
        Rsvp(_label(languages, N_("Cannot come")), webinar=webinar_id, answer=CANNOT, row=0),
        GiveLink(_label(languages, N_("Link")), webinar=webinar_id, row=1),
        details(languages, webinar_id, place=1),
    )


def details_view(languages: Languages, webinar_id: int) -> discord.ui.View:
    """The button under a notice that nobody can answer."""
    return row(details(languages, webinar_id))


def details(languages: Languages, webinar_id: int, place: int | None = None) -> Details:
    """The button that shows a webinar to one person, in their language: a sign says so on a message in several."""
    emoji = "🌐" if len(languages) > 1 else None
    return Details(_label(languages, N_("Details")), webinar=webinar_id, emoji=emoji, row=place)


def _label(languages: Languages, message: str) -> str:
    return each_language(languages, message)[:80]


async def show_webinar(ask: Ask, key: int) -> None:
    """A webinar in the person's own language, with their answer, seen by them alone.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, SEE, key)
        stands = await webinars.stand(session, key, ask.actor.user_id)
        areas = await get_key_areas(session, named_areas(webinar))
    t = ask.t
    languages = (t.language,)
    translation = translation_in(webinar, t.language)
    card = webinar_card(languages, webinar.read_in(t.language), stands.counts, areas)
    if translation is not None and not is_current(webinar, translation):
        original = t("The original: {title}", title=one_line(webinar.title, 200))
        card.description = "\n\n".join([str(card.description), t("This translation is of an earlier text."), original])
    from cogs.webinars.series_views import describe_place  # it builds on what is here

    if webinar.cancelled or webinar.ends_at <= ask.now:
        view = row()
        await describe_place(ask, card, view, webinar)
        add_people(ask, webinar, view)
        cards = await add_afterwards(ask, webinar, card, view)
        await ask.answer(None if webinar.cancelled else t("This webinar is over."), embeds=cards, view=view)
        return
    said = {GOING: t("You said: going."), MAYBE: t("You said: maybe."), CANNOT: t("You said: cannot come.")}
    if stands.answer in (WAITING, OFFERED, LAPSED):
        said[stands.answer] = "\n".join(stand_lines(t, webinar, stands)[1:2])
    view = answer_view(languages, key)
    for button in offer_buttons(t, webinar, stands):
        button.row = 2
        view.add_item(button)
    add_people(ask, webinar, view)
    await describe_place(ask, card, view, webinar)
    cards = await add_afterwards(ask, webinar, card, view)
    await ask.answer(said.get(stands.answer or ""), embeds=cards, view=view)


def add_people(ask: Ask, webinar: Webinar, view: discord.ui.View) -> None:
    """Let moderators see who comes."""
    if ask.actor.is_moderator:
        view.add_item(WhoComes(ask.t("Who comes"), webinar=webinar.id, page=0, row=2))


def check_area(area: str | None) -> None:
    """Let pass what the lists can be narrowed to; a changed client may send anything of any length.

    Raises:
        Refusal: there is no such key area.
    """
    if area is not None and area not in KEY_AREAS:
        raise not_found()


async def list_page(ask: Ask, area: str | None, page: int) -> tuple[discord.Embed, discord.ui.View]:
    """A page of the webinars that are ahead, with buttons to turn it.

    Raises:
        Refusal: there is no such key area.
    """
    check_area(area)
    async with ask.bot.db.read() as session:
        found = await webinars.upcoming(session, ask.community.id, now=ask.now, key_area=area)
    from cogs.webinars.series_views import first_of_each  # it builds on what is here

    found, notes = await first_of_each(ask, found)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    t = ask.t
    view = discord.ui.View(timeout=None)
    for number, webinar in enumerate(shown, start=1):
        view.add_item(Details(str(number), webinar=webinar.id))
    if page:
        view.add_item(Turn(t("Earlier"), area=area or "", page=page - 1, row=4))
    if page + 1 < pages:
        view.add_item(Turn(t("Later"), area=area or "", page=page + 1, row=4))
    view.add_item(Past(t("Past webinars"), area=area or "", page=0, row=4))
    news = news_button(ask, row=4)
    if news is not None:
        view.add_item(news)
    return list_card(t, shown, page, pages, notes), view


async def past_page(ask: Ask, area: str | None, page: int) -> tuple[discord.Embed, discord.ui.View]:
    """A page of the webinars that are over, with buttons to turn it, and one back to those ahead.

    Raises:
        Refusal: there is no such key area.
    """
    check_area(area)
    async with ask.bot.db.read() as session:
        found = await past(session, ask.community.id, now=ask.now, key_area=area)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    t = ask.t
    view = row(*(Details(str(number), webinar=webinar.id) for number, webinar in enumerate(shown, start=1)))
    if page:
        view.add_item(Past(t("Later"), area=area or "", page=page - 1, row=4))
    if page + 1 < pages:
        view.add_item(Past(t("Earlier"), area=area or "", page=page + 1, row=4))
    view.add_item(Turn(t("Upcoming webinars"), area=area or "", page=0, row=4))
    return past_card(t, shown, page, pages), view
