"""Everything that the bot sends to Discord, with the server or the person that it goes to."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import ImageDraw

from bot.demo.world import World

PRIVATE = "direct message"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request: the server it is about, or the person whose direct messages it goes to; neither where it is for all.

    An answer to what somebody pressed among their direct messages goes to that person as well.
    """

    guild_id: int | None
    user_id: int | None
    text: str
    is_answer: bool = False


class Ear(list[Any]):
    """Stands in the place of the list in which requests are kept, and notes where each goes as it is sent."""

    def __init__(self, world: World) -> None:
        super().__init__(world.env.backend.http_requests)
        self._world = world
        self._backend = world.env.backend
        self._since = set(self._backend.cdn._blobs)
        self.sent: list[Sent] = []
        self.drawn: list[str] = []
        self._backend.http_requests = self

    def append(self, request: Any) -> None:
        """Keep a request."""
        super().append(request)
        text = f"{request.method} {request.path} {request.params} {request.json} {request.reason}"
        sort, *rest = request.path.strip("/").split("/")
        if sort == "guilds":
            self.sent.append(Sent(int(rest[0]), None, text))
        elif sort == "channels":
            self.sent.append(Sent(*self._place(int(rest[0])), text))
        elif sort in ("interactions", "webhooks"):
            asked = next(one for one in reversed(self._backend.interactions.values()) if one.token == rest[1])
            alone = None if asked.guild_id else asked.user_id
            self.sent.append(Sent(asked.guild_id, alone, text, is_answer=True))
        else:
            self.sent.append(Sent(None, None, text))

    def _place(self, channel_id: int) -> tuple[int | None, int | None]:
        channel = self._backend.channels.get(channel_id)
        person = next((user for user, one in self._backend.dm_channels.items() if one == channel_id), None)
        return (channel.guild_id if channel else None), person

    def files(self) -> Iterator[Sent]:
        """What stands in the files that were sent; the letters of pictures are in `drawn`."""
        for url, content in self._backend.cdn._blobs.items():
            _, _, rest = url.partition("/attachments/")
            if rest and url not in self._since:
                channel_id, _, name = rest.split("/", 2)
                yield Sent(*self._place(int(channel_id)), f"{name}: {text_of(content)}")

    def listen_to_pictures(self, patch: pytest.MonkeyPatch) -> None:
        """Note what is written into pictures."""
        write = ImageDraw.ImageDraw.text

        def noting(draw: Any, at: Any, text: Any, *rest: Any, **more: Any) -> None:
            self.drawn.append(str(text))
            write(draw, at, text, *rest, **more)

        patch.setattr(ImageDraw.ImageDraw, "text", noting)


def text_of(content: bytes) -> str:
    """The words in a file: of a workbook those of all its parts, of a calendar its lines unfolded."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(text_of(parts.read(name)) for name in parts.namelist())
    if content.startswith(b"\x89PNG"):
        return ""
    return content.replace(b"\r\n ", b"").decode(errors="replace")
