"""One way to write what keyboards, telephones and languages write in many."""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′´`＇"), "'")
_DASHES = dict.fromkeys(map(ord, "−–—‐‑‒―"), "-")
_NOTHING = dict.fromkeys(map(ord, ",()"), " ")
# Names of zones keep their hyphens: america/port-au-prince.
_JOINED = re.compile(r"[a-z_]+/[a-z0-9_+/-]+|(?<=[a-z])['-]+(?=[a-z])")
_NAMED_MONTH = re.compile(r"(?<=[0-9])[-/]([a-z]+)\.?[-/](?=[0-9]{4}\b)")
_HALF = re.compile(r"\b([ap])\.\s?m\b\.?")


def normalise(text: str) -> str:
    """A phrase in small letters without accents, one space between words, and without what carries no meaning."""
    # A degree sign often stands for the ordinal one: 1° de marzo.
    plain = text.casefold().translate(_APOSTROPHES).replace("°", "º")
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", plain)
        if unicodedata.category(char)[0] not in "MC" or char in "\t\n\r"
    )
    plain = _HALF.sub(r"\1m", plain.translate(_DASHES))
    plain = _NAMED_MONTH.sub(r" \1 ", plain)
    plain = _JOINED.sub(lambda match: match[0] if "/" in match[0] else " ", plain)
    return " ".join(plain.translate(_NOTHING).replace("'", " ").split()).rstrip(" .!")
