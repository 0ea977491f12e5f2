"""The decisions of onboarding by themselves, and whether its forms fit Discord in every language."""

import ast
import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Refusal
from bot.languages import LANGUAGES, texts
from cogs.onboarding import desk, forms, role_rules, rules
from cogs.onboarding.cards import language_name
from data.countries import find
from data.languages import WORK_LANGUAGES
from data.members import APPROVED, PENDING, Member
from tests.onboarding.acting import WHO, WORK

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)


def a_member(**changes: Any) -> Member:
    said: dict[str, Any] = {
        "id": 1,
        "community_id": 10,
        "user_id": 7,
        "state": APPROVED,
        "name": "Awa",
        "country": "SN",
        "organisation_kind": "police",
        "organisation": "PN",
        "role": "Chef",
        "key_areas": ("leadership",),
        "languages": ("fr",),
        "offers": "",
        "seeks": "",
        "language": "fr",
        "directory": True,
        "submitted_at": NOW,
        "decided_at": NOW,
        "decided_by": 2,
        "decision_reason": None,
        "question": None,
        "question_by": None,
        "answer": None,
        "left_at": None,
        "version": 2,
    }
    return Member(**said | changes)


def test_both_parts_make_a_profile_that_fills_the_form_again() -> None:
    draft = {**WHO, **WORK}
    profile = rules.profile_of(rules.read_who(draft, find), rules.read_work(draft), name="Awa", language="fr")
    assert profile.key_areas == ("capacity", "leadership"), "in the Network's order"
    member = a_member(
        organisation=profile.organisation, role=profile.role, key_areas=profile.key_areas, languages=profile.languages
    )
    again = rules.draft_of(member)
    assert rules.read_who(again, find) == rules.read_who(draft, find)
    assert rules.read_work(again).key_areas == profile.key_areas


@pytest.mark.parametrize("field", ["kind", "organisation", "role", "country"])
def test_nothing_of_the_first_part_may_be_missing(field: str) -> None:
    empties: list[Any] = ["", [], None, " \u200b\n"]
    for empty in empties:
        with pytest.raises(Refusal):
            rules.read_who({**WHO, field: empty}, find)


@pytest.mark.parametrize("field", ["areas", "languages", "directory"])
def test_the_second_part_needs_its_choices(field: str) -> None:
    empties: list[Any] = ["", [], None, ["no such choice"]]
    for empty in empties:
        with pytest.raises(Refusal):
            rules.read_work({**WORK, field: empty})


def test_a_country_that_is_too_long_to_be_one_is_unknown() -> None:
    with pytest.raises(rules.UnknownCountry):
        rules.read_who({**WHO, "country": "x" * 5000}, find)


def test_a_name_is_never_empty_nor_over_long() -> None:
    assert rules.shown_name("\u200b\u202e", "awa") == "awa"
    assert rules.shown_name("  Awa \n Ndiaye ", "awa") == "Awa Ndiaye"
    assert len(rules.shown_name("x" * 500, "awa")) == rules.NAME_LIMIT


@pytest.mark.parametrize(
    "typed, odd",
    [("Awa\u200b", True), ("\u202eawA", True), ("Awa\nNdiaye", False), ("👩\u200d✈️", False), ("é", False)],
)
def test_odd_characters_are_noticed(typed: str, odd: bool) -> None:
    assert rules.has_odd_characters(typed) is odd


def test_who_a_moderator_may_decide_on() -> None:
    waiting = a_member(state=PENDING, decided_at=None)
    rules.check_decision(waiting, 2, waiting.version)
    rules.check_decision(waiting, 2, None)
    for member, by, version in (
        (waiting, waiting.user_id, None),
        (waiting, 2, waiting.version - 1),
        (a_member(), 2, None),
        (a_member(state="declined"), 2, None),
        (a_member(state="left"), 2, None),
    ):
        with pytest.raises(Refusal):
            rules.check_decision(member, by, version)


def test_what_has_to_be_looked_at_again() -> None:
    member = a_member()
    assert not rules.needs_review(member, a_member(role="Directrice", key_areas=()))
    assert rules.needs_review(member, a_member(country="CL"))
    assert rules.needs_review(member, a_member(organisation_kind="expert"))
    assert rules.needs_review(a_member(state=PENDING), a_member()), "until it was decided"


def test_accounts_are_young_for_a_month() -> None:
    assert rules.is_young(NOW - timedelta(days=29), NOW)
    assert not rules.is_young(NOW - timedelta(days=31), NOW)


PLACES = {
    "role:member": 1,
    "role:area:leadership": 2,
    "role:area:budgeting": 3,
    "role:moderator": 4,
    "channel:queue": 5,
}


def test_roles_follow_the_profile_and_leave_others_alone() -> None:
    change = role_rules.role_change(a_member(), PLACES, {3, 4, 99})
    assert (change.give, change.take, change.missing) == ({1, 2}, {3}, set())
    gone = role_rules.role_change(a_member(state="declined"), PLACES, {1, 2, 4, 99})
    assert (gone.give, gone.take) == (set(), {1, 2})
    lacking = role_rules.role_change(a_member(key_areas=("capacity",)), {"role:member": 1}, set())
    assert (lacking.give, lacking.missing) == ({1}, {"role:area:capacity"})
    in_review = a_member(state=PENDING)
    assert role_rules.role_change(in_review, PLACES, {1, 2}).take == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_to_choose_from_have_names_of_their_own(language: str) -> None:
    names = [language_name(texts(language), code) for code in WORK_LANGUAGES]
    assert len(set(names)) == len(names) <= 25
    assert not set(names) & set(WORK_LANGUAGES)


def texts_in(module: Any) -> list[tuple[int, str]]:
    """The titles, labels and descriptions of a module's forms, with the most characters that Discord shows of each."""
    found: list[tuple[int, ast.expr]] = []
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "self.title":
            found.append((45, node.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"self.text", "self.choice"}:
            found.append((45, node.args[1]))
            found += [(100, keyword.value) for keyword in node.keywords if keyword.arg == "description"]
    return [(limit, ast.literal_eval(call.args[0])) for limit, call in found if isinstance(call, ast.Call)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_fit_discord_in_every_language(language: str) -> None:
    said = texts_in(forms) + texts_in(desk)
    assert len(said) >= 14
    too_long = [shown for limit, text in said if len(shown := texts(language)(text)) > limit]
    assert too_long == []
