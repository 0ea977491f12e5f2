"""The walk through the demo: a handful of scenes, in the order in which a secretariat would meet them.

A scene is a person in a place, what to look at there, and perhaps a command that the page gives for the visitor. The
words are in `static/walk.json`; what stands on buttons comes from the bot itself, so that the walk never names another.
"""

from dataclasses import dataclass
from typing import Any

from bot.demo import writings
from bot.demo.phrasebook import invocation
from bot.demo.world import World
from bot.languages import each_language, texts

DIRECT = "direct"
LANGUAGES = ("en", "fr", "es", "pt")
SECOND_VISIT = writings.SECOND_VISIT["basics"]["title"]
DESK = writings.CONFIDENTIAL_DESK["basics"]["title"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene.

    `place` is a channel's or a thread's name, or DIRECT. `command` is in English, its options by their English names.
    `look` is in the message that it begins with; empty for the newest.
    `labels` are the English labels of the buttons that the words name, and `language` is the one they stand in:
    empty where they stand in all four.
    """

    key: str
    chapter: str
    person: str
    place: str
    language: str
    labels: tuple[str, ...] = ()
    look: str = ""
    command: str = ""
    options: tuple[tuple[str, str], ...] = ()


SCENES = (
    Scene("join", "arrive", "solange-uwimana", "welcome", "", ("Start",)),
    Scene("decide", "arrive", "maren-ostby", "moderators", "en", ("Approve",), "Tomás Quintela"),
    Scene("announced", "meet", "awa-ndoye", "webinars", "", ("Going",), writings.COSTING["title"]),
    Scene("create", "meet", "maren-ostby", "general", "en", ("Publish",), command="webinar create"),
    Scene(
        "lookup",
        "learn",
        "catalina-rehue",
        "general",
        "es",
        command="lookup",
        options=(("query", writings.IN_SPANISH),),
    ),
    Scene("practice", "learn", "catalina-rehue", DESK, "fr", ("Read in my language", "Tried elsewhere"), DESK),
    Scene("author", "learn", "awa-ndoye", DIRECT, "fr", ("Answer",), writings.ABOUT_THE_DESK),
    Scene("talk", "learn", "eero-lehtovaara", "general", "en", ("Read on in private",), writings.MENTIONED),
    Scene("digest", "learn", "jussara-tavares", "general", "pt", ("Send it to me on Mondays",), command="digest"),
    Scene("asked", "ask", "eero-lehtovaara", DIRECT, "en", ("I can help",), writings.TO_PEERS["question"]),
    Scene("offered", "ask", "catalina-rehue", DIRECT, "es", ("Introduce us",), writings.TO_PEERS["question"]),
    Scene("review", "run", "maren-ostby", "practice-review", "en", ("Approve", "Accept"), SECOND_VISIT),
    Scene("missed", "run", "maren-ostby", "general", "en", ("Add a word",), command="lookup-report"),
    Scene("insights", "run", "maren-ostby", "general", "en", command="insights", options=(("period", "this-year"),)),
    Scene("network", "run", "eero-lehtovaara", "general", "en", ("Share here",), command="network"),
    Scene("doctor", "trust", "maren-ostby", "general", "en", command="doctor"),
    Scene("mydata", "trust", "awa-ndoye", "general", "fr", ("All of it as a file",), command="mydata show"),
)


def scene_of(key: str) -> Scene | None:
    """The scene of that key, or None."""
    return next((scene for scene in SCENES if scene.key == key), None)


def describe(world: World, scene: Scene) -> dict[str, Any]:
    """A scene for the page, ready for JSON: commands and buttons as its person reads them.

    Raises:
        KeyError: the bot has no such command.
    """
    locale = next((person.persona.locale for person in world.people.values() if person.persona.key == scene.person), "")
    return {
        "key": scene.key,
        "chapter": scene.chapter,
        "command": invocation(world.env.backend.commands, scene.command, locale) if scene.command else "",
        "options": dict(scene.options),
        "look": scene.look,
        "labels": [label(scene, text) for text in scene.labels],
    }


def label(scene: Scene, text: str) -> str:
    """What stands on a button."""
    return texts(scene.language)(text) if scene.language else each_language(LANGUAGES, text)
