"""Direct messages say which community they are about: people are in several, and one bot writes for all of them."""

from dataclasses import replace

import discord

from bot.delivery.kinds import Post
from bot.render import one_line

# Of a message's text, to Discord.
LONGEST = 2000
# Makes a quotation of all that follows in a message.
TO_THE_END = ">>> "


def signature(name: str) -> str:
    """The line beneath a message: the community's name."""
    return f"— {one_line(name, 100)}"


def signed(post: Post, name: str) -> Post:
    """A direct message with the community's name: as it is where its text has it already, else with a line for it.

    The line stands beneath the text, but above it where the text ends in somebody's words that are quoted to the end.

    Args:
        post: as its kind wrote it.
        name: the community's, as it is kept.
    """
    if isinstance(post.view, discord.ui.LayoutView):
        return post
    line = signature(name)
    own, mark, quoted = f"\n{post.content or ''}".partition(f"\n{TO_THE_END}")
    said = [own, *(f"{embed.title} {embed.description} {embed.footer.text}" for embed in post.embeds)]
    if any(line.removeprefix("— ") in part for part in said):
        return post
    # Beneath them, it would read as part of the words that are quoted.
    headed = f"**{line.removeprefix('— ')}**{own}{mark}{quoted}"
    content = headed if mark else f"{post.content}\n{line}" if post.content else line
    if len(content) > LONGEST:
        # What somebody wrote is not cut for it: it stands in a card of its own.
        return replace(post, embeds=[*post.embeds, discord.Embed(description=line)])
    return replace(post, content=content)
