"""Buttons and forms find their way back by their custom_id alone."""

import re

import pytest

from bot.buttons import KINDS, fill, read
from bot.forms import Form


def test_a_custom_id_goes_there_and_back() -> None:
    values = {"webinar": "12", "answer": "going"}
    custom_id = fill("webinar:rsvp:{webinar}:{answer}", dict(values)) + "~d7"
    assert read("webinar:rsvp:{webinar}:{answer}", custom_id) == values


def test_a_place_swallows_no_neighbour() -> None:
    assert read("a:{x}:b", "a:1:2:b") is None
    mark = "the delivery's mark is no part of what is opened"
    assert read("open:{form*}", "open:webinar:new:1~d7") == {"form": "webinar:new:1"}, mark


def test_a_custom_id_over_the_limit_is_refused_here_and_not_by_discord() -> None:
    with pytest.raises(ValueError, match="too long"):
        fill("x:{y}", {"y": "z" * 100})


async def test_no_two_kinds_answer_to_one_custom_id(bare_world: object) -> None:
    """The first would take what is the other's. Every kind is known once the bot is up."""
    samples = {form: re.sub(r"\{\w+\*?\}", "1", form) for form in KINDS if form}
    # What Discord's library drops with a view must not be that by which it finds everything else.
    assert not any(kind.__discord_ui_compiled_template__.fullmatch("x") for kind in KINDS.values())
    for form, sample in samples.items():
        answering = [other for other in KINDS if other and read(other, sample) is not None]
        assert answering == [form], sample
    for form in Form.kinds:
        sample = re.sub(r"\{\w+\*?\}", "1", form)
        assert [other for other in Form.kinds if read(other, sample) is not None] == [form]
