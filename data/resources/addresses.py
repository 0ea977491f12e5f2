"""Addresses of resources: which may be shown to people, and which of them are the same."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

LONGEST = 500
# Names that lead to the machine of whoever opens them, or nowhere.
_NOWHERE = ("localhost", "local", "internal", "lan", "home", "corp", "localdomain", "invalid", "onion")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# What no address holds as it is; browsers drop the first two silently, so that a word could hide behind them.
_STRAY = re.compile(r"[\s\x00-\x1f\x7f<>\"'`\\^{|}]")
# Only tells from where somebody came.
_TRACKING = re.compile(r"(utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid)=[^&]*", re.IGNORECASE)


class AddressFault(ValueError):
    """An address that is not taken.

    Attributes:
        code: `none` (no address at all), `https` (another scheme), `credentials` (a name or password in it), `host`
            (leads nowhere that everyone can reach), `letters` (letters that look like those of another name), `long`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be shown.

    Attributes:
        url: in the form in which browsers send it: small letters, and no letters beyond ASCII.
        foreign: whether its name was written with letters beyond ASCII, so that a person should look at it twice.
    """

    url: str
    foreign: bool


def read_address(text: str) -> Address:
    """Read an address as somebody typed it.

    Raises:
        AddressFault: it is not to be shown to people as the place of a resource.
    """
    typed = unicodedata.normalize("NFC", text).strip()
    if not typed:
        raise AddressFault("none")
    if _STRAY.search(typed):
        raise AddressFault("none" if " " in typed else "host")
    parts = _split(typed)
    if "@" in parts.netloc:
        raise AddressFault("credentials")
    host, foreign = _host(parts)
    path = _quoted(parts.path) or "/"
    url = urlunsplit(("https", host, path, _quoted(parts.query), _quoted(parts.fragment)))
    if len(url) > LONGEST:
        raise AddressFault("long")
    return Address(url, foreign)


def _split(typed: str) -> SplitResult:
    scheme, colon, _ = typed.partition(":")
    # `example.org/guide` is taken for what it means; `javascript:...` and `http://...` are not.
    if not colon or ("." in scheme and "/" not in scheme and re.match(r"[^:]+:\d+(/|$)", typed)):
        typed = f"https://{typed}"
    elif scheme.lower() != "https":
        raise AddressFault("https" if re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", scheme) else "none")
    try:
        parts = urlsplit(typed)
        _ = parts.port
    except ValueError as error:
        raise AddressFault("host") from error
    return parts


def _host(parts: SplitResult) -> tuple[str, bool]:
    """The name of the machine as browsers send it, and whether it was written with letters beyond ASCII.

    Raises:
        AddressFault: it has none that everyone can reach, or one that looks like another.
    """
    if parts.port not in (None, 443):
        raise AddressFault("host")
    shown = (parts.hostname or "").rstrip(".")
    labels = shown.split(".")
    foreign = not shown.isascii() or any(label.startswith("xn--") for label in labels)
    try:
        known = [_meant(label) for label in labels]
        sent = [label if label.isascii() else label.encode("idna").decode() for label in known]
    except (UnicodeError, ValueError) as error:
        raise AddressFault("letters" if foreign else "host") from error
    if any(not _is_latin(label) for label in known):
        raise AddressFault("letters")
    host = ".".join(sent).lower()
    if len(sent) < 2 or len(host) > 253 or sent[-1] in _NOWHERE or not re.search("[a-z]", sent[-1]):
        raise AddressFault("host")
    if not all(_LABEL.fullmatch(label) for label in sent) or _is_number(host):
        raise AddressFault("host")
    return host, foreign


def _meant(label: str) -> str:
    return label.encode("ascii").decode("idna") if label.startswith("xn--") else label


def _is_latin(label: str) -> bool:
    """Whether all its letters are those of the alphabet that readers here know, with or without their accents."""
    base = [char for char in unicodedata.normalize("NFKD", label) if not unicodedata.combining(char)]
    return all(char.isascii() for char in base) and unicodedata.normalize("NFKC", label) == label


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    """A part with what Discord or a reader could take for something else written as numbers."""
    kept = re.sub(r"[@()*~\[\]]", lambda sign: f"%{ord(sign[0]):02X}", text)
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in kept)


def address_key(url: str | None) -> str | None:
    """What is the same for addresses that lead to the same thing; None without address."""
    if not url:
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = "&".join(sorted(part for part in _TRACKING.sub("", parts.query).split("&") if part))
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
