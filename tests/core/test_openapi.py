"""That requests are checked against Discord's own description, and that the check can fail."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.demo.world import World
from tests import openapi


@dataclass
class Request:
    """As simcord records one."""

    method: str
    path: str
    params: dict[str, Any] | None
    json: Any


def test_a_wrong_request_is_found() -> None:
    if not openapi.available:
        pytest.skip("Discord's API description is not beside the project: requests are not checked")
    long_label = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "x"}]}
    wrong = openapi.faults([Request("POST", "/channels/1/messages", None, {"components": [long_label]})])
    assert len(wrong) == 1
    assert openapi.faults([Request("POST", "/no/such/route", None, None)])


async def test_the_requests_of_a_start_are_there_to_be_checked(bare_world: World) -> None:
    await bare_world.owner.actor.slash(bare_world.channel("general"), "setup")
    routes = {(request.method, request.path.split("/")[1]) for request in bare_world.env.http_requests}
    assert ("PUT", "applications") in routes
    assert ("POST", "interactions") in routes
