"""The names and descriptions of slash commands in a person's language, as Discord's own clients show them."""

from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]


def localise_commands(catalogue: Json, commands: Mapping[int | None, Mapping[Any, Json]], locale: str) -> None:
    """Translate a preview's catalogue of commands in place, from what the bot registered with Discord.

    Option names stay: the preview sends them back as keys. `commands` is simcord's register, by scope.
    """
    registered = {str(command["id"]): command for scope in commands.values() for command in scope.values()}
    for entry in _objects(catalogue.get("entries")):
        command = registered.get(str(entry.get("commandId")))
        if command is None:
            continue
        nodes = [command]
        for name in entry["path"][1:]:
            nodes += [option for option in _objects(nodes[-1].get("options")) if option["name"] == name][:1]
        entry["invocation"] = " ".join(_localised(node, "name", locale) for node in nodes)
        entry["description"] = _localised(nodes[-1], "description", locale)
        options = {option["name"]: option for option in _objects(nodes[-1].get("options"))}
        for shown in _objects(entry.get("options")):
            option = options.get(shown["name"], {})
            shown["description"] = _localised(option, "description", locale) or shown["description"]
            choices = {choice["value"]: choice for choice in _objects(option.get("choices"))}
            for choice in _objects(shown.get("choices")):
                choice["name"] = _localised(choices.get(choice["value"], {}), "name", locale) or choice["name"]


def invocation(commands: Mapping[int | None, Mapping[Any, Json]], path: str, locale: str) -> str:
    """A command as a person types it, without the slash.

    Raises:
        KeyError: nothing of that name is registered.
    """
    first, *rest = path.split()
    for node in (command for scope in commands.values() for command in scope.values() if command["name"] == first):
        nodes = [node]
        for name in rest:
            nodes += [option for option in _objects(nodes[-1].get("options")) if option["name"] == name][:1]
        if len(nodes) == len(rest) + 1:
            return " ".join(_localised(each, "name", locale) for each in nodes)
    raise KeyError(path)


def _objects(value: Iterable[Json] | None) -> list[Json]:
    return list(value or ())


def _localised(node: Json, key: str, locale: str) -> str:
    translations: Mapping[str, str] = node.get(f"{key}_localizations") or {}
    return translations.get(locale) or str(node.get(key, ""))
