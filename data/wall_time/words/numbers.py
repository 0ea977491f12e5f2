"""Numbers in words, as far as clocks and days need them."""

from collections.abc import Iterator

_UNITS = {
    "en": (
        "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, "
        "sixteen, seventeen, eighteen, nineteen"
    ),
    "fr": (
        "zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, "
        "seize, dix-sept, dix-huit, dix-neuf"
    ),
    "es": (
        "cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince, "
        "dieciséis, diecisiete, dieciocho, diecinueve, veinte, veintiuno, veintidós, veintitrés, veinticuatro, "
        "veinticinco, veintiséis, veintisiete, veintiocho, veintinueve"
    ),
    "pt": (
        "zero, um, dois, três, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, catorze, quinze, "
        "dezesseis, dezessete, dezoito, dezenove"
    ),
}
_TENS = {
    "en": {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"},
    "fr": {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"},
    "es": {30: "treinta", 40: "cuarenta", 50: "cincuenta"},
    "pt": {20: "vinte", 30: "trinta", 40: "quarenta", 50: "cinquenta"},
}
# Other forms of the same: of the other gender, before a noun, and as they are written in Portugal.
_FORMS = {
    "en": {},
    "fr": {1: "une"},
    "es": {1: "una, un", 21: "veintiuna, veintiún"},
    "pt": {
        1: "uma",
        2: "duas",
        14: "quatorze",
        16: "dezasseis",
        17: "dezassete",
        19: "dezanove",
    },
}


def count(language: str) -> Iterator[tuple[str, int]]:
    """Each number from 0 to 59 as a language says it, in all its forms."""
    small: list[tuple[str, int]] = [(name, number) for number, name in enumerate(_UNITS[language].split(", "))]
    small += [(name, number) for number, names in _FORMS[language].items() for name in names.split(", ")]
    yield from small
    for ten, name in _TENS[language].items():
        yield name, ten
        for unit, number in small:
            if 1 <= number <= 9:
                yield _join(language, name, unit, number), ten + number


def _join(language: str, ten: str, unit: str, number: int) -> str:
    if language == "es":
        return f"{ten} y {unit}"
    if language == "pt":
        return f"{ten} e {unit}"
    if language == "fr" and number == 1:
        return f"{ten} et {unit}"
    return f"{ten} {unit}"
