"""What is right in an application, and what follows from it: no Discord, no database."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import Refusal
from bot.languages import N_
from bot.render import clean, one_line
from data.languages import WORK_LANGUAGES
from data.members import APPROVED, LAPSED, LEFT, MATCHING, PENDING, TRANSLATION, Member, Profile
from data.members.visibility import FIELDS, ME, hidden_of

COUNTRY_LIMIT = 100
ORGANISATION_LIMIT = 100
ROLE_LIMIT = 100
WORDS_LIMIT = 500
REASON_LIMIT = 500
NAME_LIMIT = 80

ORGANISATION_KINDS = {
    "ministry": N_("Ministry"),
    "police": N_("Police"),
    "gendarmerie": N_("Gendarmerie"),
    "law-enforcement": N_("Other law enforcement"),
    "united-nations": N_("United Nations or advisory member"),
    "expert": N_("Expert or other"),
}
MEMBERSHIPS = {
    "member": N_("Country of the Network"),
    "prospective": N_("Observer or prospective member"),
    "advisory": N_("Advisory member"),
    "expert": N_("Invited expert"),
}
# Those who speak for a country have to say which.
OF_A_COUNTRY = frozenset({"ministry", "police", "gendarmerie", "law-enforcement"})

KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")

YOUNG_ACCOUNT = timedelta(days=30)

# The fields that are typed, not chosen.
TYPED = ("country", "organisation", "role", "offers", "seeks")
AGREED, REFUSED = "yes", "no"
# Fields that members do not see, and that moderators do not see either.
FROM_MEMBERS, FROM_MODERATORS = "from_members", "from_moderators"

Draft = Mapping[str, Any]
FindCountry = Callable[[str], str | None]


class UnknownCountry(Exception):
    """No country has the name that was typed.

    Args:
        typed: the name, cleaned.
    """

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Who:
    """The first part of the form, checked."""

    country: str | None
    organisation_kind: str
    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class Work:
    """The second part of the form, checked."""

    key_areas: tuple[str, ...]
    languages: tuple[str, ...]
    offers: str
    seeks: str
    directory: bool
    matching: bool = False
    translation: bool = False


# What was typed ------------------------------------------------------------------------------------------------------


def read_who(draft: Draft, find_country: FindCountry) -> Who:
    """Check the first part.

    Args:
        draft: what was typed, by field.
        find_country: gives the code of a country's name, or None.

    Raises:
        Refusal: something is missing, too long, or no such choice.
        UnknownCountry: the country is not known; all else is right.
    """
    kinds = _chosen(draft, "kind", ORGANISATION_KINDS)
    if not kinds:
        raise Refusal("Please choose what kind of organisation you work for.")
    organisation = one_line_of(draft, "organisation")
    if not organisation:
        raise Refusal("Please write the name of your organisation.")
    _within(organisation, ORGANISATION_LIMIT)
    role = one_line_of(draft, "role")
    if not role:
        raise Refusal("Please write your role or title.")
    _within(role, ROLE_LIMIT)
    typed = one_line_of(draft, "country")
    if not typed and kinds[0] in OF_A_COUNTRY:
        raise Refusal("Please write the country you work for.")
    country = find_country(typed) if 0 < len(typed) <= COUNTRY_LIMIT else None
    if typed and country is None:
        raise UnknownCountry(typed)
    return Who(country, kinds[0], organisation, role)


def read_work(draft: Draft) -> Work:
    """Check the second part.

    Raises:
        Refusal: something is missing, too long, or no such choice.
    """
    key_areas = _chosen(draft, "areas", KEY_AREAS)
    if not key_areas:
        raise Refusal("Please choose one key area at least.")
    languages = _chosen(draft, "languages", WORK_LANGUAGES)
    if not languages:
        raise Refusal("Please choose one language at least.")
    offers, seeks = clean(text_of(draft, "offers")), clean(text_of(draft, "seeks"))
    _within(offers, WORDS_LIMIT)
    _within(seeks, WORDS_LIMIT)
    answers = _chosen(draft, "directory", (AGREED, MATCHING, TRANSLATION, REFUSED))
    if not answers:
        raise Refusal("Please say what you agree to; “None of these” is an answer too.")
    # Who chose both is taken at the more careful word.
    agreed = frozenset[str]() if REFUSED in answers else frozenset(answers)
    return Work(
        key_areas,
        languages,
        offers,
        seeks,
        directory=AGREED in agreed,
        matching=MATCHING in agreed,
        translation=TRANSLATION in agreed,
    )


def read_hidden(draft: Draft) -> dict[str, str]:
    """What is hidden from whom, as it was chosen; nothing is where nothing was."""
    return hidden_of(_chosen(draft, FROM_MEMBERS, FIELDS), _chosen(draft, FROM_MODERATORS, FIELDS))


def read_question(typed: str) -> str:
    """Check what a moderator asks, or what a person answers.

    Raises:
        Refusal: it is empty or too long.
    """
    text = clean(typed)
    if not text:
        raise Refusal("Please write something.")
    _within(text, WORDS_LIMIT)
    return text


def read_reason(typed: str) -> str:
    """Check why someone is declined.

    Raises:
        Refusal: it is empty or too long.
    """
    reason = clean(typed)
    if not reason:
        raise Refusal("Please write a reason: the person will read it.")
    _within(reason, REASON_LIMIT)
    return reason


def is_done(read: Callable[[], object]) -> bool:
    """Whether a part of the form can be taken as it stands."""
    try:
        read()
    except (Refusal, UnknownCountry):
        return False
    return True


def profile_of(who: Who, work: Work, *, name: str, language: str, hidden: Mapping[str, str] | None = None) -> Profile:
    """Both parts together, and who sees what of them."""
    return Profile(
        name=name,
        country=who.country,
        organisation_kind=who.organisation_kind,
        organisation=who.organisation,
        role=who.role,
        key_areas=work.key_areas,
        languages=work.languages,
        offers=work.offers,
        seeks=work.seeks,
        language=language,
        directory=work.directory,
        matching=work.matching,
        translation=work.translation,
        hidden=dict(hidden or {}),
    )


def draft_of(member: Member) -> dict[str, Any]:
    """A profile as it stands in the form."""
    agreed = {AGREED: member.directory, MATCHING: member.matching, TRANSLATION: member.translation}
    return {
        "country": member.country or "",
        "kind": [member.organisation_kind],
        "organisation": member.organisation,
        "role": member.role,
        "areas": list(member.key_areas),
        "languages": list(member.languages),
        "offers": member.offers,
        "seeks": member.seeks,
        "directory": [purpose for purpose, given in agreed.items() if given] or [REFUSED],
        FROM_MEMBERS: list(member.hidden),
        FROM_MODERATORS: [field for field, seen_by in member.hidden.items() if seen_by == ME],
    }


def shown_name(display_name: str, username: str) -> str:
    """The name to keep: as the server shows it, else the account's."""
    name = " ".join(clean(display_name).split()) or " ".join(clean(username).split())
    return name[:NAME_LIMIT]


def text_of(draft: Draft, field: str) -> str:
    """What was typed into a field; empty where there is nothing, or a choice instead."""
    value = draft.get(field)
    return value if isinstance(value, str) else ""


def one_line_of(draft: Draft, field: str) -> str:
    """What was typed into a field, cleaned, on one line."""
    return " ".join(clean(text_of(draft, field)).split())


def _chosen(draft: Draft, field: str, known: Iterable[str]) -> tuple[str, ...]:
    """What was chosen in a menu, in the menu's order; a menu's answer may be forged."""
    value = draft.get(field)
    chosen: set[str] = {value} if isinstance(value, str) else set(value or ())
    return tuple(choice for choice in known if choice in chosen)


def _within(text: str, limit: int) -> None:
    if len(text) > limit:
        raise Refusal(
            "That text is too long: {length} characters, and {limit} fit. It starts with “{start}”.",
            length=len(text),
            limit=limit,
            start=one_line(text[:30]),
        )


def has_odd_characters(*texts: str) -> bool:
    """Whether something was typed that cannot be seen or turns the direction of writing."""
    joined = "".join(texts).replace("\u200d", "")
    return any(unicodedata.category(char)[0] == "C" and char not in "\n\r\t" for char in joined)


def mixes_letters(profile: Profile) -> bool:
    """Whether one word of the name, the organisation or the post mixes alphabets, as an imitation of a name would."""
    words = f"{profile.name} {profile.organisation} {profile.role}".split()
    return any(len({_alphabet(char) for char in word if char.isalpha()}) > 1 for word in words)


def _alphabet(char: str) -> str:
    """The first word of a letter's name in Unicode, for instance LATIN or CYRILLIC; full-width letters are Latin."""
    name = unicodedata.name(char, "UNKNOWN").split()[0]
    return "LATIN" if name in ("FULLWIDTH", "FEMININE", "MASCULINE", "MODIFIER") else name


def odd_in(draft: Draft) -> bool:
    """Whether a draft holds such characters."""
    return has_odd_characters(
        *(text_of(draft, field) for field in ("country", "organisation", "role", "offers", "seeks"))
    )


# What follows --------------------------------------------------------------------------------------------------------


def needs_review(member: Member, profile: Profile) -> bool:
    """Whether a moderator has to look again at someone already approved: whom they speak for has changed."""
    return member.in_review or (member.country, member.organisation_kind) != (
        profile.country,
        profile.organisation_kind,
    )


def is_outside(profile: Profile, network: AbstractSet[str]) -> bool:
    """Whether someone speaks for a country that is not a member of the Network."""
    return profile.country is not None and profile.country not in network


def membership(profile: Profile, network: AbstractSet[str]) -> str:
    """As what somebody takes part: `member`, `prospective`, `advisory` or `expert`.

    Members are countries of the Network; any other member state or permanent observer of the United Nations is welcomed
    as an observer or prospective member; organisations of the United Nations advise; experts are invited.
    """
    if profile.organisation_kind == "united-nations":
        return "advisory"
    if profile.organisation_kind not in OF_A_COUNTRY:
        return "expert"
    return "prospective" if is_outside(profile, network) else "member"


def is_young(created_at: datetime, now: datetime) -> bool:
    """Whether a Discord account is so new that a moderator should know."""
    return now - created_at < YOUNG_ACCOUNT


def check_decision(member: Member, by: int, version: int | None) -> None:
    """Whether someone may decide on this person now.

    Args:
        member: as they are.
        by: who wants to decide.
        version: the version that was on the card; None for a command, which means whatever there is.

    Raises:
        Refusal: they may not, with the reason.
    """
    if member.user_id == by:
        raise Refusal("Nobody decides on their own request. Another moderator has to.")
    if member.state == LEFT:
        raise Refusal("This person has left the server.")
    if member.state == LAPSED:
        raise Refusal("This person was a member before. Vouching for them makes them one again.")
    if member.state != PENDING and member.decided_at is not None:
        when = int(member.decided_at.timestamp())
        if member.state == APPROVED:
            raise Refusal("{who} approved this request already, {when}.", who=_who(member), when=f"<t:{when}:R>")
        raise Refusal("{who} declined this request already, {when}.", who=_who(member), when=f"<t:{when}:R>")
    if version is not None and member.version != version:
        raise Refusal("This request has changed since. Please look at its newest card: /onboarding queue shows it.")


def _who(member: Member) -> str:
    return f"<@{member.decided_by}>"
