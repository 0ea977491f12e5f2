"""The list of checks, and the way through it."""

import logging
from collections.abc import Awaitable, Callable

from bot.checks import host, kept, server
from bot.checks.case import Case
from bot.checks.found import Finding, wrong
from bot.languages import N_
from bot.logs import describe

log = logging.getLogger("convenor.doctor")

Check = Callable[[Case], Awaitable[list[Finding]]]

CHECKS: tuple[Check, ...] = (
    kept.database,
    kept.tables,
    kept.sqlite,
    host.disk,
    host.backed_up,
    host.replaced,
    host.clock,
    server.reached,
    host.connection,
    server.intents,
    server.commands,
    server.set_up,
    server.permissions,
    server.closed,
    server.roles,
    host.work,
    kept.messages,
    kept.keeping,
    kept.search,
    host.texts_there,
)


async def examine(case: Case) -> list[Finding]:
    """Go through all checks; one that fails is itself a finding. Never raises."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += await check(case)
        except Exception as error:  # noqa: BLE001 - the others still have something to say
            log.error("the check %s failed\n%s", check.__name__, describe(error))  # noqa: TRY400
            found.append(
                wrong(
                    N_("Check"),
                    N_("One of the checks failed: {check}."),
                    N_("The log says why. Whatever it is, tell those who make Convenor."),
                    detail=type(error).__name__,
                    check=check.__name__,
                )
            )
    return found
