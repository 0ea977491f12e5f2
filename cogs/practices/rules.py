"""What a practice is made of, step by step, and what is still wrong with a draft. Pure: no Discord, no database."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import Refusal
from bot.languages import N_, Texts
from bot.render import clean, one_line
from data import countries
from data.languages import LANGUAGES
from data.practices import Content, Practice
from data.safeguarding import guess_language
from data.wording import Wording

AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
STAGES = ("idea", "pilot", "implemented", "scaled", "ended")
DECLARATIONS = ("identity", "case", "authorised")
# What an author may allow. Drafts of before named the first `contact`, and `shown` or `hidden`.
ALLOWED = ("contact", "reuse", "translate")
SHOWN = "shown"
# From untested to replicated; what the numbers mean is told by `level_name`.
LEVELS = ("0", "1", "2", "3", "4", "5")
OUTCOMES = ("worked", "mixed", "did-not-work", "harm")

MOST_AREAS = 2
MOST_DRAFTS = 10
COMMENT_LEAST, COMMENT_MOST = 10, 1000
REASON_LEAST, REASON_MOST = 10, 300

TOKEN = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Text:
    """A field to write in: its name in the draft, label and hint (English texts), and its length in characters."""

    name: str
    label: str
    hint: str
    least: int
    most: int
    long: bool = True


TITLE = Text("title", N_("Title"), N_("What was done, in a few words. No names of people."), 10, 90, long=False)
SUMMARY = Text("summary", N_("Summary"), N_("What it is and why it helps. 50 to 400 characters."), 50, 400)
COUNTRY = Text("country", N_("Country"), N_("Its name in English, French, Spanish or Portuguese."), 1, 100, long=False)
WHAT = (
    Text("problem", N_("The problem"), N_("What was wrong, and for whom. No names, no case details."), 20, 500),
    Text("intended", N_("What it was meant to change"), N_("The outcome you wanted, and for whom."), 0, 250),
    Text("done", N_("What was done"), N_("Step by step, so that others could do it too."), 20, 800),
    Text("participants", N_("Who took part"), N_("Services and survivors' organisations, not persons."), 0, 300),
    Text("cost", N_("Cost"), N_("Money, staff and time, roughly."), 0, 200),
)
EVIDENCE = (
    Text(
        "results",
        N_("Results, and what did not work"),
        N_("What changed and how you know. No small counts that point to a person."),
        10,
        800,
    ),
    Text("how", N_("How it works"), N_("Why it leads to these results, as far as you can tell."), 0, 300),
    Text(
        "enablers", N_("What helps, what hinders"), N_("Laws, people, money, habits: what it needs around it."), 0, 300
    ),
    Text(
        "adapting",
        N_("What must stay, what may change"),
        N_("What others have to keep if they try it, and what they are free to change."),
        0,
        500,
    ),
    Text(
        "risks",
        N_("Risks and safeguards"),
        N_("What could harm survivors or staff, and how that is prevented."),
        10,
        500,
    ),
)
SOURCES = Text("sources", N_("Sources"), N_("Laws, reports, web pages: public ones only."), 0, 300)

SECTIONS = (*WHAT, *EVIDENCE, SOURCES)
TEXTS: dict[str, tuple[Text, ...]] = {
    "basics": (TITLE, COUNTRY, SUMMARY),
    "what": WHAT,
    "evidence": EVIDENCE,
    "release": (SOURCES,),
}
STEPS = tuple(TEXTS)


def step_name(t: Texts, step: str) -> str:
    """What a step is called."""
    return {
        "basics": t("The basics"),
        "what": t("What was done"),
        "evidence": t("Results and risks"),
        "release": t("Sources and declarations"),
    }[step]


def stage_name(t: Texts, stage: str) -> str:
    """How far a practice has come."""
    return {
        "idea": t.in_context("stage", "Idea"),
        "pilot": t.in_context("stage", "Pilot"),
        "implemented": t.in_context("stage", "Implemented"),
        "scaled": t.in_context("stage", "Scaled up"),
        "ended": t.in_context("stage", "Ended"),
    }[stage]


def level_name(t: Texts, level: int) -> str:
    """How strong the evidence is, with its number: colours and stars would say less."""
    return {
        0: t.in_context("evidence", "0 – untested"),
        1: t.in_context("evidence", "1 – experience of those who do it"),
        2: t.in_context("evidence", "2 – compared before and after, in one place"),
        3: t.in_context("evidence", "3 – compared with others who did not do it"),
        4: t.in_context("evidence", "4 – evaluated independently"),
        5: t.in_context("evidence", "5 – repeated elsewhere, with the same result"),
    }[level]


def outcome_name(t: Texts, outcome: str) -> str:
    """Whether it worked, which has nothing to do with how well that is known."""
    return {
        "worked": t.in_context("outcome", "It worked"),
        "mixed": t.in_context("outcome", "Mixed results"),
        "did-not-work": t.in_context("outcome", "It did not work"),
        "harm": t.in_context("outcome", "It did harm"),
    }[outcome]


def permission(t: Texts, name: str) -> str:
    """What an author allows."""
    return {
        "contact": t("Show my name, so that others can ask me"),
        "reuse": t("Others may use and adapt it, if they name us"),
        "translate": t("It may be translated"),
    }[name]


def language_name(t: Texts, language: str) -> str:
    """One of the four languages."""
    return {
        "en": t.in_context("language", "English"),
        "fr": t.in_context("language", "French"),
        "es": t.in_context("language", "Spanish"),
        "pt": t.in_context("language", "Portuguese"),
    }[language]


def declaration(t: Texts, name: str) -> str:
    """What an author declares."""
    return {
        "identity": t("Nothing in it identifies a person"),
        "case": t("Nothing in it is about an open case"),
        "authorised": t("I am authorised to share it"),
    }[name]


def new_token() -> str:
    """The subject of a new draft; a part of the practice's id later."""
    return secrets.token_hex(4)


def is_token(draft: str) -> bool:
    """Whether a draft's subject is a token; else it is the id of a practice that was returned."""
    return TOKEN.fullmatch(draft) is not None


def page_number(text: str) -> int:
    """A page from a button; the first where somebody forged one."""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def discord_id(text: str) -> int:
    """A server's id from a button; 0, which is nobody's, where somebody forged one."""
    return int(text) if re.fullmatch(r"[0-9]{1,19}", text) and int(text) < 1 << 63 else 0


def written(data: Mapping[str, Any], field: Text) -> str:
    """What stands in a field, as it will be stored."""
    text = clean(str(data.get(field.name) or ""))
    return text if field.long else " ".join(text.split())


def chosen(data: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> list[str]:
    """What was chosen in a menu, in the order of the menu; what the menu does not have is left out."""
    value: Any = data.get(name) or []
    picked = [value] if isinstance(value, str) else list(value)
    return [option for option in allowed if option in picked]


def draft_title(t: Texts, data: Mapping[str, Any]) -> str:
    """What to call a draft in a list: as typed, not yet fit for Markdown."""
    return written(data, TITLE) or t("Untitled draft")


def length_fault(field: Text, text: str) -> Refusal | None:
    """Whether a text is too short or too long."""
    label: Callable[[Texts], str] = lambda t: t(field.label)  # noqa: E731 - a value that is asked for its text
    if len(text) < field.least:
        return Refusal(
            "“{field}” needs at least {least} characters, without spaces at the ends; it has {n}.",
            field=label,
            least=field.least,
            n=len(text),
        )
    if len(text) > field.most:
        return Refusal(
            "“{field}” may have {most} characters at most; it has {n}.", field=label, most=field.most, n=len(text)
        )
    return None


def country_fault(text: str) -> Refusal | None:
    """Whether a country is not known; offers those that sound alike."""
    if countries.find(text) is not None:
        return None
    shown = one_line(text, 60)

    def alike(t: Texts) -> str:
        names = [countries.name(code, t.language) for code in countries.suggest(text, t.language, limit=3)]
        return " " + t("Did you mean: {names}?", names=", ".join(names)) if names else ""

    return Refusal(
        "The country “{typed}” is not known. Write its name in English, French, Spanish or Portuguese.{alike}",
        typed=shown,
        alike=alike,
    )


def fault(step: str, data: Mapping[str, Any]) -> Refusal | None:
    """The first thing that is wrong with a step of a draft, or None where it can be taken.

    What in it may identify a person is found elsewhere, since that takes longer: see `safety`.
    """
    for field in TEXTS[step]:
        found = length_fault(field, written(data, field))
        if found is not None:
            return found
    if step == "basics":
        return _basics_fault(data)
    if step == "release":
        return _release_fault(data)
    return None


def _basics_fault(data: Mapping[str, Any]) -> Refusal | None:
    areas = chosen(data, "key_areas", AREAS)
    if not 1 <= len(areas) <= MOST_AREAS:
        return Refusal("Choose one or two key areas.")
    if len(chosen(data, "stage", STAGES)) != 1:
        return Refusal("Choose the stage.")
    return country_fault(written(data, COUNTRY))


def _release_fault(data: Mapping[str, Any]) -> Refusal | None:
    if len(chosen(data, "evidence_level", LEVELS)) != 1:
        return Refusal("Choose how strong the evidence is.")
    if len(chosen(data, "outcome", OUTCOMES)) != 1:
        return Refusal("Choose what came of it.")
    if len(chosen(data, "declarations", DECLARATIONS)) < len(DECLARATIONS):
        return Refusal("A practice can only be shared if all three declarations are true. Choose all of them.")
    return None


def allowed(data: Mapping[str, Any]) -> list[str]:
    """What the author of a draft allows; a draft of before told it in other words."""
    if "allowed" in data:
        return chosen(data, "allowed", ALLOWED)
    return ["contact"] if chosen(data, "contact", (SHOWN,)) else []


def language_of(data: Mapping[str, Any]) -> str:
    """The language of a draft: as its author said, or else as it reads."""
    known = chosen(data, "language", LANGUAGES)
    return (
        known[0] if known else guess_language("\n".join(written(data, field) for field in (TITLE, SUMMARY, *SECTIONS)))
    )


def open_step(data: Mapping[str, Any]) -> str | None:
    """The first step of a draft that is not complete, or None where all are."""
    return next((step for step in STEPS if fault(step, data) is not None), None)


def content_of(data: Mapping[str, Any]) -> Content:
    """A draft whose steps are all complete, as it is sent."""
    language, permissions = language_of(data), allowed(data)
    sections = {field.name: written(data, field) for field in SECTIONS}
    return Content(
        language=language,
        title=Wording({language: written(data, TITLE)}),
        summary=Wording({language: written(data, SUMMARY)}),
        country=countries.find(written(data, COUNTRY)),
        stage=chosen(data, "stage", STAGES)[0],
        key_areas=tuple(chosen(data, "key_areas", AREAS)),
        sections={name: text for name, text in sections.items() if text},
        contact_shown="contact" in permissions,
        evidence_claimed=int(chosen(data, "evidence_level", LEVELS)[0]),
        outcome=chosen(data, "outcome", OUTCOMES)[0],
        permissions=tuple(name for name in permissions if name != "contact"),
    )


def typed_from(practice: Practice, language: str) -> dict[str, Any]:
    """A practice that was returned, as what its author typed."""
    return {
        TITLE.name: practice.title.text(practice.language),
        SUMMARY.name: practice.summary.text(practice.language),
        COUNTRY.name: countries.name(practice.country, language) if practice.country else "",
        "key_areas": list(practice.key_areas),
        "stage": [practice.stage] if practice.stage else [],
        **{field.name: practice.sections.get(field.name, "") for field in SECTIONS},
        "language": [practice.language],
        "evidence_level": [] if practice.evidence_claimed is None else [str(practice.evidence_claimed)],
        "outcome": [practice.outcome] if practice.outcome else [],
        "allowed": [*(["contact"] if practice.contact_shown else []), *practice.permissions],
        "declarations": list(DECLARATIONS),
        "contested": [one.as_dict() for one in practice.contested],
    }
