"""Who sees what of a profile. All that is shown of somebody to anybody else goes through `visible`."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from data.members.rows import PENDING, Member

# The fields of which a person says who sees them. The kind of organisation goes with the organisation.
FIELDS = ("country", "organisation", "role", "languages", "key_areas", "offers", "seeks")
# What whoever decides on a person, or vouches for them, has to know.
NEEDED = frozenset({"country", "organisation", "role"})

# Who looks. Those who decide or vouch see what that takes, whatever was hidden.
MEMBERS, MODERATORS, DECIDING, ME = "members", "moderators", "deciding", "me"

_BLANK: Mapping[str, Any] = {
    "country": None,
    "organisation": "",
    "role": "",
    "languages": (),
    "key_areas": (),
    "offers": "",
    "seeks": "",
}


def is_hidden(member: Member, field: str, to: str) -> bool:
    """Whether a field is not for these eyes.

    Args:
        member: whose profile.
        field: one of `FIELDS`.
        to: who looks: `MEMBERS`, `MODERATORS`, `DECIDING` or `ME`.
    """
    seen_by = member.hidden.get(field)
    if seen_by is None or to == ME:
        return False
    if field in NEEDED and (to == DECIDING or (to == MODERATORS and member.state == PENDING)):
        return False
    return to == MEMBERS or seen_by == ME


def visible(member: Member, to: str) -> Member:
    """A member with only those fields that these eyes may see; the others are empty.

    Args:
        member: whose profile.
        to: who looks: `MEMBERS`, `MODERATORS`, `DECIDING` or `ME`.
    """
    blank = {field: _BLANK[field] for field in FIELDS if is_hidden(member, field, to)}
    if "organisation" in blank:
        blank["organisation_kind"] = ""
    return replace(member, **blank) if blank else member


def hidden_of(from_members: Collection[str], from_moderators: Collection[str]) -> dict[str, str]:
    """What is kept of two choices: fields that members do not see, and fields that moderators do not see either."""
    said = {field: ME if field in from_moderators else MODERATORS for field in FIELDS}
    return {field: seen_by for field, seen_by in said.items() if field in {*from_members, *from_moderators}}
