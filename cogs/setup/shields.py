"""What Discord's AutoMod is told to hold back in the server: what never belongs into a channel, and nothing else.

Discord reads patterns as Rust's `regex` does: no looking around, no reference back. Six rules of this kind fit into a
server, ten patterns of 260 characters into a rule. Names cannot be told by patterns; they are left to people.
"""

from dataclasses import dataclass

from bot.languages import Texts

# As many rules of this kind as Discord allows in one server.
MOST_RULES = 6
_GAP = r"[ .\-/()]{0,3}"
_PRIVATE_MAIL = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|msn|proton(?:mail)?|gmx|uol|bol|terra|orange|wanadoo|"
    r"sfr|laposte|free|inbox|abv|web|mail|tutanota)"
)
CONTACTS = (
    # International, and national in groups: France and Senegal, Spain and Peru, Brazil, Chile, Romania and Sweden.
    rf"(?:\+|\b00)[1-9]\d{{0,2}}{_GAP}\d(?:{_GAP}\d){{6,11}}\b",
    r"\b0[1-9](?:[ .\-]?\d{2}){4}\b",
    r"\b(?:33|7[05678])[ .\-]\d{3}[ .\-]\d{2}[ .\-]\d{2}\b",
    r"\b[679]\d{2}[ .\-]\d{3}[ .\-]\d{3}\b",
    r"(?:\(\d{2}\) ?|\b\d{2} )9?\d{4}[ \-]\d{4}\b",
    r"\b9[ .\-]?\d{4}[ .\-]\d{4}\b",
    r"\b0[67]\d{1,2}[ .\-/]\d{2,3}(?:[ .\-]\d{2,3}){1,3}\b",
    rf"(?i)\b[a-z0-9._%+\-]{{2,40}}@{_PRIVATE_MAIL}\.[a-z.]{{2,8}}\b",
    (
        r"(?i)\b[a-z0-9._\-]{2,30} ?(?:[\[(] ?(?:at|arroba|arobase) ?[\])]|arroba|arobase) ?[a-z0-9\-]{2,30}"
        r"(?: ?\.| ?[\[(]? ?(?:dot|punto|ponto|point)) ?[\])]? ?[a-z]{2,6}\b"
    ),
)
DOCUMENTS = (
    r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b",
    r"\b\d{1,2}\.\d{3}\.\d{3}-[\dkK]\b",
    r"\b(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z]\b",
    r"\b\d{6}[\-+A]\d{3}[0-9A-Y]\b",
    r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}\b",
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b",
    r"\b\d{7}-?\d{2}\.\d{4}\.\d\.?\d{2}\.\d{4}\b",
    r"\b(?:[A-Z]{2}-\d{3}-[A-Z]{2}|R[A-F][A-Z] ?\d{3} ?[A-Z]|[A-Z]{3}\d[A-J]\d{2}|\d{4} ?[B-DF-HJ-NP-TV-Z]{3})\b",
    r"-?\b\d{1,2}\.\d{4,8}, ?-?\d{1,3}\.\d{4,8}\b",
)
# Numbers that everybody may call and offices that everybody may write to.
ALLOWED = ("116 006*", "116 000*", "116 111*", "0800*", "0 800*", "800 *", "*@*.gov.*", "*@*.gob.*", "*@*.gouv.*")


@dataclass(frozen=True, slots=True)
class Shield:
    """One rule: its name, what it holds back, and what is said to whoever wrote it.

    Attributes:
        name: in the community's first language, 100 characters at most.
        patterns: of Rust's flavour; ten of 260 characters at most.
        said: to the person, 150 characters at most.
    """

    name: str
    patterns: tuple[str, ...]
    said: str


def shields(t: Texts) -> tuple[Shield, ...]:
    """The rules, named and worded in the community's first language."""
    return (
        Shield(
            t("Convenor: phone numbers and e-mail addresses"),
            CONTACTS,
            t("A phone number or e-mail address of a person? Please leave it out. Moderators can help."),
        ),
        Shield(
            t("Convenor: documents, case numbers, plates"),
            DOCUMENTS,
            t("The number of a document, a case or a vehicle? Please leave it out. Moderators can help."),
        ),
    )
