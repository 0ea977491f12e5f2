"""What tells one version of a practice from another, in words."""

from collections.abc import Iterable, Sequence

from discord.utils import format_dt

from bot.languages import N_, Texts
from cogs.practices.safety import FIELDS
from data.practices import Practice
from data.practices.versions import Version

# The field of a draft that says which published practice it changes.
REVISES = "revises"
# What is no text of its author's own.
FACTS = {
    "country": N_("Country"),
    "stage": N_("Stage"),
    "key_areas": N_("Key areas"),
    "outcome": N_("Outcome"),
    "evidence_claimed": N_("Evidence, as its author sees it"),
    "contact_shown": N_("Contact"),
    "permissions": N_("Use"),
    "language": N_("Language"),
}


def field_names(t: Texts, changed: Iterable[str]) -> str:
    """The fields that were changed, in the reader's language."""
    names = [
        t(FIELDS[name].label) if name in FIELDS else t(FACTS[name]) for name in changed if name in {*FIELDS, *FACTS}
    ]
    return ", ".join(names) or t("nothing that readers see")


def edition_line(t: Texts, practice: Practice, versions: Sequence[Version]) -> str:
    """Which version a practice is in, since when, and what was changed for it; empty of one that never was."""
    if not versions:
        return ""
    return t(
        "Version {n}, since {when}. Changed: {fields}.",
        n=practice.edition,
        when=format_dt(versions[0].replaced_at, "d"),
        fields=field_names(t, versions[0].changed),
    )
