"""Every text in every language: complete, with the same places, and fit for where it stands."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.app import Convenor
from bot.demo.world import World
from bot.languages import FOLDERS, LOCALES, each_language, texts
from data.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LABEL, TITLE, DESCRIPTION = 45, 45, 100


@cache
def keywords() -> dict[str, Any]:
    """The functions whose texts are extracted, as `make i18n` names them."""
    from babel.messages.frontend import parse_keywords

    return cast("dict[str, Any]", parse_keywords(re.findall(r"-k (\S+)", MAKEFILE)))


@cache
def in_code() -> dict[tuple[str | None, str | tuple[str, ...]], str]:
    """Every text of the code by context and English, with a file that has it."""
    found: dict[tuple[str | None, str | tuple[str, ...]], str] = {}
    for folder in ("bot", "cogs"):
        for file, _line, message, _comments, context in extract_from_dir(ROOT / folder, keywords=keywords()):
            found[context, message] = f"{folder}/{file}"
    return found


@cache
def catalogue(language: str) -> Catalog:
    path = LOCALES / FOLDERS[language] / "LC_MESSAGES" / "convenor.po"
    with path.open("rb") as file:
        return read_po(file, locale=FOLDERS[language], domain="convenor")


def entries(language: str) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Each entry with its English forms and its translated forms."""
    for message in catalogue(language):
        if message.id:
            english = message.id if isinstance(message.id, list | tuple) else (message.id,)
            translated = message.string if isinstance(message.string, list | tuple) else (message.string,)
            yield message, tuple(english), tuple(form or "" for form in translated)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", FOLDERS)
def test_every_text_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    known = {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id))
        for message in catalogue(language)
        if message.id
    }
    missing = {key: where for key, where in in_code().items() if key not in known}
    assert not missing, "run `make i18n`, then translate"
    assert not known - set(in_code()), "texts that the code has no more"


@pytest.mark.parametrize("language", FOLDERS)
def test_every_text_is_translated_and_none_is_doubtful(language: str) -> None:
    untranslated = [
        english for message, english, translated in entries(language) if not all(translated) or message.fuzzy
    ]
    assert not untranslated


FIXED = "\u00a0"
# Discord's number for a command that is typed.
SLASH = 1
# What a reader of that language would take for a slip.
SLIPS = {
    "fr": re.compile(rf"[^{FIXED}][;?!»]|[^{FIXED}]:(?=[\s*]|$)|«[^{FIXED}]"),
    "es": re.compile(r"^[^¿]*\?|^[^¡]*!|[“”\"]"),
    "pt": re.compile(r"[«»\"]| [;:?!]"),
}


@pytest.mark.parametrize("language", FOLDERS)
def test_signs_are_set_as_the_language_sets_them(language: str) -> None:
    """French puts no-break spaces before : ; ? ! and inside « », Spanish opens questions, Portuguese quotes “so”."""
    slips = [
        form
        for _message, _english, translated in entries(language)
        for form in translated
        if SLIPS[language].search(form)
    ]
    assert not slips


def test_buttons_in_four_languages_fit_a_phone() -> None:
    """Discord advises 38 characters at most; phones cut what is longer."""
    for text in ("Going", "Maybe", "Cannot come", "Link", "Details", "Start"):
        shown = each_language(LANGUAGES, text)
        assert len(shown) <= 38, shown


@pytest.mark.parametrize("language", FOLDERS)
def test_translations_have_the_same_places(language: str) -> None:
    for _message, english, translated in entries(language):
        wanted = set[str]().union(*map(places, english))
        for form in translated:
            # A singular may say "one" in words.
            assert places(form) - wanted == set(), form
            assert wanted - places(form) <= ({"n"} if len(english) > 1 else set()), form


@pytest.mark.parametrize("language", FOLDERS)
def test_few_texts_are_as_in_english(language: str) -> None:
    """A long text that is the same in both languages was most likely forgotten."""
    same = [english[0] for _message, english, translated in entries(language) if english[0] == translated[0]]
    assert not [text for text in same if len(text.split()) > 3]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_no_text_hides_from_the_extraction() -> None:
    """Babel does not look inside f-strings, nor behind a name: every literal handed to a text function is found."""
    known = {message if isinstance(message, str) else message[0] for _context, message in in_code()}
    for folder in ("bot", "cogs"):
        for path in (ROOT / folder).rglob("*.py"):
            for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
                name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
                place = {"t": 0, "plural": 0, "Refusal": 0, "N_": 0, "L": 1, "in_context": 1, "each_language": 1}.get(
                    name
                )
                text = call.args[place] if place is not None and len(call.args) > place else None
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    assert text.value in known, (path.name, text.lineno, text.value)


def literal(node: ast.expr | None) -> str | None:
    """The English text of `t("...")`."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    first = node.args[0]
    return first.value if name == "t" and isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def limited() -> Iterator[tuple[str, str, int]]:
    """Texts that stand where Discord allows few characters: what, English, limit."""
    for path in (ROOT / "cogs").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in calls(tree):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("text", "choice") and len(call.args) > 1:
                yield f"label in {path.name}", literal(call.args[1]) or "", LABEL
                for keyword in call.keywords:
                    if keyword.arg == "description":
                        yield f"description in {path.name}", literal(keyword.value) or "", DESCRIPTION
                    if keyword.arg == "placeholder":
                        yield f"placeholder in {path.name}", literal(keyword.value) or "", 100
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "self.title":
                yield f"form's title in {path.name}", literal(node.value) or "", TITLE


@pytest.mark.parametrize("language", ["en", *FOLDERS])
def test_texts_fit_where_they_stand(language: str) -> None:
    t = texts(language)
    found = list(limited())
    assert len(found) > 20
    too_long = [(what, t(english), limit) for what, english, limit in found if english and len(t(english)) > limit]
    assert not too_long


NAME = re.compile(r"[-_'\w]{1,32}")


def options(command: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Each part of a command with the parts beside it."""
    stack = [(command["name"], command)]
    while stack:
        path, node = stack.pop()
        siblings: list[dict[str, Any]] = node.get("options") or []
        for part in siblings:
            yield f"{path} {part['name']}", part, siblings
            stack.append((f"{path} {part['name']}", part))


async def payloads(world: World) -> list[dict[str, Any]]:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    translator = bot.tree.translator
    assert translator is not None
    return [dict(await command.get_translated_payload(bot.tree, translator)) for command in bot.tree.get_commands()]


async def test_commands_are_named_and_described_in_every_language(bare_world: World) -> None:
    commands = await payloads(bare_world)
    assert commands
    for command in commands:
        menu = command.get("type", SLASH) != SLASH
        for path, part, siblings in [(command["name"], command, commands), *options(command)]:
            for locale in ("fr", "es-ES", "es-419", "pt-BR"):
                name = part.get("name_localizations", {}).get(locale, part["name"])
                if menu:
                    # In the menus of people and messages: with spaces and capitals, and not described.
                    assert 1 <= len(name) <= 32, (path, locale, name)
                    continue
                assert NAME.fullmatch(name), (path, locale, name)
                assert name == name.lower(), (path, locale, name)
                beside = [other.get("name_localizations", {}).get(locale, other["name"]) for other in siblings]
                assert beside.count(name) == 1, (path, locale, name)
                described = part.get("description_localizations", {}).get(locale)
                assert described, (path, locale, "no description")
                assert len(described) <= DESCRIPTION, (path, locale, described)
            choices: list[dict[str, Any]] = part.get("choices") or []
            for choice in choices:
                for locale in ("fr", "es-ES", "es-419", "pt-BR"):
                    names: dict[str, str] = choice.get("name_localizations") or {}
                    shown = names.get(locale) or str(choice["name"])
                    assert 1 <= len(shown) <= 100, (path, locale, choice)


async def test_texts_name_commands_as_discord_shows_them_in_that_language(bare_world: World) -> None:
    """`/practice share` in an English text is `/pratique partager` in the French one."""
    locale_of = {"fr": "fr", "es": "es-ES", "pt": "pt-BR"}
    commands = await payloads(bare_world)
    paths: dict[str, dict[str, str]] = {}
    for command in commands:
        subcommands: list[dict[str, Any]] = command.get("options") or []
        rows = [(command["name"], [command])]
        rows += [
            (f"{command['name']} {part['name']}", [command, part]) for part in subcommands if part["type"] in (1, 2)
        ]
        for path, parts in rows:
            paths[path] = {
                language: " ".join(part.get("name_localizations", {}).get(locale, part["name"]) for part in parts)
                for language, locale in locale_of.items()
            }
    for (context, message), where in in_code().items():
        for english in [message] if isinstance(message, str) else message:
            named = re.findall(r"(?<![\w/<])/([a-z]+(?: [a-z]+)?)", english)
            for words in named:
                path = words if words in paths else words.split()[0]
                if path not in paths:
                    continue
                for language in FOLDERS:
                    t = texts(language)
                    translated = t.in_context(context, english) if context else t(english)
                    assert f"/{paths[path][language]}" in translated, (where, language, english, translated)
