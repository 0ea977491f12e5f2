"""Licence plates: the shapes that are nothing else, and any shape where a word says that it is one."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.neutral import Neutral
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

_TELLING = [
    re.compile(rf"(?<![\w-]){shape}(?![\w]|-\w)")
    for shape in (
        r"[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}",
        r"[A-Z]{3}[- ]?\d[A-J]\d{2}",
        r"[BCDFGHJKLPRSTVWXYZ]{2}[-·.][BCDFGHJKLPRSTVWXYZ]{2}[-·.]\d{2}",
        r"R[A-Z]{2} ?\d{3} ?[A-Z]",
        r"(?:DK|TH|SL|ZG|KL|DL|FK|KD|LG|MT|TC|KF|SD|KE)[- ]\d{3,4}[- ][A-Z]{1,2}",
        (
            r"(?:AB|AG|AR|B|BC|BH|BN|BR|BT|BV|BZ|CJ|CL|CS|CT|CV|DB|DJ|GJ|GL|GR|HD|HR|IF|IL|IS|MH|MM|MS|NT|OT|PH|"
            r"SB|SJ|SM|SV|TL|TM|TR|VL|VN|VS) \d{2,3} [A-Z]{3}"
        ),
        r"(?!19|20)\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}",
        (
            r"(?:LJ|MB|CE|KP|KR|NM|KK|GO|MS|PO|SG) [A-Z]{2}-\d{3}|(?:LJ|MB|CE|KP|KR|NM|KK|GO|MS|PO|"
            r"SG) [A-Z\d]{2}-[A-Z\d]{3}"
        ),
        (
            r"[A-Z]{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|[A-Z]{2}-\d{3}-[A-Z]|"
            r"[A-Z]-\d{3}-[A-Z]{2}|\d-[A-Z]{3}-\d{2}|[A-Z]{3}-\d{2}-[A-Z]"
        ),
    )
]
_CODE = re.compile(
    r"(?<![\w./-])(?=[A-Z\d \-·]{0,9}\d)[A-Z\d]{1,4}(?:[- ·.]?(?![A-Z]{4})[A-Z\d]{1,6}){0,3}(?![\w]|-\w)"
)
_SAID = re.compile(
    r"\b(?:licen[cs]e plates?|number ?plates?|plates?|registration|registered|reg\.?|plaques?|immatricul(?:e|"
    r"ee|es|ation)|matriculas?|placas?|patentes?|chapas?|dominio|kenteken|rekisterinumero|"
    r"kennzeichen|registreringsnummer|emplacad[oa])\b"
)
_VEHICLE = re.compile(
    r"\b(?:car|cars|vehicle|van|truck|lorry|pick-?up|taxi|motorbike|motorcycle|moto|motocicleta|scooter|jeep|"
    r"minibus|bus|suv|sedan|voiture|vehicule|camionnette|camion|fourgon|berline|4x4|"
    r"coche|auto|automovil|carro|camioneta|furgoneta|furgon|vehiculo|veiculo|caminhonete|onibus|colectivo|"
    r"mototaxi|combi|toyota|renault|peugeot|hyundai|kia|nissan|volkswagen|fiat|chevrolet|ford|"
    r"honda|mercedes|bmw|audi|skoda|dacia|volvo|suzuki|mitsubishi|citroen|seat|opel|gol|onix|hilux|corolla|"
    r"yamaha|bajaj|mazda|subaru|land cruiser|tesla|saab)\b"
)
_NOT = re.compile(
    r"(?:COVID|ISO|UN|UNSCR|WPS|SDG|ODS|ODD|COP|CSW|MOWIP|GRP|F|A|G|H|R|SARS|UTC|GMT|HIV|VIH|IV|EU|CEDAW|FIT|"
    r"MP|USB|MS|OPG|NO|N)[- ]?\d+\Z",
    re.IGNORECASE,
)


def find_plates(reading: Reading, neutral: Neutral) -> Iterator[Mark]:
    """Plates of vehicles."""
    for shape in _TELLING:
        for match in shape.finditer(reading.written):
            if not _NOT.match(match.group()) and (
                match.group()[0].isalpha() or not neutral.touches(*match.span()) or _near(reading, *match.span())
            ):
                yield _mark(reading, *match.span(), 0.8)
    for match in _CODE.finditer(reading.written):
        text = match.group()
        plain = re.sub(r"[^A-Z\d]", "", text)
        if (
            4 <= len(plain) <= 9
            and any(map(str.isalpha, plain))
            and any(map(str.isdigit, plain))
            and not _NOT.match(text)
            and _near(reading, *match.span())
        ):
            yield _mark(reading, *match.span(), 0.9)
        elif (
            _SAID.search(reading.before(match.start(), 30))
            and _VEHICLE.search(reading.before(match.start(), 70))
            and 4 <= len(plain) <= 8
            and not plain.isalpha()
        ):
            yield _mark(reading, *match.span(), 0.7)


def _near(reading: Reading, start: int, end: int) -> bool:
    """Whether a word beside it says what it is."""
    return bool(
        _SAID.search(reading.before(start, 45))
        or _VEHICLE.search(reading.before(start, 40))
        or _SAID.search(reading.after(end, 30))
    )


def _mark(reading: Reading, start: int, end: int, confidence: float) -> Mark:
    return Mark(Kind.LICENCE_PLATE, start, end, safer(Kind.LICENCE_PLATE, reading.language), confidence)
