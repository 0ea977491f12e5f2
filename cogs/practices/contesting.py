"""Why a passage that was found identifies nobody: asked in the same way of practices and of adaptations."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.languages import Texts
from bot.render import clean, label
from cogs.practices import rules
from cogs.practices.safety import Doubt
from data.practices import Contest

# Of a menu.
MOST_OPTIONS = 25

Doubts = Sequence[tuple[str, Doubt]]


def each_once(found: Sequence[Doubt]) -> Doubts:
    """What can be contested, each passage once, by a name for it."""
    return list({doubt.key: doubt for doubt in found}.items())


def ask_why(form: Form, t: Texts, doubts: Doubts, typed: Mapping[str, Any], reader: str) -> None:
    """Give a form its fields: which passages, where there are several, and why.

    Args:
        form: which.
        t: the author's texts.
        doubts: what can be contested.
        typed: what was typed before.
        reader: who reads the reason and decides, in a sentence.
    """
    form.title = t("It identifies nobody")
    shown = doubts[:MOST_OPTIONS]
    if len(shown) > 1:
        options = [(key, label(f"{t(one.field.label)}: {one.finding.text}")) for key, one in shown]
        form.choice("which", t("Which passages?"), options, typed, most=len(options))
    form.text(
        "reason",
        t("Why do they identify nobody?"),
        typed,
        description=reader,
        long=True,
        least=rules.REASON_LEAST,
        most=rules.REASON_MOST,
    )


def contests_of(typed: Typed, doubts: Doubts) -> list[Contest]:
    """What the author contests, and why.

    Raises:
        Refusal: the reason is too short or too long, or no passage is chosen.
    """
    reason = clean(str(typed.get("reason") or ""))
    if not rules.REASON_LEAST <= len(reason) <= rules.REASON_MOST:
        raise Refusal(
            "The reason needs {least} to {most} characters; it has {n}.",
            least=rules.REASON_LEAST,
            most=rules.REASON_MOST,
            n=len(reason),
        )
    which = typed.get("which", [])
    chosen = [one for key, one in doubts if len(doubts) == 1 or key in which]
    if not chosen:
        raise Refusal("Choose the passages that you mean.")
    return [
        Contest(field=one.field.name, type=one.finding.type.value, text=one.finding.text, reason=reason)
        for one in chosen
    ]
