"""Commands: from the command's event in discord.py to Discord's word that the answer arrived.

One at a time, over sockets, to a small Discord in another process, by a moderator; a new process in each round, asked
once it is ready, its first answers not counted. `/help` hardly needs the database; `/lookup` searches for a query of
the search's tests, in the four languages in turn, and reads what it found. The bare bot's command answers with one
word. Every answer is looked at: a refusal or an error would stop the run.
"""

from tests.bench.bots import BARE, CONVENOR, Scene, scene
from tests.bench.figure import Figure, Options, alternate, spread
from tests.search.measure import cases

LOCALES = {"en": "en-GB", "fr": "fr", "es": "es-ES", "pt": "pt-BR"}
COMMANDS = ("help", "lookup")
UNCOUNTED = 20


async def measure(options: Options) -> list[Figure]:
    queries = [(each.q, LOCALES[each.lang]) for each in cases("tuning") if not each.none]
    # They are sorted by language.
    queries = [each for start in range(4) for each in queries[start::4]]

    async def ask(here: Scene, name: str, *commands: str) -> list[list[float]]:
        """How long each answer to each of the commands took, in seconds."""
        found: list[list[float]] = []
        async with here.start(name) as program:
            await program.heard("ready")
            await program.at_rest()
            for command in commands:
                seconds: list[float] = []
                for number in range(UNCOUNTED + options.commands):
                    query, locale = queries[number % len(queries)]
                    given = {"query": query} if command == "lookup" else {}
                    seconds.append(await here.timed(program, command, locale, **given))
                found.append(seconds[UNCOUNTED:])
        return found

    async with scene() as here:
        ours, floor = await alternate(
            options.rounds, lambda: ask(here, CONVENOR, *COMMANDS), lambda: ask(here, BARE, "hello")
        )
    return [
        figure
        for number, command in enumerate(COMMANDS)
        for figure in spread(
            f"/{command}", "a bare bot's command", [each[number] for each in ours], [each[0] for each in floor]
        )
    ]
