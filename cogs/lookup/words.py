"""Codes in the reader's words."""

from bot.guidance import TYPES, language_name
from bot.languages import N_, Texts
from data.network import KeyArea

KINDS = {
    "resource": N_("Resource"),
    "practice": N_("Practice"),
    "adaptation": N_("Tried elsewhere"),
    "member": N_("Member"),
    "webinar": N_("Webinar"),
    "network_member": N_("Country in the Network"),
    "key_area": N_("Key area"),
    "advisory_member": N_("Advisory member"),
    "objective": N_("Objective of the Network"),
    "activity": N_("Activity of the Network"),
    "challenge": N_("Challenge named by members"),
}
SECTIONS = {
    "problem": N_("The problem"),
    "intended": N_("What it was meant to change"),
    "done": N_("What was done"),
    "participants": N_("Who took part"),
    "cost": N_("Cost"),
    "results": N_("Results, and what did not work"),
    "how": N_("How it works"),
    "enablers": N_("What helps, what hinders"),
    "adapting": N_("What must stay, what may change"),
    "risks": N_("Risks and safeguards"),
    "sources": N_("Sources"),
}

__all__ = ["KINDS", "SECTIONS", "TYPES", "Areas", "areas_of", "language_name", "languages_of", "of_code", "stage_of"]

Areas = dict[str, KeyArea]


def of_code(t: Texts, names: dict[str, str], code: str) -> str:
    """The word for a code, the code itself where there is none."""
    return t(names[code]) if code in names else code


def languages_of(t: Texts, codes: tuple[str, ...]) -> str:
    """Some languages, with commas between them."""
    return ", ".join(language_name(t, code) for code in codes)


def areas_of(t: Texts, areas: Areas, ids: tuple[str, ...]) -> str:
    """Some key areas, with commas between them."""
    return ", ".join(areas[area].name.text(t.language) for area in ids if area in areas)


def result_of(t: Texts, result: str) -> str:
    """What came of a practice."""
    return {
        "worked": t.in_context("outcome", "It worked"),
        "mixed": t.in_context("outcome", "Mixed results"),
        "did-not-work": t.in_context("outcome", "It did not work"),
        "harm": t.in_context("outcome", "It did harm"),
    }.get(result, result)


def stage_of(t: Texts, stage: str) -> str:
    """How far a practice has come."""
    return {
        "idea": t.in_context("stage", "Idea"),
        "pilot": t.in_context("stage", "Pilot"),
        "implemented": t.in_context("stage", "Implemented"),
        "scaled": t.in_context("stage", "Scaled up"),
        "ended": t.in_context("stage", "Ended"),
    }.get(stage, stage)
