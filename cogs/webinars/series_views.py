"""Answering for a whole series, and what is shown to one person of a series."""

from collections.abc import Sequence

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import Button
from bot.errors import Refusal
from bot.languages import N_, Texts, each_language
from bot.render import one_line
from cogs.webinars.cards import Languages
from cogs.webinars.keys import key_of
from cogs.webinars.places import ANSWER, check_audience, link_line, may_answer
from cogs.webinars.series_cards import add_place, next_dates, place_text
from data import webinars
from data.webinars import GOING, Webinar
from data.webinars.series import Occurrence, occurrence_of, occurrences_in, webinars_of_series

# How many dates are told one by one.
TOLD = 12


class GoingToAll(Button, custom_id="webinar:series:all:{webinar}"):
    """Says that one comes to all dates of a series that are ahead."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Answer for each of them; tell the person the dates, and give them the link."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, ANSWER, key)
            await check_audience(session, ask, webinar)
            place = await occurrence_of(session, ask.community.id, key)
            if place is None:
                raise Refusal("“{title}” is not part of a series.", title=one_line(webinar.title, 200))
            several = await webinars_of_series(session, ask.community.id, place.series_id)
            answered: list[tuple[Webinar, str | None]] = []
            # In one order for everybody, so that two people at once do not wait for each other.
            for one in sorted(several, key=lambda one: one.id):
                if not one.cancelled and one.starts_at > ask.now and await may_answer(session, ask, one):
                    user_id = ask.actor.user_id
                    said = await webinars.set_rsvp(session, ask.community.id, one.id, user_id, GOING, ask.now)
                    answered += [(one, said.answer)] if said is not None else []
        if not answered:
            raise Refusal("No date of this series is ahead any more.")
        await ask.answer(going_text(ask, answered))


def going_text(ask: Ask, answered: Sequence[tuple[Webinar, str | None]]) -> str:
    """What a person is told once they answered for a series: where they have a place, and where they wait for one."""
    t = ask.t
    ordered = sorted(answered, key=lambda pair: pair[0].starts_at)
    going = [one for one, answer in ordered if answer == GOING]
    waiting = [one for one, answer in ordered if answer != GOING]
    lines = [f"**{one_line(ordered[0][0].title, 200)}**"]
    if going:
        lines.append(
            t.plural(
                "You are going to {n} date. Only you and the moderators know.",
                "You are going to {n} dates. Only you and the moderators know.",
                len(going),
            )
        )
        lines += _told(t, going)
        # One link serves all dates, as a rule; where it does not, each has its own at hand under “Link”.
        lines += [link_line(t, going[0])] if len({one.link for one in going}) == 1 else []
    if waiting:
        lines.append(
            t.plural(
                "No place is left for {n} date; you are on its waiting list:",
                "No place is left for {n} dates; you are on their waiting lists:",
                len(waiting),
            )
        )
        lines += _told(t, waiting)
    lines.append(t("To change your answer for one date, use its own announcement or /webinar show."))
    return "\n".join(lines)


def _told(t: Texts, several: Sequence[Webinar]) -> list[str]:
    lines = [discord.utils.format_dt(one.starts_at, "F") for one in several[:TOLD]]
    if len(several) > TOLD:
        lines.append(t.plural("and {n} more", "and {n} more", len(several) - TOLD))
    return lines


def going_to_all(languages: Languages, webinar_id: int, row: int = 1) -> GoingToAll:
    """The button for a whole series: labelled in each of the languages in few words, in one language in more."""
    short, whole = N_("Going to all"), N_("Going to all dates")
    label = each_language(languages, short if len(languages) > 1 else whole)
    return GoingToAll(label[:80], webinar=webinar_id, row=row)


async def describe_place(ask: Ask, card: discord.Embed, view: discord.ui.View | None, webinar: Webinar) -> None:
    """Say on a webinar's card where it stands in its series, with a button to answer for all that is ahead."""
    async with ask.bot.db.read() as session:
        place = await occurrence_of(session, ask.community.id, webinar.id)
        if place is None:
            return
        several = await webinars_of_series(session, ask.community.id, place.series_id)
    add_place(card, ask.t, place, webinar, several, ask.now)
    if view is not None and next_dates(webinar, several, ask.now):
        view.add_item(going_to_all((ask.t.language,), webinar.id))


async def first_of_each(ask: Ask, found: Sequence[Webinar]) -> tuple[list[Webinar], dict[int, str]]:
    """Of each series in a list, the next webinar only; and what to say of those.

    Args:
        ask: who asks.
        found: webinars that are ahead, next first.

    Returns:
        The shorter list, and by webinar's id a line on its series and its next dates.
    """
    async with ask.bot.db.read() as session:
        places = await occurrences_in(session, ask.community.id, [webinar.id for webinar in found])
    shown: list[Webinar] = []
    others: dict[int, list[Webinar]] = {}
    first: dict[int, Occurrence] = {}
    for webinar in found:
        place = places.get(webinar.id)
        if place is None or place.series_id not in first:
            shown.append(webinar)
        if place is not None:
            first.setdefault(place.series_id, place)
            others.setdefault(place.series_id, []).append(webinar)
    return shown, {
        place.webinar_id: _series_line(ask, place, others[series_id][1:]) for series_id, place in first.items()
    }


def _series_line(ask: Ask, place: Occurrence, later: Sequence[Webinar]) -> str:
    """`Part of a series (3 of 8). Then: ...`."""
    said = place_text(ask.t, place)
    if not later:
        return said
    dates = ", ".join(discord.utils.format_dt(one.starts_at, "d") for one in later[:3])
    return ask.t("{series}. Next dates: {dates}", series=said, dates=dates + (" …" if len(later) > 3 else ""))
