"""`convenor check-links`: looks at each address once and says which are gone. Run by the host, never by the bot.

Addresses come from moderators, so that a request goes only where everyone on the internet could go: https, and no
machine of the host's own network, however an address or a redirection names it.
"""

import asyncio
import ipaddress
import json
import socket
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot import __version__
from data.resources.links import Link

AGENT = f"convenor/{__version__} (checks links of a resource list)"
AT_ONCE = 8
SECONDS = 20.0
MOST_STEPS = 5
# What answers so is there, and lets no program look: a person has to.
BARRED = frozenset({401, 403, 405, 406, 409, 418, 429, 451, 503, 999})
GONE = frozenset({404, 410})
MOVED_FOR_GOOD = frozenset({301, 308})
REDIRECTED = frozenset({301, 302, 303, 307, 308})
OK, MOVED, LOOK, BROKEN = "ok", "moved", "look", "broken"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one address.

    Attributes:
        link: which.
        state: `ok`; `moved` (for good: the list should say where); `look` (a person has to open it); `broken`.
        detail: a status, or a word for what went wrong.
        moved_to: where it leads now, None where it stayed.
    """

    link: Link
    state: str
    detail: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Where requests may go; a test lets them go to its own machine.

    Attributes:
        schemes: of addresses.
        anywhere: also to machines that not everyone can reach.
    """

    schemes: tuple[str, ...] = ("https",)
    anywhere: bool = False


class PublicOnly(AbstractResolver):
    """Knows no machine but those that everyone can reach: a name may lead anywhere, and elsewhere the next time."""

    def __init__(self) -> None:
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a machine.

        Raises:
            OSError: it has none, or one that is not for everyone.
        """
        found = await self._inner.resolve(host, port, family)
        if not found or not all(is_public(each["host"]) for each in found):
            raise OSError(f"{host} is no machine that everyone can reach")
        return found

    async def close(self) -> None:
        """Nothing is left open."""
        await self._inner.close()


def is_public(host: str) -> bool:
    """Whether a number is that of a machine that everyone can reach."""
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    inner = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return (inner or number).is_global and not (inner or number).is_multicast


async def check_links(links: Sequence[Link], rules: Rules | None = None, *, seconds: float = SECONDS) -> list[Checked]:
    """Look at each address, one at a time of each site.

    Args:
        links: which.
        rules: where requests may go.
        seconds: how long one may take.

    Returns:
        What came of them, in the same order.
    """
    rules = rules or Rules()
    connector = aiohttp.TCPConnector(limit=AT_ONCE) if rules.anywhere else None
    connector = connector or aiohttp.TCPConnector(limit=AT_ONCE, resolver=PublicOnly())
    turns, sites = asyncio.Semaphore(AT_ONCE), defaultdict[str, asyncio.Lock](asyncio.Lock)
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, headers={"User-Agent": AGENT}, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:

        async def one(link: Link) -> Checked:
            async with sites[urlsplit(link.url).netloc], turns:
                return await _check(session, link, rules)

        return await asyncio.gather(*map(one, links))


async def _check(session: aiohttp.ClientSession, link: Link, rules: Rules) -> Checked:
    url, for_good = link.url, True
    try:
        for _ in range(MOST_STEPS + 1):
            parts = urlsplit(url)
            if parts.scheme not in rules.schemes:
                return Checked(link, LOOK, f"is not {rules.schemes[0]}, so nobody is shown it", url)
            if _is_number(parts.hostname or "") and not rules.anywhere:
                return Checked(link, BROKEN, "leads where not everyone can go", url)
            # The beginning is enough; some sites answer nothing else to a question for the head alone.
            async with session.get(url, allow_redirects=False) as answer:
                status, onward = answer.status, answer.headers.get("Location")
            if status in REDIRECTED and onward:
                for_good = for_good and status in MOVED_FOR_GOOD
                url = urljoin(url, onward)
                continue
            return _judged(link, status, url, for_good=for_good)
    except TimeoutError:
        return Checked(link, LOOK, "no answer in time")
    except aiohttp.ClientConnectorCertificateError:
        return Checked(link, BROKEN, "no valid certificate")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Checked(link, BROKEN, f"cannot be reached ({type(error).__name__})")
    return Checked(link, BROKEN, "is sent on without end")


def _judged(link: Link, status: int, url: str, *, for_good: bool) -> Checked:
    moved_to = url if url != link.url else None
    if status in GONE:
        return Checked(link, BROKEN, str(status), moved_to)
    if status in BARRED or status >= 500:
        return Checked(link, LOOK, str(status), moved_to)
    if status >= 400:
        return Checked(link, BROKEN, str(status), moved_to)
    if moved_to is not None and for_good:
        return Checked(link, MOVED, str(status), moved_to)
    return Checked(link, OK, str(status), moved_to)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def as_json(checked: Iterable[Checked]) -> str:
    """What came of them, for programs."""
    rows: list[dict[str, Any]] = []
    for one in checked:
        row = asdict(one)
        rows.append({**cast("dict[str, Any]", row.pop("link")), **row})
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_table(checked: Sequence[Checked]) -> str:
    """What came of them, for people: what needs a hand first."""
    order = (BROKEN, MOVED, LOOK, OK)
    lines: list[str] = []
    for one in sorted(checked, key=lambda each: order.index(each.state)):
        if one.state != OK:
            lines.append(f"{one.state:<7} {one.detail}  {one.link.title} ({one.link.resource_id})")
            lines.append(f"        {one.link.url}")
            if one.moved_to is not None:
                lines.append(f"        now {one.moved_to}")
    counted = Counter(one.state for one in checked)
    return "\n".join([*lines, ", ".join(f"{counted[state]} {state}" for state in order)])
