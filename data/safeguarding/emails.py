"""E-mail addresses of people, disguised ones too; not those of offices."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import given_names, words
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

_AT_SIGN = r"(?:\s?@\s?|\s?[\[({<]\s?(?:at|a|arroba|arobase|arrobase|aroba|chez|@|a commercial|em)\s?[\])}>]\s?)"
_AT_WORD = r"(?:\s(?P<at>arroba|arobase|arrobase|a commercial|at sign|at|chez)\s)"
_DOT_SIGN = r"(?:\s?\.\s?|\s?[\[({<]\s?(?:dot|point|punto|ponto|\.)\s?[\])}>]\s?|\s(?:dot|point|punto|ponto)\s)"
_DOT_WORD = r"(?:\s?[\[({<]\s?(?:dot|point|punto|ponto)\s?[\])}>]\s?|\s(?:dot|point|punto|ponto)\s|\.)"
_LOCAL = (
    r"(?P<local>[a-z\d][\w.+'-]{0,63}(?:\s(?:dot|point|punto|ponto|underscore|guion bajo|guion|tiret bas|tiret|"
    r"hifen|underline)\s[\w.+-]{1,40}){0,3})"
)
_LABEL = r"[a-z\d][a-z\d-]{0,40}"
_PLAIN = re.compile(rf"(?<![\w.+-]){_LOCAL}{_AT_SIGN}(?P<domain>{_LABEL}(?:{_DOT_SIGN}{_LABEL}){{1,4}})(?![\w@])")
_SPOKEN = re.compile(rf"(?<![\w.+-]){_LOCAL}{_AT_WORD}(?P<domain>{_LABEL}(?:{_DOT_WORD}{_LABEL}){{1,3}})(?![\w@])")
_TOP = re.compile(r"(?:com|org|net|int|edu|gov|gob|gouv|gub|info|biz|eu|fm|io|me|[a-z]{2})\Z")
_DOTS = re.compile(_DOT_SIGN)
_SEPARATOR = re.compile(
    r"[._+\-]|\s(?:dot|point|punto|ponto|underscore|guion bajo|guion|tiret bas|tiret|hifen|underline)\s"
)


def _office(local: str, labels: list[str]) -> bool:
    """Whether an address is an office's, by what stands before the @ and whose domain it is."""
    parts = [part for part in _SEPARATOR.split(local) if part]
    bare = [re.sub(r"\d+$", "", part) for part in parts]
    named = any(part in given_names() and part not in words("roles_in_mail") for part in bare)
    roles = words("roles_in_mail")
    role = any(part in roles or any(len(word) > 4 and word in part for word in roles) for part in bare)
    if role:
        return not named
    if named or labels[0] in words("free_mail"):
        return False
    if (len(parts) > 1 and sum(map(str.isdigit, local)) > 1) or re.search(r"[a-z](?:19[4-9]|20[01])\d$", local):
        # A year of birth: `majo.k1990`.
        return False
    # `m.lopez` and `lopez.garcia` are people; one word that is no name is a team, a programme, a town.
    return len(parts) < 2 or not all(part.isalpha() for part in parts) or not any(len(part) > 2 for part in parts)


def _ends(domain: str, last: str) -> bool:
    """Whether a label ends a domain: any word does where nothing is spaced out or spelled."""
    return bool(_TOP.match(last)) or (last.isalpha() and re.fullmatch(r"[a-z\d.-]+", domain) is not None)


def find_emails(reading: Reading) -> Iterator[Mark]:
    """Addresses that lead to one person."""
    seen = 0
    for match in sorted([*_PLAIN.finditer(reading.low), *_SPOKEN.finditer(reading.low)], key=lambda one: one.start()):
        labels = [label.strip() for label in _DOTS.split(match["domain"]) if label.strip()]
        end = match.end()
        while labels and len(labels) > 2 and not _ends(match["domain"], labels[-1]):
            # The sentence went on after the address.
            end = match.start("domain") + match["domain"].rindex(labels[-1])
            labels.pop()
        end = match.start() + len(reading.low[match.start() : end].rstrip(" .[(<{"))
        if match.start() < seen or len(labels) < 2 or not _ends(match["domain"], labels[-1]):
            continue
        if (
            match.groupdict().get("at") in {"at", "chez"}
            and "." in match["domain"]
            and labels[0] not in words("free_mail")
        ):
            # 'Look at www.example.org' is no address.
            continue
        seen = end
        if not _office(match["local"], labels):
            start = match.start()
            yield Mark(Kind.EMAIL, start, end, safer(Kind.EMAIL, reading.language), 0.95)
