"""What in a text may identify a person, found beside the event loop and said in the reader's language."""

import asyncio
from collections.abc import Iterable, Mapping

from bot.languages import Texts
from bot.render import one_line
from data.safeguarding import Context, Finding, check, guess_language, label

# Of a passage and of its safer wording, as they are quoted.
QUOTED = 120


async def find_in(
    written: Mapping[str, str], context: Context, language: str | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Check some texts of one person. It takes milliseconds for each, so that it runs in a thread.

    Args:
        written: the texts by their names.
        context: what they are for.
        language: of the texts, for the safer wording; guessed from all of them together if not given.

    Returns:
        What was found, by name, in the order of the texts; without those in which nothing was.
    """

    def look() -> dict[str, tuple[Finding, ...]]:
        known = language or guess_language("\n".join(written.values()))
        found = {name: check(text, context=context, language=known) for name, text in written.items() if text}
        return {name: findings for name, findings in found.items() if findings}

    return await asyncio.to_thread(look)


def passage_line(t: Texts, finding: Finding) -> str:
    """A passage and what it may be, fit for Markdown."""
    kind = label(finding.type, t.language)
    return t("“{passage}” ({kind})", passage=one_line(finding.text, QUOTED), kind=kind)


def safer_line(t: Texts, finding: Finding) -> str:
    """What could stand there instead."""
    return t("Safer: “{wording}”", wording=one_line(finding.suggestion, QUOTED))


def warning(t: Texts, findings: Iterable[Finding], *, most: int = 4) -> str:
    """A line for somebody about to send a text in which something was found: a warning, not an obstacle.

    Args:
        t: texts of whoever reads it.
        findings: what was found; empty gives an empty text.
        most: how many passages are quoted.
    """
    found = list(findings)
    if not found:
        return ""
    lines = [t("**Please look again:** these passages may tell who a person is. Change them if they do.")]
    lines += [f"- {passage_line(t, one)} {safer_line(t, one)}" for one in found[:most]]
    if len(found) > most:
        lines.append(t.plural("and {n} more", "and {n} more", len(found) - most))
    return "\n".join(lines)
