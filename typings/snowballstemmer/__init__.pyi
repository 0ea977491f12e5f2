# The part of snowballstemmer that Convenor uses; the package comes without types.

from typing import Protocol

class Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the package's own name
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 - the package's own name

def algorithms() -> list[str]: ...
def stemmer(lang: str) -> Stemmer: ...
