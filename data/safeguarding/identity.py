"""Numbers of identity documents: by their check digits where they have some, else by the words before them."""

import importlib
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.neutral import Neutral
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer


@cache
def _library(module: str) -> ModuleType:
    return importlib.import_module(f"stdnum.{module}")


def _valid(module: str, text: str) -> bool:
    return bool(_library(module).is_valid(text))


# A shape, the module of python-stdnum that knows its check digits, and whether the shape alone is enough to tell.
_SHAPES = [
    (re.compile(rf"(?<![\w.-]){shape}(?![\w]|[-.]\w)"), module, telling)
    for shape, module, telling in (
        (r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf", True),
        (r"\d{9}-\d{2}", "br.cpf", False),
        (r"\d{11}", "br.cpf", False),
        (r"[1-4]?\d\.\d{3}\.\d{3}-[\dkK]", "cl.rut", True),
        (r"[1-4]?\d{7}-[\dkK]", "cl.rut", False),
        (r"\d{8}[ -]?[A-Z]", "es.dni", False),
        (r"\d{2}\.\d{3}\.\d{3}[ -]?[A-Z]", "es.dni", False),
        (r"[XYZ][ -]?\d{7}[ -]?[A-Z]", "es.nie", False),
        (r"[12](?: ?\d){14}", "fr.nir", False),
        (r"(?:19|20)?\d{6}[-+]\d{4}", "se.personnummer", False),
        (r"\d{6}[-+A-FU-Y]\d{3}[\dA-Y]", "fi.hetu", False),
        (r"\d{6}-?\d{4}", "is_.kennitala", False),
        (r"\d{6}-\d{4}", "dk.cpr", False),
        (r"\d{11}", "pl.pesel", False),
        (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn", False),
        (r"756\.\d{4}\.\d{4}\.\d{2}", "ch.ssn", False),
        (r"\d{6} ?\d{5}", "no.fodselsnummer", False),
        (r"[1-8]\d{12}", "ro.cnp", False),
        (r"\d{13}", "si.emso", False),
        (r"\d{4} ?\d{6}", "at.vnr", False),
        (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[\dA-Z]\d", "mx.curp", True),
        (r"[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,7}(?: ?[\dA-Z]{1,3})?", "iban", False),
    )
]
# Shapes that have no public check digits and are unlike anything else.
_TELLING = [
    re.compile(rf"(?<![\w.-]){shape}(?![\w]|[-.]\w)")
    for shape in (
        r"1 (?:19|20)\d{2} [78] \d{7} \d \d{2}",
        r"1(?:19|20)\d{2}[78]\d{10}",
        r"[12] ?\d{3} ?(?:19|20)\d{2} ?\d{5}",
        r"[A-T]\d{2}[0156]\d[0-3]\d{2}\d[A-W]",
        r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-[012]\d{4}",
        r"32\d{4}-\d{5}",
    )
]
_DOCUMENT = (
    r"(?:cpf|rut|run|dni|nie|nif|nir|bsn|cnp|emso|hetu|ssn|nin|nid|cni|rg|r\.g\.|cin|nuip|curp|cnh|cpr|jmbg|"
    r"ahv|svnr|rnm|crnm|personnummer|personnr|fodselsnummer|kennitala|personas kods|"
    r"henkilotunnus|burgerservicenummer|sozialversicherungsnummer|numar personal|numri personal|"
    r"national (?:id|identity|identification)(?: (?:card|number|document))?|"
    r"(?:id|identity|identification)(?: (?:card|number|document|no))|social security(?: number)?|"
    r"insurance number|passports?|residence permit|birth certificate|driv(?:er'?s|ing) licen[cs]e|"
    r"refugee card|"
    r"passeports?|carte (?:nationale )?d'identite|cni|piece d'identite|numero de securite sociale|"
    r"securite sociale|titre de sejour|carte de sejour|permis de conduire|acte de naissance|carte d'electeur|"
    r"pasaportes?|carne(?: de (?:identidad|extranjeria))?|cedula(?: de (?:identidad|ciudadania))?|"
    r"documento(?: (?:nacional )?de identidad)?|partida de nacimiento|seguridad social|permiso de residencia|"
    r"licencia de conducir|tarjeta sanitaria|"
    r"passaportes?|carteira de (?:identidade|motorista|habilitacao)|identidade|titulo de eleitor|"
    r"cartao (?:do )?sus|pis|nis|certidao de nascimento|carteira de trabalho|"
    r"badge|matricule|matricula funcional|service number|shield number|numero de placa|placa policial|"
    r"numero de agente|tip|registro funcional)"
)
_SIGN = (
    r"(?:[\s,:(]{0,2}(?:porte|lleva|tiene|tem|traz|carries|has|had|shows|le|el|o|the|n\.?\s?[°ºo]\.?|no\.?|"
    r"nro\.?|nr\.?|num\.?|number|numero|#|is|est|es|e|:|ending|de|du|da|"
    r"of|with|bearing|portant|con|com|expedid[oa]|dela|dele|da vitima|de la victima|"
    r"de la victime|(?:of the|of her|of his|du|de la|de l'|d[aeo]s?|del) ?[a-z]{4,14}(?: en cause)?)){0,4}[\s:,(]{0,3}"
)
_NAMED = re.compile(
    rf"(?<![\w-]){_DOCUMENT}(?:\s(?!de\b|no\b)[a-z]{{4,12}})?{_SIGN}"
    r"(?P<code>(?:p<)?[a-z]{0,4}[ -]?\d(?:[ .\-]?[\da-z]){3,20})(?![\w])"
)


def find_identities(reading: Reading, neutral: Neutral) -> Iterator[Mark]:
    """Numbers of documents that are a person's; those of companies are not."""
    for shape, module, telling in _SHAPES:
        for match in shape.finditer(reading.written):
            text = match.group()
            valid = _valid(module, text)
            # Numbers are mistyped and made up as well: a shape that is nothing else tells enough.
            if valid or telling:
                yield _mark(reading, *match.span(), 0.95 if valid else 0.7)
    for shape in _TELLING:
        for match in shape.finditer(reading.written):
            if not neutral.touches(*match.span()):
                yield _mark(reading, *match.span(), 0.8)
    for match in _NAMED.finditer(reading.low):
        start = match.start("code")
        code = _trimmed(match["code"])
        digits = sum(character.isdigit() for character in code)
        written = reading.written[start : start + len(code)].strip()
        mixed = digits >= 2 and len(written) >= 8 and written == written.upper()
        if (digits >= 4 or mixed) and not re.fullmatch(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?", code):
            yield _mark(reading, start + len(match["code"]) - len(match["code"].lstrip()), start + len(code), 0.9)


def _trimmed(code: str) -> str:
    """A code without the words of the sentence that follow it."""
    kept = re.match(r"(?:[a-z]{0,4}[ -]?\d[\da-z]*)(?:[ .\-](?=\S{0,12}\d|[a-z](?![a-z]))[\da-z]+){0,8}", code)
    return kept.group().rstrip() if kept else code


def _mark(reading: Reading, start: int, end: int, confidence: float) -> Mark:
    return Mark(Kind.IDENTITY_DOCUMENT, start, end, safer(Kind.IDENTITY_DOCUMENT, reading.language), confidence)
