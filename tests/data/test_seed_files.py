"""The facts in `data/seed`: complete, in four languages, and the same ones that were handed to us."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import yaml
from babel import Locale

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "data" / "seed"
HANDED_OVER = ROOT.parent / "shared" / "domain"

LANGUAGES = ("en", "fr", "es", "pt")
KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
RESOURCE_TYPES = {
    "handbook",
    "guideline",
    "toolkit",
    "training",
    "framework",
    "self-assessment",
    "research",
    "database",
}
# Addresses that were seen without https only; an address nobody has seen would be an invention.
PLAIN_HTTP = {"wb-vawg-citizen-security-2015", "qut-wps-2020", "br-deam-norma", "unw-manual-costing-2013"}
# Proper names that a language keeps, so that its text may equal the English one.
KEPT_NAMES = {
    "network.yaml/network/launch/city": {"fr"},
    "network.yaml/advisory_members/unodc/short_name": {"es", "pt"},
    "practices.yaml/practices/guardia-civil-equality-plan/institution": {"fr", "es", "pt"},
    "resources.yaml/resources/coe-help-law-enforcement/scope": {"fr"},
    "resources.yaml/resources/qut-wps-2020/scope": {"es", "pt"},
}
# Spanish and Portuguese are close: these short texts are spelt alike in both.
SPELT_ALIKE = {
    "network.yaml/advisory_members/undp/short_name",
    "network.yaml/advisory_members/ohchr/short_name",
    "network.yaml/advisory_members/unodc/short_name",
    "practices.yaml/practices/guardia-civil-equality-plan/institution",
}

AMBIGUOUS = ["BO", "COP", "DV", "MPS", "NAP", "PAN", "POP", "POS", "SEA", "WPS"]

Row = dict[str, Any]


def load(folder: Path, name: str) -> Row:
    """One YAML file as a map."""
    return cast("Row", yaml.safe_load((folder / name).read_text(encoding="utf-8")))


def texts(node: object, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file with the path to it: a map is a text when one of its keys is a language."""
    if isinstance(node, dict):
        row = cast("Row", node)
        if row.keys() & set(LANGUAGES):
            yield where, row
            return
        for key, value in row.items():
            yield from texts(value, f"{where}/{key}")
    elif isinstance(node, list):
        for item in cast("list[Row | str]", node):
            if isinstance(item, dict):
                yield from texts(item, f"{where}/{item['id']}")


def strings(node: object) -> Iterator[str]:
    """Every string of a file, keys left out."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in cast("Row", node).values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from strings(value)


def ids(rows: list[Row]) -> list[str]:
    """The slugs of some rows, in their order."""
    return [row["id"] for row in rows]


def folded(name: str) -> str:
    """A name as people's typing is compared: without accents, case and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


NETWORK = load(SEED, "network.yaml")
RESOURCES = load(SEED, "resources.yaml")
PRACTICES = load(SEED, "practices.yaml")
GLOSSARY = load(SEED, "glossary.yaml")
ELIGIBLE = load(SEED, "eligible.yaml")

GLOSSES = "/title_gloss"
SHOWN = [
    (where, text)
    for name, content in (("network.yaml", NETWORK), ("resources.yaml", RESOURCES), ("practices.yaml", PRACTICES))
    for where, text in texts(content, name)
]
TEXTS = [(where, text) for where, text in SHOWN if not where.endswith(GLOSSES)]
LISTS = {
    "objectives": (NETWORK["objectives"], 3),
    "activities": (NETWORK["activities"], 5),
    "key_areas": (NETWORK["key_areas"], 5),
    "advisory_members": (NETWORK["advisory_members"], 5),
    "members": (NETWORK["members"], 19),
    "commitments": (NETWORK["network"]["commitments"], 2),
    "resources": (RESOURCES["resources"], 60),
    "practices": (PRACTICES["practices"], 8),
    "positions": (PRACTICES["positions"], 9),
    "challenges": (PRACTICES["challenges"], 3),
    "concerns": (PRACTICES["concerns_in_statements"], 3),
    "terms": (GLOSSARY["terms"], 91),
}
BROCHURE_ROWS: list[Row] = [
    *PRACTICES["practices"],
    *PRACTICES["positions"],
    *PRACTICES["challenges"],
    *PRACTICES["concerns_in_statements"],
]
ELIGIBLE_CODES: list[str] = [*ELIGIBLE["member_states"], *ELIGIBLE["permanent_observers"]]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_complete_and_ids_are_unique_slugs(name: str) -> None:
    rows, expected = LISTS[name]
    assert len(rows) == expected
    repeated = [slug for slug, times in Counter(ids(rows)).items() if times > 1]
    assert not repeated
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in ids(rows))


@pytest.mark.parametrize("name", ["objectives", "activities", "key_areas", "advisory_members"])
def test_positions_follow_the_order_of_the_file(name: str) -> None:
    rows, expected = LISTS[name]
    assert [row["position"] for row in rows] == list(range(1, expected + 1))


def test_every_text_has_four_languages_and_says_something() -> None:
    assert len(TEXTS) > 150
    for where, text in TEXTS:
        assert tuple(text) == LANGUAGES, where
        assert all(value.strip() == value != "" for value in text.values()), where


def test_no_text_is_left_in_english_or_copied_from_a_neighbour() -> None:
    for where, text in TEXTS:
        same = {language for language in LANGUAGES[1:] if text[language] == text["en"]}
        assert same == KEPT_NAMES.get(where, set()), where
        if where not in SPELT_ALIKE and not where.endswith("/scope"):
            assert text["es"] != text["pt"], where
        if where not in SPELT_ALIKE:
            assert text["fr"] not in {text["es"], text["pt"]}, where


def test_translations_are_about_as_long_as_the_english() -> None:
    for where, text in TEXTS:
        if len(text["en"]) < 40:
            continue
        for language in LANGUAGES[1:]:
            assert 0.8 <= len(text[language]) / len(text["en"]) <= 1.7, f"{where} ({language})"


def test_portuguese_is_brazilian() -> None:
    european = re.compile(r"género|\b(?:equipa|utilizador|registo|telemóvel|facto)s?\b", flags=re.IGNORECASE)
    for where, text in SHOWN:
        assert not european.search(text.get("pt", "")), where


def test_no_text_points_to_a_slug_or_to_where_it_was_filed() -> None:
    slugs = [slug for rows, _ in LISTS.values() for slug in ids(rows) if slug.count("-") > 1]
    for where, text in TEXTS:
        for value in text.values():
            assert not any(slug in value for slug in slugs), where
    for content in (NETWORK, RESOURCES, PRACTICES, GLOSSARY, ELIGIBLE):
        for value in strings(content):
            assert not re.search(r"[0-9a-f]{8,}\.txt|^/\w|/usr/", value), value


def test_titles_stay_as_published_with_a_gloss_in_the_other_languages() -> None:
    for row in RESOURCES["resources"]:
        assert isinstance(row["title"], str), row["id"]
        others = tuple(language for language in LANGUAGES if language != row["title_language"])
        assert tuple(row["title_gloss"]) == others, row["id"]
        assert len({row["title"], *row["title_gloss"].values()}) == 4, row["id"]


def test_key_areas_are_the_five() -> None:
    assert tuple(ids(NETWORK["key_areas"])) == KEY_AREAS
    for row in RESOURCES["resources"]:
        areas = row["key_areas"]
        assert areas, row["id"]
        assert len(set(areas)) == len(areas), row["id"]
        assert set(areas) <= set(KEY_AREAS), row["id"]
    for row in GLOSSARY["terms"]:
        assert set(row["key_areas"]) <= set(KEY_AREAS), row["id"]
        assert bool(row["key_areas"]) == (row["kind"] == "term"), row["id"]
    assert {row["key_area"] for row in BROCHURE_ROWS} <= set(KEY_AREAS)


def test_links_are_shown_only_where_there_is_one() -> None:
    for row in RESOURCES["resources"]:
        assert (row["url"] is None) == (row["url_kind"] == "none"), row["id"]
        assert row["url_kind"] in {"official", "official_about", "none"}, row["id"]
        assert isinstance(row["url_seen"], bool), row["id"]
        if row["url"] is not None:
            scheme = "http" if row["id"] in PLAIN_HTTP else "https"
            assert re.fullmatch(rf"{scheme}://[a-z0-9.-]+/\S*", row["url"]), row["id"]
            assert len(row["url"]) <= 512, f"{row['id']}: too long for a link button"


def test_resources_are_of_known_kinds() -> None:
    for row in RESOURCES["resources"]:
        assert row["type"] in RESOURCE_TYPES, row["id"]
        assert row["year"] is None or 2000 <= row["year"] <= 2100, row["id"]
        assert set(row["languages"]) <= set(LANGUAGES), row["id"]
        assert row["publishers"], row["id"]
        assert all(isinstance(name, str) for name in row["publishers"]), row["id"]


def test_a_position_is_not_a_practice() -> None:
    assert {row["kind"] for row in PRACTICES["practices"]} == {"practice"}
    assert {row["kind"] for row in PRACTICES["positions"]} == {"position"}
    assert not set(ids(PRACTICES["practices"])) & set(ids(PRACTICES["positions"]))
    for row in PRACTICES["concerns_in_statements"]:
        position = next(found for found in PRACTICES["positions"] if found["id"] == row["position"])
        assert position["country"] == row["country"], row["id"]


def test_a_country_is_named_only_where_the_brochure_names_one() -> None:
    countries = {row["id"]: row["country"] for row in BROCHURE_ROWS}
    assert countries["guardia-civil-equality-plan"] is None
    assert set(countries.values()) - {None} <= {row["country"] for row in NETWORK["members"]}
    assert all(row["country"] is None for row in PRACTICES["challenges"])


def test_members_are_described_with_codes_that_exist() -> None:
    english = Locale("en")
    for row in NETWORK["members"]:
        assert row["id"] == row["country"].lower()
        assert row["role"] in {"member", "co-chair"}, row["id"]
        assert isinstance(row["presented_good_practice"], bool), row["id"]
        for level in ("region", "subregion", "intermediate_region"):
            code = row[f"{level}_m49"]
            assert (code is None) == (row[level] is None), row["id"]
            assert code is None or code in english.territories, row["id"]
        assert row["official_languages"], row["id"]
        assert all(code in english.languages for code in row["official_languages"]), row["id"]
        assert row["time_zones"]["main"], row["id"]
        for zone in (*row["time_zones"]["main"], *row["time_zones"]["other"]):
            assert ZoneInfo(zone).key == zone


def test_the_network_agrees_with_its_lists() -> None:
    network = NETWORK["network"]
    members = {row["country"]: row for row in NETWORK["members"]}
    assert {code for code, row in members.items() if row["role"] == "co-chair"} == set(network["co_chairs"])
    presented = {code for code, row in members.items() if row["presented_good_practice"]}
    assert presented == set(network["first_meeting"]["countries_that_presented"])
    assert network["secretariat"] in ids(NETWORK["advisory_members"])
    assert network["contact"]["email"] == "grpsecretariat@unwomen.org"
    assert network["first_meeting"]["date"] is None


def test_those_eligible_are_the_193_and_the_two_observers() -> None:
    assert len(ELIGIBLE["member_states"]) == 193
    assert sorted(ELIGIBLE["permanent_observers"]) == ["PS", "VA"]
    assert all(isinstance(code, str) for code in ELIGIBLE_CODES), "NO must be quoted"
    assert len(set(ELIGIBLE_CODES)) == 195
    assert set(ELIGIBLE_CODES) <= set(Locale("en").territories)
    assert {row["country"] for row in NETWORK["members"]} <= set(ELIGIBLE["member_states"])
    assert not {"TW", "XK", "HK", "EH"} & set(ELIGIBLE_CODES), "in ISO 3166-1, but not in the United Nations"


def test_no_alias_is_needless_or_ambiguous() -> None:
    owners: dict[str, str] = {}
    for locale in ("en", "fr", "es", "pt_BR"):
        names = Locale.parse(locale).territories
        for code in ELIGIBLE_CODES:
            assert owners.setdefault(folded(names[code]), code) == code
    assert set(ELIGIBLE["aliases"]) <= set(ELIGIBLE_CODES)
    for code, aliases in ELIGIBLE["aliases"].items():
        for alias in aliases:
            assert folded(alias) not in owners, f"{alias}: already known"
            owners[folded(alias)] = code


def test_glossary_entries_have_variants_and_known_acronyms() -> None:
    for row in GLOSSARY["terms"]:
        for language in LANGUAGES:
            variants = row[language]
            # No usual form in the other languages is known for one association's name.
            assert variants or (row["id"], language != "en") == ("iawp", True), f"{row['id']} ({language})"
            assert all(isinstance(variant, str) and variant.strip() for variant in variants), row["id"]
            assert len({variant.casefold() for variant in variants}) == len(variants), f"{row['id']} ({language})"
        assert set(row["acronyms"]) <= set(LANGUAGES), row["id"]
    assert sorted(GLOSSARY["capitals_only"]) == sorted(AMBIGUOUS)
    acronyms = {acronym for row in GLOSSARY["terms"] for found in row["acronyms"].values() for acronym in found}
    assert set(GLOSSARY["capitals_only"]) <= acronyms


def handed_over(name: str) -> Row:
    """A file of the facts as they were handed to us, which are not part of this repository."""
    if not (HANDED_OVER / name).is_file():
        pytest.skip("the shared facts are not beside this checkout")
    return load(HANDED_OVER, name)


def test_ids_and_codes_are_those_handed_over() -> None:
    facts = handed_over("members.yaml")
    assert [(row["id"], row["iso_alpha2"], row["role"]) for row in facts["members"]] == [
        (row["id"], row["country"], row["role"]) for row in NETWORK["members"]
    ]
    for name in ("objectives", "activities", "key_areas"):
        assert ids(facts["network"][name]) == ids(NETWORK[name])
    for name, text in (("objectives", "summary"), ("activities", "name")):
        assert [row[text] for row in facts["network"][name]] == [row[text]["en"] for row in NETWORK[name]]
    assert facts["network"]["advisory_members"] == [row["short_name"]["en"] for row in NETWORK["advisory_members"]]

    statements = handed_over("practices.yaml")
    for kind in ("practice", "position"):
        expected = [row["id"] for row in statements["practices"] if row["kind"] == kind]
        assert expected == ids(PRACTICES[f"{kind}s"])
    for name in ("challenges", "concerns_in_statements"):
        assert ids(statements[name]) == ids(PRACTICES[name])

    glossary = handed_over("glossary.yaml")
    entries = [*glossary["terms"], *glossary["organizations_and_instruments"]]
    for expected, found in zip(entries, GLOSSARY["terms"], strict=True):
        assert expected["id"] == found["id"]
        assert all(expected[language] == found[language] for language in LANGUAGES), found["id"]
        assert expected.get("acronyms", {}) == found["acronyms"], found["id"]


def test_resources_are_those_handed_over() -> None:
    copied = ("id", "title", "publishers", "year", "languages", "type", "key_areas", "url", "url_kind", "url_seen")
    expected = handed_over("resources.yaml")["resources"]
    assert [[row[name] for name in copied] for row in expected] == [
        [row[name] for name in copied] for row in RESOURCES["resources"]
    ]
    assert [row["summary"] for row in expected] == [row["summary"]["en"] for row in RESOURCES["resources"]]


def test_statements_say_what_was_handed_over() -> None:
    facts = handed_over("practices.yaml")
    ours = {row["id"]: row for row in BROCHURE_ROWS}
    for row in (*facts["practices"], *facts["challenges"], *facts["concerns_in_statements"]):
        found = ours[row["id"]]
        assert (row["title"], row["country"], row["key_area"]) == (
            found["title"]["en"],
            found["country"],
            found["key_area"],
        )
        # The pointer to a position is a field of its own here.
        assert row["summary"].split("; see practice ")[0].rstrip(".") == found["summary"]["en"].rstrip(".")
