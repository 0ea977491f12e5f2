"""What is shown of a resource to those who keep the list."""

from collections.abc import Mapping

import discord

from bot.errors import Refusal
from bot.guidance import TYPES, language_name
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line, plain, safe_link
from cogs.resources.rules import is_foreign
from data.resources import Listed
from data.resources.writing import Facts
from data.wording import Wording

Areas = Mapping[str, Wording]


def resource_card(t: Texts, areas: Areas, facts: Facts, *, footer: str = "") -> discord.Embed:
    """A resource with all that is said of it, its link as a plain address."""
    card = discord.Embed(title=one_line(facts.title, 256), colour=ACCENT)
    card.description = plain(facts.summary, 2000) or None
    _add(card, t("Kind"), t(TYPES[facts.type]) if facts.type in TYPES else facts.type)
    _add(card, t("Published by"), one_line(", ".join(facts.publishers), 500))
    _add(card, t("Year"), str(facts.year or ""))
    _add(card, t("Languages"), ", ".join(language_name(t, code) for code in facts.languages))
    _add(card, t("Language of the title"), language_name(t, facts.title_language))
    names = [areas[area].text(t.language) for area in facts.key_areas if area in areas]
    card.add_field(name=t("Key areas"), value=cut(", ".join(names), 1024) or "–", inline=False)
    address = safe_link(facts.url) or t("No address is known to us.")
    if is_foreign(facts.url):
        address += "\n" + t("**Look twice:** the site's name was written with unusual letters.")
    card.add_field(name=t("Where it is"), value=cut(address, 1024), inline=False)
    if footer:
        card.set_footer(text=cut(footer, 500))
    return card


def there_already(same: Listed) -> Refusal:
    """That something is among the resources already."""
    title = one_line(same.resource.title, 200)
    if same.retired:
        return Refusal(
            "This is among the resources already, but retired: “{title}”. Bring it back instead.", title=title
        )
    return Refusal("This is among the resources already: “{title}”.", title=title)


def _add(card: discord.Embed, name: str, value: str) -> None:
    if value:
        card.add_field(name=name, value=value, inline=True)
