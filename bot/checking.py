"""`convenor check-text`: what in a text may identify a person, from standard input. Needs no token and no database."""

import json
import sys
from collections.abc import Sequence

from data.languages import LANGUAGES
from data.safeguarding import Finding, check, guess_language, label
from data.safeguarding.wording import REPORT


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or UTF-16 that says so; what is neither becomes replacement characters."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def as_json(findings: Sequence[Finding]) -> str:
    """One JSON object; positions count the characters (code points) of the text."""
    listed = [
        {"type": one.type.value, "start": one.start, "end": one.end, "text": one.text, "suggestion": one.suggestion}
        for one in findings
    ]
    return json.dumps({"identifying": bool(findings), "findings": listed}, ensure_ascii=False)


def report(text: str, findings: Sequence[Finding], language: str) -> str:
    """For a person to read: each passage with its line, what it is, and a safer wording."""
    if not findings:
        return REPORT["clean"][language]
    lines = [REPORT["found"][language], ""]
    for one in findings:
        number = text.count("\n", 0, one.start) + 1
        passage = " ".join(one.text.split())
        lines.append(f"{number:4}  {passage}  ({label(one.type, language)})")
        lines.append(f"      {REPORT['safer'][language].format(wording=one.suggestion)}")
    return "\n".join(lines)


def check_input(*, as_object: bool, language: str | None) -> None:
    """Check standard input and print what was found.

    Args:
        as_object: print JSON.
        language: of the text; guessed if not given. The report is in it.
    """
    text = decode(sys.stdin.buffer.read())
    known = language if language in LANGUAGES else guess_language(text)
    findings = check(text, language=known)
    printed = as_json(findings) if as_object else report(text, findings, known)
    # Whatever the terminal's encoding: JSON is UTF-8, and a lone surrogate must not end the program.
    sys.stdout.buffer.write(printed.encode("utf-8", errors="replace") + b"\n")
    sys.stdout.buffer.flush()
