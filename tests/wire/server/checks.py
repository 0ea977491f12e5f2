"""What a message must keep to, or Discord refuses it."""

from collections.abc import Iterator
from typing import Any

from tests.wire.server.errors import ApiError, invalid
from tests.wire.server.reading import inner, listed

JSON = dict[str, Any]

V2 = 1 << 15
EMBED_LIMITS = {"title": 256, "description": 4096}


def check_message(given: JSON, files: int, *, edit: bool = False) -> None:
    """Refuse a message that Discord would refuse.

    Raises:
        ApiError: with the code Discord uses.
    """
    if len(given.get("content") or "") > 2000:
        raise invalid(content="Must be 2000 or fewer in length.")
    if len(str(given.get("nonce") or "")) > 25:
        raise invalid(nonce="Must be 25 or fewer in length.")
    parts = ("content", "embeds", "components", "sticker_ids", "poll", "attachments")
    if not edit and not files and not any(given.get(part) for part in parts):
        raise ApiError(400, 50006, "Cannot send an empty message")
    _check_embeds(listed(given, "embeds"))
    _check_components(given)
    if files > 10:
        raise invalid(attachments="Must be 10 or fewer in length.")


def _check_embeds(embeds: list[JSON]) -> None:
    if len(embeds) > 10:
        raise invalid(embeds="Must be 10 or fewer in length.")
    total = 0
    for place, embed in enumerate(embeds):
        for name, limit in EMBED_LIMITS.items():
            _fits(f"embeds.{place}.{name}", embed.get(name), limit)
        _fits(f"embeds.{place}.footer.text", (inner(embed, "footer")).get("text"), 2048)
        _fits(f"embeds.{place}.author.name", (inner(embed, "author")).get("name"), 256)
        fields = listed(embed, "fields")
        if len(fields) > 25:
            raise invalid(**{f"embeds__{place}__fields": "Must be 25 or fewer in length."})
        for number, field in enumerate(fields):
            _fits(f"embeds.{place}.fields.{number}.name", field["name"], 256)
            _fits(f"embeds.{place}.fields.{number}.value", field["value"], 1024)
        texts = [embed.get("title"), embed.get("description"), (inner(embed, "footer")).get("text")]
        texts += [(inner(embed, "author")).get("name")]
        texts += [text for field in fields for text in (field["name"], field["value"])]
        total += sum(len(text or "") for text in texts)
    if total > 6000:
        raise invalid(embeds="Embed size exceeds maximum size of 6000")


def _fits(path: str, text: str | None, limit: int) -> None:
    if text is not None and len(text) > limit:
        raise invalid(**{path.replace(".", "__"): f"Must be {limit} or fewer in length."})


def walk(components: list[JSON]) -> Iterator[JSON]:
    """All components, those inside others too."""
    for one in components:
        yield one
        yield from walk(listed(one, "components"))
        for name in ("accessory", "component"):
            if isinstance(one.get(name), dict):
                yield from walk([one[name]])


def _check_components(given: JSON) -> None:
    components: list[JSON] = listed(given, "components")
    version_2 = bool((given.get("flags") or 0) & V2)
    if not version_2 and any(one["type"] != 1 for one in components):
        raise invalid(components="Value must be one of {1}.")
    if version_2 and (given.get("content") or given.get("embeds")):
        raise ApiError(
            400, 50035, "The 'content' and 'embeds' fields cannot be used with MessageFlags.IS_COMPONENTS_V2"
        )
    if len(components) > (40 if version_2 else 5):
        raise invalid(components="Must be between 1 and 5 in length.")
    seen: set[str] = set()
    for one in walk(components):
        if one["type"] == 1 and not 1 <= len(listed(one, "components")) <= 5:
            raise invalid(components="Must be between 1 and 5 in length.")
        _fits("components.label", one.get("label") if isinstance(one.get("label"), str) else None, 80)
        _fits("components.placeholder", one.get("placeholder"), 150)
        if one["type"] == 3 and not 1 <= len(listed(one, "options")) <= 25:
            raise invalid(components__options="Must be between 1 and 25 in length.")
        custom_id = one.get("custom_id")
        if custom_id is None:
            continue
        if not 1 <= len(custom_id) <= 100:
            raise invalid(components__custom_id="Must be between 1 and 100 in length.")
        if custom_id in seen:
            wrong = {
                "components.custom_id": ("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
            }
            raise ApiError(400, 50035, "Invalid Form Body", wrong)
        seen.add(custom_id)
