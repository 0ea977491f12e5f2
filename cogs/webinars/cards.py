"""What is shown of webinars: to a whole community in its languages, or to one person in theirs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import discord

from bot.languages import N_, Texts, each_language, texts
from bot.render import ACCENT, cut, one_line, plain
from cogs.webinars.detail_cards import audience_text, kind_text, languages_text, place_lines, where_text
from cogs.webinars.further import title_lines
from cogs.webinars.rules import is_late
from data.network import KeyArea
from data.webinars import Counts, NewWebinar, Webinar

Languages = tuple[str, ...]

CANCELLED = N_("CANCELLED")
# Of all cards of one message together.
CARDS_LIMIT = 6000


def moment_text(instant: datetime) -> str:
    """An instant as every client shows it in its own zone, with how far away it is."""
    return f"{discord.utils.format_dt(instant, 'F')} ({discord.utils.format_dt(instant, 'R')})"


def jump_url(community_id: int, channel_id: int | None, message_id: int | None) -> str | None:
    """The address of a message, or None where there is none."""
    if not channel_id or not message_id:
        return None
    return f"https://discord.com/channels/{community_id}/{channel_id}/{message_id}"


def webinar_card(
    languages: Languages, webinar: NewWebinar | Webinar, counts: Counts, areas: Sequence[KeyArea]
) -> discord.Embed:
    """A webinar as everyone may see it: without the link, and without who comes.

    Args:
        languages: the headings are written in each of them.
        webinar: which.
        counts: how many gave which answer.
        areas: the key areas that it names.
    """
    cancelled = isinstance(webinar, Webinar) and webinar.cancelled
    title = one_line(webinar.title, 200)
    if cancelled:
        title = cut(texts(languages[0]).pair(each_language(languages, CANCELLED), title), 256)
    titles = "\n".join(title_lines(languages, webinar))
    about = plain(webinar.description, 3000 - len(titles))
    card = discord.Embed(title=title, description=f"{titles}\n\n{about}" if titles else about, colour=ACCENT)
    if isinstance(webinar, Webinar) and webinar.cancel_reason:
        _field(card, each_language(languages, N_("Reason")), plain(webinar.cancel_reason, 600))
    _field(card, each_language(languages, N_("When")), moment_text(webinar.moment.instant))
    if where_text(webinar):
        _field(card, each_language(languages, N_("Where")), where_text(webinar))
    if webinar.speakers:
        _field(card, each_language(languages, N_("Speakers")), plain(webinar.speakers, 700))
    # Words of several languages do not fit beside each other.
    beside = len(languages) == 1
    _field(card, each_language(languages, N_("Kind")), kind_text(languages, webinar), inline=beside)
    _field(card, each_language(languages, N_("Length")), f"{webinar.minutes} min", inline=beside)
    if webinar.spoken or webinar.interpreted:
        _field(card, each_language(languages, N_("Languages")), languages_text(languages, webinar))
    about = [area for area in areas if area.id in webinar.key_areas]
    if about:
        _field(card, each_language(languages, N_("Key areas")), _areas(languages, about), inline=beside)
    _field(card, each_language(languages, N_("Who it is for")), audience_text(languages, webinar, areas))
    if not cancelled:
        answers = (
            (N_("Going"), counts.going),
            (N_("Maybe"), counts.maybe),
            (N_("Cannot come"), counts.cannot),
        )
        pair = texts(languages[0]).pair
        lines = [pair(each_language(languages, answer), f"**{number}**") for answer, number in answers]
        lines += place_lines(languages, webinar, counts)
        _field(card, each_language(languages, N_("Answers")), "\n".join(lines))
        if webinar.link or not where_text(webinar):
            said = N_("The link is given privately to those who say they are going.")
            card.set_footer(text=each_language(languages, said, separator="\n"))
    return within_limit([card])[0]


def within_limit(cards: list[discord.Embed]) -> list[discord.Embed]:
    """The cards of one message, shortened where together they are longer than Discord takes.

    Descriptions give way first, the first card's before the others', then the longest fields.
    """
    for card in cards:
        over = sum(len(each) for each in cards) - CARDS_LIMIT
        if over > 0 and card.description:
            card.description = cut(card.description, max(1, len(card.description) - over))
    while sum(len(card) for card in cards) > CARDS_LIMIT:
        fields = [(len(field.value or ""), card, index) for card in cards for index, field in enumerate(card.fields)]
        length, card, index = max(fields, key=lambda found: found[0])
        field = card.fields[index]
        card.set_field_at(index, name=field.name, value=cut(field.value or "", length // 2), inline=field.inline)
    return cards


def reminder_card(languages: Languages, webinar: Webinar, areas: Sequence[KeyArea], now: datetime) -> discord.Embed:
    """A reminder, worded for the time it really is."""
    if is_late(webinar.starts_at, now):
        starts = N_("Has started")
    else:
        starts = N_("Starts") if now < webinar.starts_at else N_("Starts now")
    card = discord.Embed(title=one_line(webinar.title, 200), colour=ACCENT)
    card.url = jump_url(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)
    _field(card, each_language(languages, starts), moment_text(webinar.starts_at))
    if where_text(webinar):
        _field(card, each_language(languages, N_("Where")), where_text(webinar))
    if webinar.speakers:
        _field(card, each_language(languages, N_("Speakers")), plain(webinar.speakers, 700))
    if areas:
        _field(card, each_language(languages, N_("Key areas")), _areas(languages, areas))
    return card


def list_card(
    t: Texts, shown: Sequence[Webinar], page: int, pages: int, notes: Mapping[int, str] | None = None
) -> discord.Embed:
    """A page of the webinars that are ahead, numbered like the buttons beneath; by id, a further line on some."""
    card = discord.Embed(title=t("Upcoming webinars"), colour=ACCENT)
    lines = [
        f"**{number}. {one_line(webinar.read_in(t.language).title, 200)}**\n{moment_text(webinar.starts_at)}"
        + (f"\n{notes[webinar.id]}" if notes and webinar.id in notes else "")
        for number, webinar in enumerate(shown, start=1)
    ]
    card.description = "\n\n".join(lines) or t("None is planned at the moment.")
    if pages > 1:
        card.set_footer(text=t("Page {page} of {pages}", page=page + 1, pages=pages))
    return card


def example(t: Texts) -> str:
    """How a date can be typed."""
    return t("Type it like 14 March 2027 15:00, or 2027-03-14 15:00.")


def _areas(languages: Languages, areas: Sequence[KeyArea]) -> str:
    names = ("\n".join(dict.fromkeys(area.name.text(language) for language in languages)) for area in areas)
    return "\n\n".join(names) if len(languages) > 1 else "\n".join(names)


def _field(card: discord.Embed, name: str, value: str, *, inline: bool = False) -> None:
    card.add_field(name=cut(name, 256), value=cut(value, 1024), inline=inline)
