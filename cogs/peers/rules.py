"""What a question to peers is made of. Pure: no Discord, no database."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.authorize import not_found
from bot.errors import Refusal
from bot.render import clean
from data.languages import WORK_LANGUAGES
from data.peers import REGIONS, NewRequest

DRAFT = "peer"
QUESTION_LEAST, QUESTION_MOST = 20, 1000
ANYWHERE = "anywhere"
AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")


def read(typed: Mapping[str, Any], language: str) -> NewRequest:
    """What was typed, in order.

    Args:
        typed: the fields of the form.
        language: the asker's.

    Raises:
        Refusal: something is missing, too long, or none of what the form offers.
    """
    question = typed.get("question")
    text = clean(question) if isinstance(question, str) else ""
    if not QUESTION_LEAST <= len(text) <= QUESTION_MOST:
        raise Refusal(
            "The question needs {least} to {most} characters; it has {n}.",
            least=QUESTION_LEAST,
            most=QUESTION_MOST,
            n=len(text),
        )
    areas = chosen(typed, "key_areas", AREAS)
    if not areas:
        raise Refusal("Choose one key area at least.")
    region = chosen(typed, "region", REGIONS)
    return NewRequest(
        question=text,
        language=language,
        key_areas=areas,
        languages=chosen(typed, "languages", WORK_LANGUAGES),
        region=region[0] if region else None,
    )


def chosen(typed: Mapping[str, Any], name: str, known: Iterable[str]) -> tuple[str, ...]:
    """What was chosen in a menu, of what the menu has."""
    value: Any = typed.get(name) or []
    picked = [value] if isinstance(value, str) else list(value)
    return tuple(one for one in known if one in picked)


def number(text: str) -> int:
    """The id of a question or an offer in a button.

    Raises:
        Refusal: nothing can have it.
    """
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise not_found()
    return int(text)
