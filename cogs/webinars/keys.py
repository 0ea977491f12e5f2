"""Which webinar is meant, and why it takes nothing any more."""

from bot.authorize import not_found
from bot.errors import Refusal
from bot.render import one_line
from data.webinars import Webinar


def key_of(text: str) -> int:
    """The id of a webinar, or of something of a webinar, in a button or an option.

    Raises:
        Refusal: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise not_found()
    return int(text)


def closed(webinar: Webinar) -> Refusal:
    """Why a webinar takes no answers any more."""
    title = one_line(webinar.title, 200)
    if webinar.cancelled:
        return Refusal("“{title}” was cancelled.", title=title)
    return Refusal("“{title}” is over.", title=title)
