"""Keeping the server up: beside the bot, never in its way."""

import asyncio
import logging
from dataclasses import dataclass, field

from bot.supervisor import Alarm
from bot.web.routes import Routes

log = logging.getLogger("convenor.web")

# How long a taken port is left alone before it is tried again, in seconds.
AGAIN = 60.0
# The connections work by themselves; there is nothing to wake up for.
LONG = 86_400.0


@dataclass(slots=True)
class Web:
    """The server and what it answers.

    Args:
        listen: address and port; None for none. Port 0 takes any free one.

    Attributes:
        routes: where features register what they answer.
        port: the port it listens on, None where it does not.
    """

    listen: tuple[str, int] | None
    routes: Routes = field(default_factory=Routes)
    port: int | None = None
    _up: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Serve for ever; a port that is taken stops nothing else, and is tried again each minute."""
        if self.listen is None:
            return
        # Only those who serve pay for loading it.
        from bot.web.server import Listener

        host, port = self.listen
        listener, rest = Listener(self.routes), Alarm()
        try:
            while True:
                try:
                    self.port = await listener.start(host, port)
                except OSError as error:
                    log.warning("cannot listen on %s port %s: %s", host, port, error.strerror or "it is taken")
                    await rest.sleep(AGAIN)
                else:
                    break
            log.info("listening on %s port %s", host, self.port)
            self._up.set()
            while True:
                await rest.sleep(LONG)
        finally:
            self.port = None
            self._up.clear()
            await listener.stop()

    async def wait_until_up(self) -> int:
        """The port, once it listens."""
        await self._up.wait()
        assert self.port is not None  # noqa: S101 - set before the event
        return self.port
