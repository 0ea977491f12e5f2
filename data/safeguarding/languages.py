"""Which of the four languages a text is in, by its small words. Good enough to word a suggestion."""

import re
from collections import Counter

_COMMON = {
    "en": "a in the and of to was were is are with for that from by her his she he an has have had they this which who",
    "fr": "le la de un les des une est dans par pour avec qui que sur au aux du été sont ont cette ses elle il et nous",
    "es": "el la de un los las una del y con por para que en se su fue ha son como al lo más está sus esta pero sin",
    "pt": "o a de os as uma do da dos das e com por para que em foi não são no na nos nas ao seu sua mais pelo pela um",
}
_SIGNS = {
    "es": re.compile(r"[ñ¿¡]|ó\b|ción\b|ciones\b|dad\b"),
    "pt": re.compile(r"[ãõ]|ções\b|dade\b|ç"),
    "fr": re.compile(r"[œèêûîëç]|\b[ldjcsnm]['’]|eux\b"),
}
# The 'com' of an address is no Portuguese word.
_ADDRESSES = re.compile(r"\S{0,80}[@./]\w\S{0,80}|(?:[.)\]]|\b(?:dot|point|punto|ponto))\s?[(\[]?com\b")
_ENOUGH = 4000


def guess_language(text: str, default: str = "en") -> str:
    """The likeliest language of a text: `en`, `fr`, `es` or `pt`.

    Args:
        text: only its beginning is looked at.
        default: the answer where nothing tells.
    """
    beginning = _ADDRESSES.sub(" ", text[:_ENOUGH].lower())
    counted = Counter(re.findall(r"[^\W\d_]+", beginning))
    scores = {language: sum(counted[word] for word in common.split()) * 2 for language, common in _COMMON.items()}
    for language, sign in _SIGNS.items():
        scores[language] += len(sign.findall(beginning))
    best = max(scores, key=lambda language: (scores[language], language == default))
    return best if scores[best] else default
