"""Buttons and forms find their way back by their custom_id alone."""

import re

import pytest

from bot.buttons import KINDS, MARK, fill, pattern_of
from bot.forms import Form


def test_a_custom_id_goes_there_and_back() -> None:
    pattern = re.compile(pattern_of("webinar:rsvp:{webinar}:{answer}") + MARK)
    match = pattern.fullmatch(fill("webinar:rsvp:{webinar}:{answer}", {"webinar": 12, "answer": "going"}) + "~d7")
    assert match is not None
    assert match.groupdict() == {"webinar": "12", "answer": "going", "delivery_": "7"}


def test_a_place_swallows_no_neighbour() -> None:
    assert not re.fullmatch(pattern_of("a:{x}:b"), "a:1:2:b")
    match = re.fullmatch(pattern_of("open:{form*}") + MARK, "open:webinar:new:1~d7")
    assert match is not None
    assert match["form"] == "webinar:new:1", "the delivery's mark is no part of what is opened"


def test_a_custom_id_over_the_limit_is_refused_here_and_not_by_discord() -> None:
    with pytest.raises(ValueError, match="too long"):
        fill("x:{y}", {"y": "z" * 100})


async def test_no_two_kinds_answer_to_one_custom_id(bare_world: object) -> None:
    """Discord would run both. Every kind is known once the bot is up."""
    samples = {form: re.sub(r"\{\w+\*?\}", "1", form) for form in KINDS if form}
    for form, sample in samples.items():
        answering = [other for other in KINDS if other and re.fullmatch(pattern_of(other) + MARK, sample)]
        assert answering == [form], sample
    forms = [kind.form for _, kind in Form.kinds]
    for form in forms:
        sample = "form:" + re.sub(r"\{\w+\*?\}", "1", form)
        assert [kind.form for pattern, kind in Form.kinds if pattern.fullmatch(sample)] == [form]
