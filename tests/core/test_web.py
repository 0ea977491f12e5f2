"""The bot's HTTP server, spoken to over real sockets."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.settings import Settings, SettingsFault
from bot.web import NOT_FOUND, Answer, Request, Web, server
from bot.web.limits import Limit

SECRET = "s3cr3t-t0ken"


@asynccontextmanager
async def serving(port: int = 0) -> AsyncGenerator[Web]:
    """A server with a few routes."""

    async def hello(request: Request) -> Answer:
        return Answer(body=f"{request.path} {request.address}".encode())

    async def private(request: Request) -> Answer:
        if SECRET not in request.path:
            return NOT_FOUND
        raise RuntimeError(request.path)

    web = Web(("127.0.0.1", port))
    web.routes.add("/hello", hello, limited=False)
    web.routes.add("/limited", hello)
    web.routes.add("/private/", private)
    task = asyncio.create_task(web.run())
    try:
        await asyncio.wait_for(web.wait_until_up(), 5)
        yield web
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def send(web: Web, request: bytes) -> str:
    """Send bytes, and give all that comes until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    writer.write(request)
    await writer.drain()
    try:
        return (await asyncio.wait_for(reader.read(), 5)).decode()
    except ConnectionResetError:
        return ""
    finally:
        writer.close()


async def get(web: Web, path: str, method: str = "GET", **headers: str) -> str:
    """Ask as a client does."""
    lines = [f"{method} {path} HTTP/1.1", "Host: here", *(f"{name}: {value}" for name, value in headers.items())]
    return await send(web, ("\r\n".join(lines) + "\r\n\r\n").encode())


async def test_what_it_answers_and_what_it_says_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving() as web:
        found = await get(web, "/hello?x=1")
        assert found.startswith("HTTP/1.1 200 OK\r\n")
        assert found.endswith("/hello 127.0.0.1")
        head = await get(web, "/hello", "HEAD")
        assert f"Content-Length: {len('/hello 127.0.0.1')}" in head
        assert head.endswith("\r\n\r\n")
        assert "405 Method" in await get(web, "/hello", "POST")
        missing = {
            (await get(web, path)).partition("Date:")[0] for path in ("/", "/hello/x", "/private/", "/private/x")
        }
        assert len(missing) == 1
        assert "404 Not Found" in missing.pop()
        failed = await get(web, f"/private/{SECRET}")
        assert "503 Service" in failed
        unread = [
            await send(web, f"GET /private/{SECRET} HTTP/9\r\n\r\n".encode()),
            await send(web, f"GET /private/{SECRET} HTTP/1.1\r\nA: {'x' * 9000}\r\n\r\n".encode()),
            await send(web, f"{SECRET}\r\n\r\n".encode()),
            await send(web, b"\x16\x03\x01" + SECRET.encode() + b"\r\n\r\n"),
        ]
        for answer in [found, head, failed, *unread]:
            assert "\r\nServer: convenor\r\n" in answer
            assert "nosniff" in answer
            assert "aiohttp" not in answer.lower()
            assert "python" not in answer.lower()
            assert SECRET not in answer
            assert "\r\nConnection: close\r\n" in answer or answer.startswith("HTTP/1.0")
    assert SECRET not in caplog.text
    assert "web /private/ failed" in caplog.text


async def test_who_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ADDRESS_LIMIT", (5, 60.0))
    monkeypatch.setattr(server, "MISSED_LIMIT", (2, 60.0))
    async with serving() as web:
        got = [await get(web, "/limited", **{"X-Forwarded-For": f"9.9.9.9, 2001:db8::{n}"}) for n in range(6)]
        assert ["200 OK" in one for one in got] == [True] * 5 + [False]
        assert "Retry-After: 60" in got[-1]
        # The proxy tells apart who comes through it; what they claim themselves counts for nothing.
        assert "200 OK" in await get(web, "/limited", **{"X-Forwarded-For": "2001:db8::1, 10.1.1.1"})
        assert "200 OK" in await get(web, "/hello", **{"X-Forwarded-For": "2001:db8::1"})
        missed = [(await get(web, f"/private/{n}")).split("\r\n")[0][9:12] for n in range(4)]
        assert missed == ["404", "404", "429", "429"]


async def test_nobody_holds_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 0.3)
    monkeypatch.setattr(server, "CONNECTIONS", 10)
    async with serving() as web:
        slow = [await asyncio.open_connection("127.0.0.1", web.port) for _ in range(12)]
        for _, writer in slow:
            writer.write(b"GET /hello HTTP/1.1\r\n")
        begun = asyncio.get_running_loop().time()
        for reader, writer in slow:
            with suppress(ConnectionResetError):
                assert await asyncio.wait_for(reader.read(), 3) == b""
            writer.close()
        assert asyncio.get_running_loop().time() - begun < 2
        assert "200 OK" in await get(web, "/hello")


async def test_a_port_that_is_taken_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.web.work.AGAIN", 0.05)
    async with serving() as first:
        other = Web(("127.0.0.1", first.port or 0))
        task = asyncio.create_task(other.run())
        await asyncio.sleep(0.12)
        assert other.port is None
        assert "cannot listen" in caplog.text
        assert "200 OK" in await get(first, "/hello")
    assert await asyncio.wait_for(other.wait_until_up(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_the_limit_forgets() -> None:
    limit = Limit(2, 10.0, most=3)
    assert [limit.wait("a", now) for now in (0, 0, 0, 5, 10, 10)] == [0, 0, 10, 5, 0, 10]
    for key in "bcdefgh":
        assert limit.wait(key, 11.0) == 0
    assert len(limit._free_at) <= 3


@pytest.mark.parametrize(
    "name, value, good",
    [
        ("CONVENOR_HTTP", "127.0.0.1:8080", True),
        ("CONVENOR_HTTP", "[::1]:0", True),
        ("CONVENOR_HTTP", "8080", False),
        ("CONVENOR_HTTP", "localhost:99999", False),
        ("CONVENOR_PUBLIC_URL", "https://calendar.example.org/convenor/", True),
        ("CONVENOR_PUBLIC_URL", "http://127.0.0.1:8080", True),
        ("CONVENOR_PUBLIC_URL", "http://calendar.example.org", False),
        ("CONVENOR_PUBLIC_URL", "https://user@calendar.example.org", False),
        ("CONVENOR_PUBLIC_URL", "https://calendar.example.org/?a=b", False),
    ],
)
def test_settings(name: str, value: str, good: bool) -> None:
    beside = {"CONVENOR_HTTP": "127.0.0.1:0"} if name != "CONVENOR_HTTP" else {}
    if good:
        Settings.load({name: value} | beside, None)
    else:
        with pytest.raises(SettingsFault, match=f"{name} needs"):
            Settings.load({name: value} | beside, None)


def test_a_public_address_alone_serves_nobody() -> None:
    with pytest.raises(SettingsFault, match="CONVENOR_PUBLIC_URL needs CONVENOR_HTTP"):
        Settings.load({"CONVENOR_PUBLIC_URL": "https://calendar.example.org"}, None)
