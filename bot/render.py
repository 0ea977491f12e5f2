"""The one gate through which what people wrote is shown."""

import re
import unicodedata

import discord

# The one colour of cards; never the only carrier of a meaning.
ACCENT = 0x5B4B8A

NO_MENTIONS = discord.AllowedMentions.none()

# More than any text has.
WHOLE = 1_000_000
EMOJI_JOINER = "\u200d"
# Letters and signs that show nothing, though they are no white space: fillers, the empty braille cell, and the variants
# of characters other than emoji.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]")
# Letters and signs of our languages that stay as they are, white space aside: most texts have no others.
ORDINARY = re.compile("[\n -~\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*")
# What Discord reads as more than a character: anywhere, and at the start of a line.
SPECIAL = re.compile(r"([\\*_~`|\[\]<])")
LINE_START = re.compile(r"^([#>-])", re.MULTILINE)
AT = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def clean(text: str) -> str:
    r"""What a person typed, as it is stored: no invisible or direction-turning characters, no stray white space.

    Control, format (zero-width, bidirectional), private and unassigned characters go, except the joiner inside an
    emoji; what shows nothing becomes a space; line ends become \n, at most one empty line in a row, and the ends are
    trimmed.
    """
    lines = [line.strip() for line in (text if ORDINARY.fullmatch(text) else _visible(text)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _visible(text: str) -> str:
    """The text without characters that show nothing, in the one form of those that can be written in several."""
    text = unicodedata.normalize("NFC", BLANK.sub(" ", text)).replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        joins = char == EMOJI_JOINER and 0 < index < len(text) - 1 and unicodedata.category(text[index + 1]) == "So"
        if category[0] != "C" or char == "\n" or joins:
            kept.append(" " if category in ("Zs", "Zl", "Zp") else char)
        elif char == "\t":
            kept.append(" ")
    return "".join(kept)


def cut(text: str, limit: int) -> str:
    """The text within `limit` characters, ending in … where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip("\\ \n") + "…"


def label(text: str, limit: int = 100) -> str:
    """What a person wrote, for places without Markdown: options, buttons, names of threads and events. One line."""
    return cut(" ".join(clean(text).split()), limit)


def plain(text: str, limit: int = 1024) -> str:
    """What a person wrote, for places with Markdown: shown as typed, never acting as Markdown, mention or masked link.

    Args:
        text: anything.
        limit: the most characters to return, escapes counted; a longer text is cut, with … at its end.
    """
    pieces: list[str] = []
    position = 0
    text = clean(text)
    # Addresses stay readable and whole: Discord shows them as they are, and an escape inside would break them.
    for match in LINK.finditer(text):
        address = AT.sub("%40", match[0]).replace(")", "%29").replace("]", "%5D")
        pieces += [escape(text[position : match.start()]), address]
        position = match.end()
    pieces.append(escape(text[position:]))
    return cut("".join(pieces), limit)


def escape(text: str) -> str:
    """Take the meaning off every character that Discord would read as more than itself."""
    return AT.sub("@\u200b", LINE_START.sub(r"\\\1", SPECIAL.sub(r"\\\1", text)))


def room_for(most: int) -> int:
    """How much room a text that `fits` needs at most once it is escaped and quoted line by line.

    Args:
        most: the most characters that can be typed.
    """
    return most + most // 4 + 60


def fits(text: str) -> bool:
    """Whether a text takes no more room than `room_for` its length: no ordinary text comes near it.

    Signs that Discord would read as more than themselves take two characters each, and a mark stands before each line
    that is quoted. What is full of them would be cut where it is shown.
    """
    typed = clean(text)
    marks = 2 * (typed.count("\n") + 1)
    return len(plain(typed, WHOLE)) + marks <= room_for(len(typed))


def pieces(text: str, limit: int) -> list[str]:
    """A text that is escaped already, in pieces of `limit` characters at most, parted between words where it can be."""
    found: list[str] = []
    while len(text) > limit:
        end = text.rfind(" ", limit // 2, limit)
        end = max(end, text.rfind("\n", limit // 2, limit))
        if end < 0:
            # An escape and what it escapes belong together.
            backslashes = len(text[:limit]) - len(text[:limit].rstrip("\\"))
            end = limit - backslashes % 2
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text] if text else found


def add_whole(card: discord.Embed, name: str, text: str) -> None:
    """Give a card what a person wrote, in as many fields as it takes."""
    for number, piece in enumerate(pieces(plain(text, WHOLE), 1024)):
        card.add_field(name=name if number == 0 else "…", value=piece, inline=False)


def one_line(text: str, limit: int = 256) -> str:
    """Like `plain`, on one line: for titles and lists."""
    return plain(" ".join(clean(text).split()), limit)


def safe_link(url: str | None) -> str | None:
    """An address that may be shown as one: https, no spaces, no user name inside; else None."""
    if url is None or not re.fullmatch(r"https://[^\s<>@\"'`\\]{3,500}", url):
        return None
    return url
