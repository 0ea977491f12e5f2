"""Finding a country by whatever people call it."""

import subprocess
import sys
import time

import pytest

from data.countries import eligible, find, fold, name, region_name, suggest
from data.languages import LANGUAGES, from_locale


@pytest.mark.parametrize(
    "text, code",
    [
        ("Chile", "CL"),
        ("CHILI", "CL"),
        ("  perú ", "PE"),
        ("el Perú", "PE"),
        ("the Netherlands", "NL"),
        ("Países Bajos", "NL"),
        ("Países Baixos", "NL"),
        ("pays bas", "NL"),
        ("Holanda", "NL"),
        ("L’Islande", "IS"),
        ("Slovénie", "SI"),
        ("Eslovenia", "SI"),
        ("Eslovênia", "SI"),
        ("Eslovénia", "SI"),  # European Portuguese
        ("Quénia", "KE"),
        ("Côte d'Ivoire", "CI"),
        ("Cote dIvoire", "CI"),
        ("cote d ivoire", "CI"),
        ("Costa de Marfil", "CI"),
        ("Ivory Coast", "CI"),
        ("Myanmar", "MM"),
        ("Burma", "MM"),
        ("Türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("Turkey", "TR"),
        ("Guinea-Bissau", "GW"),
        ("guinée", "GN"),
        ("Guinea Ecuatorial", "GQ"),
        ("Congo-Kinshasa", "CD"),
        ("República Democrática del Congo", "CD"),
        ("Niger", "NE"),
        ("Nigéria", "NG"),
        ("Dominica", "DM"),
        ("República Dominicana", "DO"),
        ("Trinidad & Tobago", "TT"),
        ("State of Palestine", "PS"),
        ("Palestina", "PS"),
        ("Holy See", "VA"),
        ("Santa Sede", "VA"),
        ("cl", "CL"),
        ("CHL", "CL"),
        ("UK", "GB"),
        ("EE.UU.", "US"),
        ("EEUU", "US"),
        ("EE. UU.", "US"),
        ("\u202eChile\u200b", "CL"),
        ("", None),
        ("   ", None),
        ("the", None),
        ("Atlantis", None),
        ("Kosovo", None),  # neither member nor observer
        ("Greenland", None),
        ("Chile y Perú", None),
        ("x" * 100_000, None),
    ],
)
def test_find(text: str, code: str | None) -> None:
    assert find(text) == code


def test_every_country_is_found_by_each_of_its_names() -> None:
    codes = eligible()
    assert len(codes) == 195
    assert {"PS", "VA", "NO", "CL"} <= codes
    for code in codes:
        assert find(code) == code
        for language in LANGUAGES:
            assert find(name(code, language)) == code
            assert find(name(code, language).upper()) == code
            assert suggest(name(code, language), language)[0] == code


def test_no_two_countries_share_a_name() -> None:
    from babel import Locale

    owners: dict[str, str] = {}
    for locale in ("en", "fr", "es", "es_419", "pt", "pt_PT"):
        for code in eligible():
            folded = fold(str(Locale.parse(locale).territories[code]))
            assert owners.setdefault(folded, code) == code


@pytest.mark.parametrize(
    "code, language, shown",
    [
        ("CL", "fr", "Chili"),
        ("sn", "en", "Senegal"),
        ("NL", "es", "Países Bajos"),
        ("IR", "pt", "Irã"),
        ("CL", "de", "Chile"),
        ("ZZZ", "en", "ZZZ"),
    ],
)
def test_names_come_from_cldr(code: str, language: str, shown: str) -> None:
    assert name(code, language) == shown


def test_regions_have_names() -> None:
    assert [region_name("150", language) for language in LANGUAGES] == ["Europe", "Europe", "Europa", "Europa"]
    assert region_name("011", "fr") == "Afrique occidentale"


@pytest.mark.parametrize(
    "text, language, beginning",
    [
        ("chi", "es", ["CL", "CN"]),  # Chile, China; Chipre comes after
        ("ch", "en", ["CH"]),  # a code, typed whole
        ("allem", "en", ["DE"]),  # in another language than one's own
        ("marfil", "en", ["CI"]),
        ("of guinea", "en", []),
        ("united", "en", ["AE", "GB", "US"]),
        ("kore", "en", ["KP", "KR"]),
        ("sao tom", "fr", ["ST"]),
        ("Finlnad", "en", ["FI"]),
        ("Argentna", "es", ["AR"]),
        ("Eslovennia", "pt", ["SI"]),
        ("zzz", "en", []),
        ("qqqqqqqqqqqqqqqqqq", "en", []),
    ],
)
def test_suggest(text: str, language: str, beginning: list[str]) -> None:
    found = suggest(text, language)
    assert found[: len(beginning)] == beginning
    assert bool(found) == bool(beginning)
    assert len(found) == len(set(found)) <= 25


def test_with_nothing_typed_the_networks_members_come_first() -> None:
    found = suggest("", "es")
    assert len(found) == 25
    members, others = found[:19], found[19:]
    assert {"CL", "NL", "SN"} <= set(members)
    names = [fold(name(code, "es")) for code in members]
    assert names == sorted(names)
    assert name(others[0], "es") == "Afganistán"
    assert suggest(" ", "en", 2, first=["ZW", "FJ"]) == ["FJ", "ZW"]


def test_autocomplete_answers_while_one_types() -> None:
    suggest("warm up", "pt")
    started = time.perf_counter()
    for text in ("", "a", "repub", "congo", "Tanzanya", "qwertyuiop" * 10):
        suggest(text, "pt")
    assert time.perf_counter() - started < 0.5


def test_cldr_is_loaded_when_it_is_asked_for() -> None:
    script = "import sys, data.countries; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "locale, language",
    [("pt-BR", "pt"), ("es-419", "es"), ("es-ES", "es"), ("fr", "fr"), ("en-GB", "en"), ("de", None), ("", None)],
)
def test_languages_of_clients(locale: str, language: str | None) -> None:
    assert from_locale(locale) == language


def test_the_observers_are_called_as_the_united_nations_calls_them() -> None:
    assert [name("PS", language) for language in ("en", "fr", "es", "pt")] == [
        "State of Palestine",
        "État de Palestine",
        "Estado de Palestina",
        "Estado da Palestina",
    ]
    assert name("VA", "fr") == "Saint-Siège"
    assert find("Palestinian Territories") == find("estado da palestina") == "PS"
    assert find("Vatican City") == find("Holy See") == "VA"
