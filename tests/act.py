"""Small helps for tests that act as people do and read what they would read."""

from typing import Any

import discord
import simcord
from simcord.results import ResponseMessage


def reply(result: Any) -> ResponseMessage:
    """The message with which an interaction was answered: the last follow-up, else the response itself."""
    message = result.followups[-1] if result.followups else result.response
    assert message is not None, "the bot gave no answer"
    return message


def embed_text(message: ResponseMessage | discord.Message) -> str:
    """All that stands in a message's cards, as one text."""
    lines: list[str] = []
    for embed in message.embeds:
        lines += [embed.title or "", embed.description or ""]
        lines += [f"{field.name}\n{field.value}" for field in embed.fields]
        lines.append(embed.footer.text or "")
    return "\n".join(line for line in lines if line)


def all_text(message: ResponseMessage | discord.Message) -> str:
    """All that stands in a message: its text and its cards."""
    return f"{message.content}\n{embed_text(message)}"


def components(message: ResponseMessage | discord.Message) -> list[dict[str, Any]]:
    """The buttons and menus of a message, as Discord has them."""
    rows: list[Any] = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    return [item for row in rows for item in row.get("components", [])]


def button_labels(message: ResponseMessage | discord.Message) -> list[str]:
    """What stands on a message's buttons."""
    return [item["label"] for item in components(message) if item.get("label")]


def fields(shown: simcord.InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form that was shown, by their names."""
    assert shown.modal is not None, "no form was shown"
    inner = [part.get("component", part) for part in shown.modal["components"]]
    return {item["custom_id"]: item for item in inner if "custom_id" in item}
