"""Safeguarding: what in a text may identify a survivor, a witness, an officer or an open case.

Pure: no Discord, no database, no network. A person decides; this only points, and proposes a safer wording.
"""

from data.safeguarding.finding import Context, Finding, Kind

__all__ = ["Context", "Finding", "Kind", "check", "guess_language", "label"]

# What they need takes as long to make ready as a hundred other modules, so it is imported when the first is called.


def check(text: str, *, context: Context = Context.PRACTICE, language: str | None = None) -> tuple[Finding, ...]:
    """Find what may identify a person or an open case: see `data.safeguarding.checker`.

    Args:
        text: in any of the four languages, of any length; the time grows with it and with nothing else.
        context: what the text is for; names of speakers and of members are expected in some.
        language: `en`, `fr`, `es` or `pt` for the suggestions; guessed from the text if not given.

    Returns:
        The findings in the order of the text. Their positions are those of `text` itself, in characters.
    """
    from data.safeguarding.checker import check as look

    return look(text, context=context, language=language)


def guess_language(text: str, default: str = "en") -> str:
    """The likeliest language of a text, `en`, `fr`, `es` or `pt`; `default` where nothing tells."""
    from data.safeguarding.languages import guess_language as guess

    return guess(text, default)


def label(kind: Kind, language: str) -> str:
    """What a finding is, in a language; English for one that is not ours."""
    from data.safeguarding.wording import label as name

    return name(kind, language)
