"""What is shown of questions to peers. Nothing here names anybody but `introduced`."""

from collections.abc import Mapping, Sequence

import discord

from bot.languages import Texts
from bot.render import ACCENT, cut, label, one_line, plain
from data import countries
from data.languages import name_language
from data.members import Member, visible
from data.members.visibility import MEMBERS
from data.peers import CLOSED, INTRODUCED, OFFERED, NewRequest, Offer, Request

Areas = Mapping[str, str]


def region_name(t: Texts, region: str) -> str:
    """A part of the world."""
    return {
        "Africa": t.in_context("region", "Africa"),
        "America": t.in_context("region", "The Americas"),
        "Asia": t.in_context("region", "Asia"),
        "Europe": t.in_context("region", "Europe"),
        "Pacific": t.in_context("region", "The Pacific"),
    }[region]


def question_card(t: Texts, request: Request | NewRequest, areas: Areas) -> discord.Embed:
    """A question, and whom it is for."""
    embed = discord.Embed(title=t("A question to peers"), description=plain(request.question, 4000), colour=ACCENT)
    names = [areas.get(area, area) for area in request.key_areas]
    embed.add_field(name=t("Key area") if len(names) == 1 else t("Key areas"), value=", ".join(names))
    if request.languages:
        spoken = ", ".join(name_language(code, t.language) for code in request.languages)
        embed.add_field(name=t("Languages"), value=cut(spoken, 1000))
    if request.region:
        embed.add_field(name=t("Part of the world"), value=region_name(t, request.region))
    return embed


def who(t: Texts, member: Member | None, offer: Offer) -> str:
    """Whoever offers to help, without a name; their country as far as members see it."""
    if offer.as_moderator:
        return t("a moderator of this community")
    country = visible(member, MEMBERS).country if member is not None else None
    return t("a member ({country})", country=countries.name(country, t.language)) if country else t("a member")


def introduced(t: Texts, member: Member | None, user_id: int) -> str:
    """Who somebody is, to whoever may know it now: what members see of them."""
    if member is None:
        return f"<@{user_id}>"
    seen = visible(member, MEMBERS)
    country = countries.name(seen.country, t.language) if seen.country else ""
    facts = [one_line(text, 200) for text in (seen.name, seen.role, seen.organisation, country) if text]
    return f"<@{user_id}>: {', '.join(facts)}"


def list_title(request: Request) -> str:
    """A question in a menu, which knows no Markdown."""
    return label(request.question)


def mine_line(t: Texts, request: Request, offers: Sequence[Offer]) -> str:
    """How one's own question stands."""
    if request.state == CLOSED:
        return t("Closed.")
    waiting = sum(offer.state == OFFERED for offer in offers)
    met = sum(offer.state == INTRODUCED for offer in offers)
    parts = [t.plural("{n} offer of help waits for your word.", "{n} offers of help wait for your word.", waiting)]
    if not waiting:
        parts = [t("Nobody has offered to help yet.")] if not met else []
    if met:
        parts.append(t.plural("You were introduced to {n} person.", "You were introduced to {n} people.", met))
    return " ".join(parts)


def asked_line(t: Texts, offer: Offer) -> str:
    """How a question to oneself stands."""
    if offer.state == OFFERED:
        return t("You offered to help. Whoever asked has not answered yet.")
    if offer.state == INTRODUCED:
        return t("You were introduced to whoever asked.")
    return t("Can you help?")


def inbox_card(t: Texts, mine: Sequence[tuple[Request, Sequence[Offer]]], others: Sequence[Offer]) -> discord.Embed:
    """One's own questions, and those that lie before oneself."""
    lines: list[str] = []
    if mine:
        lines.append("**" + t("What you ask") + "**")
    lines += [f"- {one_line(request.question, 120)}\n  {mine_line(t, request, offers)}" for request, offers in mine]
    if others:
        lines.append("**" + t("What is asked of you") + "**")
    lines += [f"- {one_line(offer.request.question, 120)}\n  {asked_line(t, offer)}" for offer in others]
    return discord.Embed(title=t("Questions to peers"), description=cut("\n".join(lines), 4000), colour=ACCENT)
