"""Words about published guidance that more than one room needs."""

from bot.languages import N_, Texts
from data.languages import name_language

TYPES = {
    "handbook": N_("Handbook"),
    "guideline": N_("Guideline"),
    "toolkit": N_("Toolkit"),
    "training": N_("Training"),
    "framework": N_("Framework"),
    "self-assessment": N_("Self-assessment"),
    "research": N_("Research"),
    "database": N_("Database"),
}


def language_name(t: Texts, code: str) -> str:
    """A language in the reader's own, beginning with a capital."""
    name = name_language(code, t.language)
    return name[:1].upper() + name[1:]
