"""Numbers as pictures: dark on a light card of their own, so that they can be read in both of Discord's themes.

Every bar has its number beside it, so that neither colour nor length speaks alone. Takes tens of milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parents[2] / "bot" / "fonts"
WIDTH, MARGIN = 1000, 44
PAPER, INK, SOFT, LINE = "#FBFAFD", "#1F1A33", "#5F5876", "#DDD8E8"
BAR, SECOND = "#5B4B8A", "#B9AEDB"
TITLE, SUB, TILE, NAME, ROW = 40, 26, 54, 24, 26
ROW_HEIGHT, NAMES_WIDTH, VALUES_WIDTH = 52, 410, 180
TILES_IN_ROW = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A line with a bar: `value` in its colour, and before it `second` in a lighter one; None draws none of it."""

    name: str
    shown: str
    value: int | None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Bars under a heading; what stands there instead where there are none."""

    heading: str
    bars: Sequence[Bar]
    empty: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says.

    Attributes:
        title: what it is about.
        period: which days.
        tiles: large numbers, each with what it counts.
        sections: bars.
        note: the line at the bottom.
    """

    title: str
    period: str
    tiles: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = field(default_factory=tuple[Section, ...])
    note: str = ""


@cache
def _font(size: int, *, bold: bool = False) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / f"roboto-{'bold' if bold else 'regular'}.ttf", size)


def drawable(text: str) -> str:
    """A text without the letters that the typeface has not; empty where it has none of them."""
    kept = "".join(char for char in text if ord(char) < 0x250 or 0x2010 <= ord(char) <= 0x2044 or char == "€")
    return " ".join(kept.split())


def fitted(text: str, font: "FreeTypeFont", width: float) -> str:
    """A text as far as there is room for it, ending in … where it was cut."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(text: str, font: "FreeTypeFont", width: float, lines: int = 2) -> list[str]:
    """A text in a few lines."""
    made = [""]
    for word in text.split():
        longer = f"{made[-1]} {word}".strip()
        if font.getlength(longer) <= width or not made[-1]:
            made[-1] = longer
        else:
            made.append(word)
    if len(made) > lines:
        made = [*made[: lines - 1], " ".join(made[lines - 1 :])]
    return [fitted(line, font, width) for line in made]


def draw(picture: Picture) -> bytes:
    """The picture as a PNG."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (WIDTH, _height(picture)), PAPER)
    pen = ImageDraw.Draw(canvas)
    inside = WIDTH - 2 * MARGIN
    pen.text((MARGIN, MARGIN), fitted(picture.title, _font(TITLE, bold=True), inside), INK, _font(TITLE, bold=True))
    pen.text((MARGIN, MARGIN + 54), fitted(picture.period, _font(SUB), inside), SOFT, _font(SUB))
    top = _tiles(pen, picture.tiles, MARGIN + 112)
    for section in picture.sections:
        top = _section(pen, section, top)
    for number, line in enumerate(wrapped(picture.note, _font(22), inside)):
        pen.text((MARGIN, top + 8 + number * 30), line, SOFT, _font(22))
    target = BytesIO()
    canvas.quantize(64).save(target, "PNG", optimize=True)
    return target.getvalue()


def _height(picture: Picture) -> int:
    tiles = -(-len(picture.tiles) // TILES_IN_ROW) * 150
    sections = sum(76 + max(len(section.bars), 1) * ROW_HEIGHT for section in picture.sections)
    note = len(wrapped(picture.note, _font(22), WIDTH - 2 * MARGIN)) * 30 + 16 if picture.note else 0
    return MARGIN + 112 + tiles + sections + note + MARGIN


def _tiles(pen: "ImageDraw", tiles: Sequence[tuple[str, str]], top: int) -> int:
    width = (WIDTH - 2 * MARGIN) / TILES_IN_ROW
    for number, (shown, about) in enumerate(tiles):
        left = MARGIN + number % TILES_IN_ROW * width
        here = top + number // TILES_IN_ROW * 150
        big = _font(TILE if _font(TILE, bold=True).getlength(shown) < width - 20 else 30, bold=True)
        pen.text((left, here + TILE), shown, INK, big, anchor="ls")
        for line, words in enumerate(wrapped(about, _font(22), width - 24)):
            pen.text((left, here + TILE + 14 + line * 28), words, SOFT, _font(22))
    return top + -(-len(tiles) // TILES_IN_ROW) * 150


def _section(pen: "ImageDraw", section: Section, top: int) -> int:
    pen.line((MARGIN, top, WIDTH - MARGIN, top), LINE, 2)
    pen.text((MARGIN, top + 18), section.heading, INK, _font(NAME + 4, bold=True))
    top += 70
    if not section.bars:
        pen.text((MARGIN, top + 4), fitted(section.empty, _font(ROW), WIDTH - 2 * MARGIN), SOFT, _font(ROW))
        return top + ROW_HEIGHT + 6
    most = max((max(bar.value or 0, bar.second or 0) for bar in section.bars), default=0) or 1
    left, room = MARGIN + NAMES_WIDTH, WIDTH - 2 * MARGIN - NAMES_WIDTH - VALUES_WIDTH
    for bar in section.bars:
        pen.text((MARGIN, top + 18), fitted(bar.name, _font(NAME), NAMES_WIDTH - 18), INK, _font(NAME), anchor="lm")
        end = left
        for number, colour in ((bar.second, SECOND), (bar.value, BAR)):
            if number:
                length = max(round(room * number / most), 6)
                pen.rounded_rectangle((left, top + 4, left + length, top + 32), 5, colour)
                end = max(end, left + length)
        pen.text((end + 12, top + 18), bar.shown, INK, _font(NAME, bold=True), anchor="lm")
        top += ROW_HEIGHT
    return top + 6
