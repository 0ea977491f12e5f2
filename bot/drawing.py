"""Letters and shapes for pictures: the same on every machine, with fonts of our own.

What is drawn carries its own background, so that it can be read whichever theme Discord shows it in.
"""

import asyncio
import io
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent / "fonts"
Colour = str
_PEN = threading.Lock()

PAPER, INK, FAINT, LINE = "#FBFAFE", "#231A3D", "#625C75", "#DDD8EA"
ACCENT, WARM = "#5B4B8A", "#B4530A"
# From little to much; the third and fourth carry white letters.
SHADES: tuple[Colour, ...] = ("#F0EDF8", "#CFC6EA", "#6F5DA9", "#3D2C70")


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> "FreeTypeFont":
    """The font in a size, in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / f"roboto-{'bold' if bold else 'regular'}.ttf"), size)


def fitting(text: str, width: int, size: int, *, bold: bool = False, least: int = 18) -> "tuple[str, FreeTypeFont]":
    """A text and its font so that it fits a width: smaller at first, then cut, with … at its end."""
    for each in range(size, least - 1, -1):
        if font(each, bold=bold).getlength(text) <= width:
            return text, font(each, bold=bold)
    small = font(least, bold=bold)
    while len(text) > 1 and small.getlength(text + "…") > width:
        text = text[:-1].rstrip()
    return text + "…", small


def wrapped(text: str, width: int, letters: "FreeTypeFont") -> list[str]:
    """A text in lines that fit a width, parted between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def person(draw: "ImageDraw", x: int, y: int, size: int, colour: Colour) -> None:
    """A head and shoulders, `size` pixels high, from the upper left."""
    head = size // 2
    draw.ellipse((x + size // 4, y, x + size // 4 + head, y + head), fill=colour)
    draw.pieslice((x, y + head + 1, x + size, y + 2 * size - head // 2), 180, 360, fill=colour)


@lru_cache(maxsize=48)
def _drawn(make: Callable[..., Any], *args: Any) -> bytes:
    target = io.BytesIO()
    # Fonts are shared, and know one user at a time.
    with _PEN:
        picture = make(*args)
    # A few flat colours: a quarter of the bytes, which counts on a slow line.
    picture.quantize(colors=128).save(target, "PNG", optimize=True)
    return target.getvalue()


async def drawn(make: Callable[..., Any], *args: Any) -> bytes:
    """A picture as a PNG file, made beside the event loop; the same facts are drawn once.

    Args:
        make: draws a Pillow image.
        args: what it is given; hashable, and all that the picture depends on.
    """
    return await asyncio.to_thread(_drawn, make, *args)
