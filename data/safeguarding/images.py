"""Pictures without what they tell about who took them, where and with what."""

import io
import struct
import warnings
from typing import Any, cast

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_BYTES = 25 * 2**20
MOST_PIXELS = 50_000_000
MOST_FRAMES = 300


class ImageFault(ValueError):
    """A file that is no picture we take.

    Attributes:
        code: `size` (bytes, pixels or frames), `format` (none of those we know), or `broken`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def without_metadata(data: bytes) -> bytes:
    """The same picture with nothing but its pixels, turned the way it is meant to be seen.

    EXIF (with place and thumbnail), XMP, IPTC, comments, text and colour profiles are left behind: the picture is
    decoded and written anew, so that nothing of the old file's structure is copied.

    Args:
        data: a JPEG, PNG, WebP or GIF of at most 25 MiB and 50 million pixels, all frames together.

    Raises:
        ImageFault: it is something else, too large, or broken.
    """
    from PIL import Image

    if len(data) > MOST_BYTES:
        raise ImageFault("size", f"A picture may have {MOST_BYTES // 2**20} MiB at most.")
    try:
        with warnings.catch_warnings():
            # We look at the size ourselves, before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_size(image)
                return _written(image)
    except ImageFault:
        raise
    except Image.UnidentifiedImageError:
        raise ImageFault("format", "Only JPEG, PNG, WebP and GIF pictures can be taken.") from None
    except Image.DecompressionBombError:
        raise ImageFault("size", "The picture is too large.") from None
    except Exception as error:
        # Decoders of broken files raise anything, from struct.error to SyntaxError.
        raise ImageFault("broken", "The picture cannot be read.") from error


def _check_size(image: Any) -> None:
    frames = int(getattr(image, "n_frames", 1))
    if frames > MOST_FRAMES or image.width * image.height * frames > MOST_PIXELS:
        raise ImageFault("size", f"A picture may have {MOST_PIXELS // 1_000_000} million pixels at most.")


def _written(image: Any) -> bytes:
    """Decode all frames and write them to a new file of the same format."""
    from PIL import ImageSequence

    format_ = cast("str", image.format)
    shown: dict[str, Any] = {}
    frames: list[Any] = []
    durations: list[int] = []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 0) or 0))
        frames.append(_pixels(frame, format_))
    if len(frames) > 1:
        shown = {
            "save_all": True,
            "append_images": frames[1:],
            "duration": durations,
            "loop": int(image.info.get("loop", 0) or 0),
        }
        if format_ == "GIF":
            shown["disposal"] = 2
    if format_ in {"JPEG", "WEBP"}:
        shown["quality"] = 90
    buffer = io.BytesIO()
    frames[0].save(buffer, format=format_, **shown)
    return buffer.getvalue()


def _pixels(frame: Any, format_: str) -> Any:
    """One frame in the right way up, in a new picture that knows nothing but its pixels."""
    from PIL import Image, ImageOps

    try:
        upright = ImageOps.exif_transpose(frame)
    except (SyntaxError, ValueError, OverflowError, struct.error):
        # An EXIF that cannot be read turns nothing, and goes like any other.
        upright = frame
    transparent = "A" in upright.mode or "transparency" in upright.info
    wanted = "RGBA" if transparent and format_ != "JPEG" else "L" if upright.mode in {"L", "1"} else "RGB"
    plain = upright.convert(wanted)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean
