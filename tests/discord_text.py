"""What of the bot's messages would be more than text in Discord, or more than Discord takes."""

import re
from collections.abc import Iterator
from typing import Any, cast

import simcord

# Sent with a mention of somebody who is not there: whoever shows it unescaped has taken it from a person's text.
NOBODY = "123456789012345678"
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u061c\u00ad]")
# Ours: it takes the meaning off @everyone.
HARMLESS_AT = "@\u200b"
ACTS = {
    "mentions everyone": re.compile(r"@(?:everyone|here)", re.IGNORECASE),
    "mentions somebody": re.compile(rf"(?<!\\)<(?:@[!&]?|#|/[^<>:]{{1,32}}:|a?:\w+:){NOBODY}>"),
    "hides where a link leads": re.compile(r"(?<!\\)(?:\\\\)*\[[^\]\n]{0,500}(?<!\\)\]\(<?https?:", re.IGNORECASE),
    "hides itself": re.compile(r"(?<!\\)\|\|"),
    "is code": re.compile(r"(?<!\\)`(?!<)[^`]*evil"),
}
Sent = dict[str, Any]
MESSAGE_PATHS = re.compile(r"/messages|/callback$|/webhooks/|/threads$")


def faults(requests: list[Any]) -> list[str]:
    """What is wrong with what the bot sent, each fault once."""
    found: dict[str, None] = {}
    for request in requests:
        body: Any = request.json
        if request.method not in ("POST", "PATCH", "PUT") or type(body) is not dict:
            continue
        for fault in _faults(request.path, cast("Sent", body)):
            found[f"{request.method} {request.path}: {fault}"] = None
    return list(found)


def _faults(path: str, sent: Sent) -> Iterator[str]:
    if path.endswith("/scheduled-events"):
        yield from _long("name", sent.get("name"), 100)
        yield from _long("description", sent.get("description"), 1000)
        yield from _acting(str(sent.get("description")))
        return
    if not MESSAGE_PATHS.search(path):
        return
    message: Sent = sent.get("data", sent) if path.endswith("/callback") else sent.get("message", sent)
    if path.endswith("/threads"):
        yield from _long("name of a thread", sent.get("name"), 100)
        yield from _invisible("name of a thread", sent.get("name"))
    if "choices" in message:
        choices: list[Sent] = message["choices"]
        for choice in choices:
            yield from _long("choice", choice["name"], 100)
            yield from _long("value of a choice", choice["value"], 100)
            yield from _invisible("choice", choice["name"])
        return
    if "title" in message and "custom_id" in message:
        yield from _modal(message)
        return
    yield from _mentions(message)
    yield from _message(message)


def _mentions(message: Sent) -> Iterator[str]:
    if message.get("content") is None and not message.get("embeds"):
        return
    allowed = message.get("allowed_mentions")
    if allowed is None or allowed.get("parse") != []:
        yield f"mentions are not forbidden: {allowed}"


def _message(message: Sent) -> Iterator[str]:
    yield from _long("content", message.get("content"), 2000)
    yield from _acting(message.get("content") or "")
    embeds: list[Sent] = message.get("embeds") or []
    if len(embeds) > 10:
        yield "more than 10 cards"
    total = 0
    for embed in embeds:
        fields: list[Sent] = embed.get("fields") or []
        if len(fields) > 25:
            yield "more than 25 fields"
        footer: Sent = embed.get("footer") or {}
        parts: list[tuple[str, str | None, int]] = [
            ("title", embed.get("title"), 256),
            ("description", embed.get("description"), 4096),
            ("footer", footer.get("text"), 2048),
            *(("name of a field", field["name"], 256) for field in fields),
            *(("field", field["value"], 1024) for field in fields),
        ]
        for name, text, limit in parts:
            total += len(text or "")
            yield from _long(name, text, limit)
            if name != "footer":
                yield from _acting(text or "")
            yield from _invisible(name, text)
        if any(not field["name"].strip() or not field["value"].strip() for field in fields):
            yield "an empty field"
    if total > 6000:
        yield f"cards of {total} characters"
    rows: list[Sent] = message.get("components") or []
    if len(rows) > 5 or any(len(row.get("components") or []) > 5 for row in rows):
        yield "more than five rows, or more than five buttons in one"
    yield from _parts(rows)


def _parts(components: list[Sent]) -> Iterator[str]:
    for part in components:
        yield from _long("label", part.get("label"), 80)
        yield from _invisible("label", part.get("label"))
        yield from _long("placeholder", part.get("placeholder"), 150)
        yield from _long("custom_id", part.get("custom_id"), 100)
        options: list[Sent] = part.get("options") or []
        if len(options) > 25:
            yield "more than 25 options"
        for option in options:
            yield from _long("option", option["label"], 100)
            yield from _long("value of an option", option["value"], 100)
            yield from _long("description of an option", option.get("description"), 100)
            yield from _invisible("option", option["label"])
            if not option["label"].strip():
                yield "an empty option"
        yield from _parts(part.get("components") or [])


def _modal(form: Sent) -> Iterator[str]:
    yield from _long("title of a form", form["title"], 45)
    parts: list[Sent] = form["components"]
    if not 1 <= len(parts) <= 5:
        yield f"a form of {len(parts)} fields"
    yield from _long("custom_id of a form", form["custom_id"], 100)
    for part in parts:
        yield from _long("label of a field", part.get("label"), 45)
        yield from _long("description of a field", part.get("description"), 100)
        field: Sent = part.get("component") or {}
        yield from _long("placeholder", field.get("placeholder"), 100)
        yield from _long("what stands in a field", field.get("value"), field.get("max_length") or 4000)


def _long(name: str, text: str | None, limit: int) -> Iterator[str]:
    if text is not None and len(str(text)) > limit:
        yield f"{name} of {len(text)} characters: {text[:60]!r}"


def _invisible(name: str, text: str | None) -> Iterator[str]:
    if text is not None and INVISIBLE.search(text.replace(HARMLESS_AT, "@")):
        yield f"{name} holds what nobody sees: {text[:200]!r}"


def _acting(text: str) -> Iterator[str]:
    yield from _invisible("text", text)
    for what, pattern in ACTS.items():
        match = pattern.search(text)
        if match:
            yield f"{what}: {text[max(match.start() - 40, 0) : match.end() + 40]!r}"


def answers(result: simcord.InteractionResult) -> bool:
    """Whether a person got any answer at all."""
    return bool(result.acknowledged and (result.modal is not None or result.response is not None or result.followups))
