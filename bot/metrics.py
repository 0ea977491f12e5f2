"""The numbers for Prometheus, put together when they are asked for."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot import __version__
from bot.counts import BOUNDS
from bot.health import lacking, silence
from bot.settings import backups_of
from data import backups, health
from data.faults import DatabaseFault

if TYPE_CHECKING:
    from bot.app import Convenor

# Failures of the last so long are shown as a number of now.
FAILED_SINCE = timedelta(days=1)


class _Now(Collector):
    """Hands out what was found a moment ago."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


async def exposition(bot: "Convenor") -> tuple[str, bytes]:
    """The content type and the text of all numbers."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    metrics = [*_of_program(bot, ready=not await lacking(bot)), *await _of_database(bot), *await _of_backups(bot)]
    registry.register(_Now(metrics))
    return CONTENT_TYPE_LATEST, generate_latest(registry)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"convenor_{name}", about, value=value)


def _of_program(bot: "Convenor", *, ready: bool) -> Iterable[Metric]:
    version = GaugeMetricFamily("convenor_version", "The release that runs.", labels=["version"])
    version.add_metric([__version__], 1)
    yield version
    yield _gauge("ready", "1 where the bot is connected, its database answers, and it sends what is due.", float(ready))
    yield _gauge("servers", "Servers that this process is in.", len(bot.guilds))
    yield _gauge("people", "People of those servers that this process knows of.", len(bot.users))
    quiet = GaugeMetricFamily(
        "convenor_gateway_silence_seconds", "Since Discord last answered a heartbeat.", labels=["shard"]
    )
    for shard_id in sorted(bot.shards):
        if (seconds := silence(bot, shard_id)) is not None:
            quiet.add_metric([str(shard_id)], seconds)
    yield quiet
    failures = CounterMetricFamily("convenor_work_failures", "Failures of background work.", labels=["work"])
    for work in bot.supervisor.work.values():
        failures.add_metric([work.name], work.failures)
    yield failures
    commands = CounterMetricFamily("convenor_commands", "Commands, by their end.", labels=["command", "outcome"])
    for (command, outcome), times in sorted(bot.counts.commands.items()):
        commands.add_metric([command, outcome], times)
    yield commands
    names = [*(str(bound) for bound in BOUNDS), "+Inf"]
    taken = list(zip(names, [float(number) for number in bot.counts.answered], strict=True))
    yield HistogramMetricFamily(
        "convenor_command_seconds", "From a command's arrival to its end.", buckets=taken, sum_value=bot.counts.seconds
    )
    yield CounterMetricFamily(
        "convenor_deferred", "Answers that were promised because the work took long.", value=bot.counts.deferred
    )
    if (ahead := bot.clock.ahead()) is not None:
        yield _gauge("clock_ahead_seconds", "By how much the machine's clock is before Discord's.", ahead)


async def _of_database(bot: "Convenor") -> Iterable[Metric]:
    loop, now = asyncio.get_running_loop(), bot.clock()
    begun = loop.time()
    try:
        async with asyncio.timeout(2.0), bot.db.read() as session:
            waiting = await health.waiting(session, now, now - FAILED_SINCE)
            kept = await health.last_keeping(session)
    except (DatabaseFault, TimeoutError):
        return [_gauge("database_up", "1 where the database answers.", 0)]
    found = [
        _gauge("database_up", "1 where the database answers.", 1),
        _gauge("database_seconds", "How long the database took to answer just now.", loop.time() - begun),
        _gauge("deliveries_overdue", "Messages that should have gone out ten minutes ago or more.", waiting.overdue),
        _gauge("deliveries_failed_day", "Messages that could not go out in the last day.", waiting.failed),
    ]
    if kept is not None:
        found.append(
            _gauge("keeping_timestamp_seconds", "When all limits of keeping were last applied.", kept.timestamp())
        )
    return found


async def _of_backups(bot: "Convenor") -> Iterable[Metric]:
    made = await asyncio.to_thread(backups.in_folder, backups_of(bot.settings))
    if not made:
        return []
    return [_gauge("backup_timestamp_seconds", "When the newest backup was made.", made[-1].made_at.timestamp())]
