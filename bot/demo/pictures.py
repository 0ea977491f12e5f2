"""Profile pictures for invented people: their initials on a colour of their own."""

from colorsys import hls_to_rgb
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = 128
# The preview's own typeface: Pillow's has no letters beyond plain Latin.
_TYPEFACE = ("static", "fonts", "noto-sans-latin-v2.015.ttf")


@cache
def _letters() -> bytes:
    return files("simcord.preview").joinpath(*_TYPEFACE).read_bytes()


def initials(name: str) -> str:
    """Return one or two capital letters for a name: those of its first and its last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@cache
def portrait(name: str, *, key: str) -> bytes:
    """Draw a square PNG. The colour follows from `key`, and is dark enough for white letters to be read on it."""
    hue = sha256(key.encode()).digest()[0] / 256
    red, green, blue = (round(255 * value) for value in hls_to_rgb(hue, 0.34, 0.42))
    picture = Image.new("RGB", (SIZE, SIZE), (red, green, blue))
    letters = initials(name)
    font = ImageFont.truetype(BytesIO(_letters()), size=SIZE * 0.42)
    ImageDraw.Draw(picture).text((SIZE / 2, SIZE / 2), letters, fill="white", font=font, anchor="mm")
    png = BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()
