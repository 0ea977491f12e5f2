"""Which roles a person should have, and what was done to them by hand: no Discord, no database."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cogs.onboarding.rules import KEY_AREAS
from data.languages import WORK_LANGUAGES
from data.members import Member
from data.members.visibility import MEMBERS, visible

AREA_ROLE = "role:area:"
COUNTRY_ROLE = "role:country:"
LANGUAGE_ROLE = "role:language:"
MEMBER_ROLE = "role:member"


@dataclass(frozen=True, slots=True)
class RoleChange:
    """Roles to give to a person and to take from them; `missing` names those that the server does not have."""

    give: frozenset[int]
    take: frozenset[int]
    missing: frozenset[str]


def role_change(member: Member, places: Mapping[str, int], held: AbstractSet[int]) -> RoleChange:
    """What has to happen so that a person's roles follow their profile.

    Args:
        member: who.
        places: Discord ids by purpose.
        held: the roles they have now.
    """
    ours = following(places)
    purposes = wanted_roles(member)
    wanted = {ours[purpose] for purpose in purposes if purpose in ours}
    return RoleChange(
        give=frozenset(wanted - held),
        take=frozenset((set(ours.values()) - wanted) & held),
        # Roles for countries and languages are there only where moderators want them.
        missing=frozenset(
            each for each in purposes - ours.keys() if not each.startswith((COUNTRY_ROLE, LANGUAGE_ROLE))
        ),
    )


def following(places: Mapping[str, int]) -> dict[str, int]:
    """The roles that follow the profile, by purpose."""
    starts = (AREA_ROLE, COUNTRY_ROLE, LANGUAGE_ROLE)
    return {each: role for each, role in places.items() if each == MEMBER_ROLE or each.startswith(starts)}


def wanted_roles(member: Member) -> set[str]:
    """The purposes of the roles that a person should have. Everybody sees a role: what is hidden makes none."""
    if not member.admitted:
        return set()
    seen = visible(member, MEMBERS)
    wanted = {MEMBER_ROLE, *(AREA_ROLE + area for area in seen.key_areas)}
    if member.directory:
        wanted |= {LANGUAGE_ROLE + language for language in seen.languages}
        if seen.country:
            wanted.add(COUNTRY_ROLE + seen.country)
    return wanted


@dataclass(frozen=True, slots=True)
class ByHand:
    """What somebody changed of a person's roles in Discord, by purpose."""

    given: frozenset[str]
    taken: frozenset[str]

    @property
    def of_country(self) -> bool:
        """Whether it was a country's role: only a new look at the request changes the country."""
        return any(each.startswith(COUNTRY_ROLE) for each in self.given | self.taken)

    def apply(self, member: Member) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The key areas and the languages that follow from it; None where the profile stays as it is.

        What a person hides, or shows nobody, does not follow a role.
        """
        areas = self._follow(AREA_ROLE, member.key_areas, KEY_AREAS)
        languages = member.languages
        if member.directory:
            languages = self._follow(LANGUAGE_ROLE, languages, WORK_LANGUAGES)
        areas = member.key_areas if "key_areas" in member.hidden else areas
        languages = member.languages if "languages" in member.hidden else languages
        return None if (areas, languages) == (member.key_areas, member.languages) else (areas, languages)

    def _follow(self, start: str, had: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
        given = [each.removeprefix(start) for each in self.given if each.startswith(start)]
        taken = {each.removeprefix(start) for each in self.taken if each.startswith(start)}
        kept = [each for each in had if each not in taken]
        return (*kept, *(each for each in known if each in given and each not in kept))


def by_hand(member: Member, places: Mapping[str, int], held: AbstractSet[int], there: AbstractSet[int]) -> ByHand:
    """What differs from the roles that were set last, and is not what the profile says anyway.

    Args:
        member: who; `placed` are the roles that were set last.
        places: Discord ids by purpose.
        held: the roles they have now.
        there: all roles of the server: one that was deleted was taken from nobody.
    """
    ours = {purpose: role for purpose, role in following(places).items() if purpose != MEMBER_ROLE}
    wanted = wanted_roles(member)
    placed = set(member.placed)
    given = {each for each, role in ours.items() if role in held - placed}
    taken = {each for each, role in ours.items() if role in (placed & there) - held}
    return ByHand(frozenset(given - wanted), frozenset(taken & wanted))
