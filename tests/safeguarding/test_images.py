"""Pictures lose everything but what they show."""

import io
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from data.safeguarding.images import MOST_BYTES, ImageFault, without_metadata

PLACE = b"Rruga e Barrikadave"


def picture(format_: str, **options: Any) -> bytes:
    """A picture of 8 x 4 pixels, left half red, that says where it was taken in every way its format knows."""
    image = Image.new("RGB", (8, 4), "blue")
    image.paste("red", (0, 0, 4, 4))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[2] = (41.0, 19.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, format=format_, exif=exif, **options)
    return buffer.getvalue()


def texted() -> bytes:
    """A PNG with a text chunk and XMP."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PLACE.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x>{PLACE.decode()}</x>")
    return picture("PNG", pnginfo=info)


def moving(format_: str) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (6, 6), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    options = {"comment": PLACE} if format_ == "GIF" else {"exif": b"Exif\0\0" + PLACE, "lossless": True}
    frames[0].save(
        buffer, format=format_, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0, **options
    )
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [picture("JPEG", comment=PLACE), texted(), picture("WEBP", lossless=True, xmp=PLACE)],
    ids=["JPEG", "PNG", "WebP"],
)
def test_what_a_picture_tells_besides_is_gone_and_it_stands_upright(data: bytes) -> None:
    assert PLACE in data
    clean = without_metadata(data)
    assert PLACE not in clean
    image = Image.open(io.BytesIO(clean))
    assert image.format == Image.open(io.BytesIO(data)).format
    assert dict(image.getexif()) == {}
    assert not set(image.info) & {"exif", "xmp", "comment", "Comment", "XML:com.adobe.xmp", "photoshop", "icc_profile"}
    # Turned clockwise by a quarter, what was on the left is above.
    assert image.size == (4, 8)
    above: Any = image.convert("RGB").getpixel((1, 1))
    assert above[0] > above[2]


@pytest.mark.parametrize("format_", ["GIF", "WEBP"])
def test_moving_pictures_go_on_moving(format_: str) -> None:
    data = moving(format_)
    assert PLACE in data
    clean = without_metadata(data)
    assert PLACE not in clean
    assert getattr(Image.open(io.BytesIO(clean)), "n_frames", 1) == 3


def test_transparency_is_kept() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (3, 3), (255, 0, 0, 0)).save(buffer, format="PNG")
    assert Image.open(io.BytesIO(without_metadata(buffer.getvalue()))).getpixel((1, 1)) == (255, 0, 0, 0)


def huge() -> bytes:
    """A small file that becomes 100 million pixels."""
    buffer = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(buffer, format="PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "format"),
        (b"%PDF-1.7", "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (picture("JPEG")[:150], "broken"),
        (picture("PNG")[:-30], "broken"),
        (huge(), "size"),
        (b"\0" * (MOST_BYTES + 1), "size"),
    ],
    ids=["nothing", "PDF", "SVG", "cut header", "cut", "many pixels", "many bytes"],
)
def test_other_files_are_refused_for_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(ImageFault) as caught:
        without_metadata(data)
    assert caught.value.code == code
