"""What is taken of a draft, and what becomes of it."""

from typing import Any

import pytest

from bot.languages import texts
from cogs.practices import rules
from cogs.practices.cards import DESCRIPTION_LIMIT, MESSAGE_LIMIT, card, pages
from data.practices import new_id
from data.wording import Wording
from tests.practices.acting import BASICS, EVIDENCE, RELEASE, WHAT
from tests.practices.test_data import practice

COMPLETE: dict[str, Any] = {**BASICS, **WHAT, **EVIDENCE, **RELEASE}


def test_steps_open_in_order() -> None:
    assert rules.open_step({}) == "basics"
    assert rules.open_step(BASICS) == "what"
    assert rules.open_step({**BASICS, **WHAT}) == "evidence"
    assert rules.open_step({**BASICS, **WHAT, **EVIDENCE}) == "release"
    assert rules.open_step(COMPLETE) is None


@pytest.mark.parametrize(
    "wrong, step",
    [
        ({"title": "x" * 9}, "basics"),
        ({"title": "x" * 91}, "basics"),
        ({"country": "Nowhereland"}, "basics"),
        ({"key_areas": []}, "basics"),
        ({"key_areas": ["budgeting", "capacity", "leadership"]}, "basics"),
        ({"key_areas": ["invented"]}, "basics"),
        ({"stage": ["invented"]}, "basics"),
        ({"summary": "x" * 49}, "basics"),
        ({"problem": "\u200b" * 30}, "what"),
        ({"risks": ""}, "evidence"),
        ({"evidence_level": ["6"]}, "release"),
        ({"outcome": []}, "release"),
        ({"declarations": ["identity", "identity", "case"]}, "release"),
    ],
)
def test_a_step_that_is_wrong_stays_open(wrong: dict[str, Any], step: str) -> None:
    assert rules.open_step({**COMPLETE, **wrong}) == step
    found = rules.fault(step, {**COMPLETE, **wrong})
    assert found is not None
    for language in ("en", "fr", "es", "pt"):
        assert found.text(texts(language))


def test_content_is_cleaned_and_empty_sections_are_left_out() -> None:
    content = rules.content_of({**COMPLETE, "title": "  Mobile\u200b  units \n for women ", "cost": "   "})
    assert content.title.text("en") == "Mobile units for women"
    assert "cost" not in content.sections
    assert content.country == "SN"
    assert content.contact_shown


def test_the_language_is_read_from_the_text_unless_its_author_says_another() -> None:
    assert rules.content_of(COMPLETE).language == "en"
    assert rules.content_of({**COMPLETE, "language": ["pt"]}).language == "pt"
    assert rules.content_of({**COMPLETE, "language": ["de"]}).language == "en"


def test_a_draft_of_before_lacks_only_what_was_not_asked() -> None:
    before = {**COMPLETE, "language": ["en"], "contact": ["shown"]}
    for name in ("evidence_level", "outcome", "allowed", "intended", "how", "enablers"):
        del before[name]
    assert rules.open_step(before) == "release"
    assert rules.allowed(before) == ["contact"]
    assert rules.allowed({**before, "contact": ["hidden"]}) == []


def test_there_and_back() -> None:
    content = rules.content_of(COMPLETE)
    again = rules.typed_from(practice(content), "pt")
    assert again["country"] == "Senegal"
    assert rules.content_of(again) == content


def test_an_id_says_nothing_of_the_title() -> None:
    assert new_id("SN", "0123abcd") == "sn-0123abcd"
    assert new_id(None, "0123abcd") == "practice-0123abcd"


@pytest.mark.parametrize("sign", ["x", "*", "😀", "\n# "])
@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_cards_fit_whatever_was_typed(sign: str, language: str) -> None:
    t = texts(language)
    longest = {field.name: (sign * field.most)[: field.most] for field in rules.SECTIONS}
    content = rules.content_of({**COMPLETE, "language": [language]})
    full = practice(
        content, sections=longest, title=Wording({language: sign * 90}), summary=Wording({language: sign * 400})
    )
    shown = card(t, full, {}, author_id=1)
    assert sum(map(len, shown.embeds)) <= MESSAGE_LIMIT
    assert all(len(embed.description or "") <= DESCRIPTION_LIMIT for embed in shown.embeds)
    assert len(shown.embeds) <= 10
    assert shown.shortened == (sign in ("*", "\n# "))
    for page in pages(t, full, {}):
        assert len(page) <= MESSAGE_LIMIT
        assert len(page.description or "") <= DESCRIPTION_LIMIT


def test_forged_numbers_lead_to_the_first_page_and_to_no_server() -> None:
    assert [rules.page_number(text) for text in ("3", "-1", "x", "", "9" * 30, "٣")] == [3, 0, 0, 0, 0, 0]
    assert rules.discord_id("1592468176896000001") == 1592468176896000001
    assert [rules.discord_id(text) for text in ("9" * 19, "9" * 30, "x", "", "-1")] == [0] * 5
