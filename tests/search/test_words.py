"""How texts become words."""

import pytest

from data.languages import LANGUAGES
from data.search.glossary import thesaurus
from data.search.stopwords import GRAMMAR, SOFT
from data.search.text import fold, stem, words
from data.search.vocabulary import Vocabulary, distance


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Género, gênero", ["genero", "genero"]),
        ("l'égalité qu’elle d'accès", ["egalite", "elle", "acces"]),
        ("women's children’s", ["women", "children"]),
        ("policier·ère·s délégué(e)s étudiant-e-s agent.e.s", ["policier", "delegue", "etudiant", "agent"]),
        ("delegado/a policiais(as) tod@s trabajador@s", ["delegado", "policiais", "todos", "trabajadores"]),
        ("30×30", ["30x30"]),
        ("SOPs and NGOs", ["sop", "and", "ngo"]),
        ("a\u200bb\u202ec", ["abc"]),
        ("cœur œuvre Straße", ["coeur", "oeuvre", "strasse"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_compounds_are_known_in_parts_and_joined() -> None:
    first, second = words("multi-sectoral")
    assert (first.folded, first.joined, second.folded) == ("multi", "multisectoral", "sectoral")


def test_capitals_tell_an_acronym_unless_all_is_in_capitals() -> None:
    assert [word.capitals for word in words("WHO who")] == [True, False]
    assert not any(word.capitals for word in words("WHO CAN HELP"))
    assert [word.is_grammar for word in words("the UN")] == [True, False]


@pytest.mark.parametrize(
    "language, forms",
    [
        ("en", ["woman", "women"]),
        ("en", ["organisation", "organizations", "organised"]),
        ("fr", ["policier", "policière", "policiers", "policières"]),
        ("fr", ["social", "sociaux", "sociale", "sociales"]),
        ("es", ["mujer", "mujeres"]),
        ("es", ["prevención", "prevencion"]),
        ("es", ["agresor", "agresores"]),
        ("pt", ["formação", "formações", "formacao"]),
        ("pt", ["policial", "policiais"]),
        ("pt", ["homem", "homens"]),
    ],
)
def test_inflections_share_a_stem(language: str, forms: list[str]) -> None:
    assert len({stem(fold(form), language) for form in forms}) == 1


def test_the_thesaurus_leads_from_each_language_to_the_others() -> None:
    known = thesaurus()
    by_id = {concept.id: concept for concept in known.concepts(words("violência doméstica"))}
    assert {variant.language for variant in by_id["domestic-violence"].variants} == set(LANGUAGES)
    assert "intimate-partner-violence" in [concept.id for concept in known.concepts(words("IPV"))]
    assert [concept.id for concept in known.concepts(words("unheard"))] == []


def test_soft_words_are_no_grammar_and_no_word_of_the_field() -> None:
    assert not GRAMMAR & SOFT
    assert not SOFT & {"police", "policia", "genre", "violence", "women", "femmes", "mujeres", "mulheres", "training"}


@pytest.mark.parametrize(
    "one, other, slips", [("polcie", "police", 1), ("handbok", "handbook", 1), ("same", "same", 0), ("abc", "", 3)]
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


def test_short_words_are_not_taken_for_others() -> None:
    vocabulary = Vocabulary()
    vocabulary.add({"house": "house", "police": "police", "investigation": "investigation"})
    assert vocabulary.near("horse") == []
    assert vocabulary.near("polcie") == [("police", 1)]
    assert vocabulary.near("opolice") == []
    assert vocabulary.near("investgaton") == [("investigation", 2)]
