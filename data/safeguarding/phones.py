"""Telephone numbers of people, as the Network's countries write them and international ones; no public helplines."""

import re
from collections.abc import Iterator
from functools import cache

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import pattern
from data.safeguarding.neutral import Neutral
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

REGIONS = (
    "AL",
    "AT",
    "BR",
    "CL",
    "CY",
    "ES",
    "FI",
    "FR",
    "IS",
    "LV",
    "NE",
    "NL",
    "NO",
    "PE",
    "RO",
    "RW",
    "SE",
    "SI",
    "SN",
)
# Regions whose numbers are dialled with a 0 before them that is not a part of them.
_TRUNK = frozenset({"AL", "AT", "BR", "FI", "FR", "NL", "PE", "RO", "RW", "SE", "SI"})

_CANDIDATE = re.compile(
    r"(?<![\w/,#@])(?<!\d[.\-])(?:\+ ?|\()?\d(?:(?: ?[.\-·_] ?|/|  ?|\)[ .-]?| ?\(|)\d){6,16}(?!\w|[.,/-]\d|@)"
)
_ASKED = re.compile(
    r"\b(?:tels?|telephones?|phones?|phoned|mobiles?|cell(?:phone|ular)?|whats ?app|signal|telegram|viber|"
    r"call(?:ed|s|ing)?|ring|text(?:ed)?|sms|dial|tlf|"
    r"tfno|portable|appel(?:er|ez|le|lez|ait|s)?|joindre|joignable|gsm|fixe|fono|celular(?:es)?|movil|"
    r"telefon(?:o|os|e|es|i|isch|ica)?|llam(?:ar|e|en|o|ada|adas|aba)|"
    r"escrib(?:ir|e|a|io)|sen[dt]|writ(?:e|es|ing)|ecri(?:re|vez|t)|envoy(?:er|ez|e|ait)|envi(?:ar|en|em|e|o|"
    r"ou)|escrev(?:er|am|a|e|eu)|mand(?:ar|em|en|e|ou|o)|atend(?:e|er|eu|ia)|contest(?:a|ar|o)|repond(?:re|s|"
    r"ra|ez)?|answer(?:s|ed|ing)?|marcar|marque|fones?|lig(?:ar|ue|ou|acao|acoes|aram)|zap|wpp|cels?|fax|"
    r"reach(?:ed|able)?|mob|handy|puhelin|telefonnummer|discar|"
    r"rappel(?:er|ez)|texto|mensaje|mensagem|message|messages|extension|ramal)\b"
)
_NUMBERED = re.compile(
    r"\b(?:numbers?|numeros?|num|contact(?:ed|o|os|e|er|ez|ar|arla|arle)?|contatos?|contatar|no|n[o°º])\b\.?"
    r"(?: (?:is|est|es|e|was|era|etait|at|au|al|on|no|ao|her|his|him|sur|le|la|el|en|em|de|del|da|personal|"
    r"personnel|privado|:)){0,3}\s?:?\s?\(?$"
)
_DIRECTLY = re.compile(r"(?:\b(?:al|to|on|at|au|ao|no|pelo|por|sur|es el|est le|e o|is)|:)\s?\(?$")
_HELPLINE = re.compile(
    r"\b(?:help ?-?lines?|hot ?-?lines?|ligne (?:d'ecoute|verte|nationale|gratuite|d'urgence)|numero (?:vert|"
    r"gratuit|d'urgence|court)|ecoute|toll[- ]free|free ?phone|"
    r"linea (?:de ayuda|gratuita|nacional|de emergencia|de atencion|telefonica)|numero gratuito|"
    r"central (?:de atendimento|telefonica|de emergencias?)|disque|ligue 1\d\d|"
    r"linha (?:de apoio|gratuita|direta)|switchboard|standard|centralita|emergency (?!contact)|"
    r"(?<!en cas d')(?<!contact d')urgences?|(?<!contacto de )(?<!contato de )emergencias?|crisis line|"
    r"tel[ée]fono de atencion|ouvidoria|permanence)\b"
)
_INSTITUTION = re.compile(rf"\b(?:{pattern('institutions')})\b")
_KIND_AFTER = re.compile(
    r"^\s?[(,]?\s?(?:mobile|cell|whats ?app|signal|telegram|celular|movil|portable|fijo|fixo|home|work|casa|"
    r"zap|tel|her mobile|mother|mere|madre|mae)\b"
)
# Numbers everybody may call: where one stands in the sentence, the long ones beside it are a service's as well.
_PUBLIC = re.compile(
    r"(?<![\d.,/-])(?:112|911|999|190|180|181|100|016|017|3919|119|116 ?\d{3}|1455|144|1522|1488|1412|114|"
    r"115|149|133|155|123|127|128|129|17|18|15|198|193|192|1515|800 ?\d{3} ?\d{3}|0800[ \d]{4,9})(?![\d]|"
    r"[.,/-]\d| \d{2})"
)
_CALL_IT = re.compile(
    r"\b(?:call|dial|helpline|line|ring|appel|compos|numero|ligne|llam|marc|linea|ligue|disque|linha|"
    r"numbers?|danger|emergency|urgence|emergencia|orienta|advice|conseil)"
)
_PRIVATE = re.compile(
    r"\b(?:her|his|my|personal|private|personnel|personnelle|prive|privado|privada|pessoal|particular|"
    r"su (?:celular|movil|telefono|numero|whatsapp)|"
    r"(?:son|sa|mon) (?:numero|portable|telephone|mobile|whatsapp)|(?:seu|dela|dele)|victim|survivor|witness|"
    r"mother|sister|husband|victime|temoin|mere|soeur|mari|"
    r"victima|testigo|madre|hermana|marido|esposo|vitima|testemunha|mae|irma|home|complainant|plaignante|"
    r"denunciante|celular|mobile|cell|movil|portable)\b|\b[a-z]{2,10}[aei](?:n|r)l[aeo]s?\b|-(?:la|lui)\b|"
    r"\b(?:call|text|ring|phone) her\b"
)
_PRIVATE_PERSON = re.compile(
    r"\b(?:her|his|my|personal|private|personnel|prive|privado|pessoal|victim|survivor|witness|mother|sister|"
    r"husband|victime|temoin|mere|soeur|mari|su|son|sa|victima|testigo|madre|hermana|marido|esposo|"
    r"vitima|testemunha|mae|irma|complainant|plaignante|denunciante|dela|dele|seu|sua|suspect)\b"
)
_FREE_OF_CHARGE = ("toll_free", "shared_cost", "uan", "premium_rate")


@cache
def _national(region: str, sort: str) -> re.Pattern[str] | None:
    """What a region's numbers of a sort look like, without the 0 before them."""
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(region)
    described = getattr(metadata, sort, None)
    shape = described and described.national_number_pattern
    return re.compile(rf"(?:{shape})\Z") if shape else None


@cache
def _sort(digits: str) -> str:
    """What a number is by the plans of the Network's countries.

    Returns:
        `mobile` or `fixed_line`, `either` where they differ, `free` where it can only be a service's, else nothing.
    """
    found: set[str] = set()
    for region in REGIONS:
        number = digits.removeprefix("0") if region in _TRUNK else digits
        for sort in ("mobile", "fixed_line", *_FREE_OF_CHARGE):
            shape = _national(region, sort)
            if shape and shape.match(number):
                found.add("free" if sort in _FREE_OF_CHARGE else sort)
    if re.match(r"080\d", digits) and len(digits) > 8:
        return "free"
    if {"mobile", "fixed_line"} <= found:
        return "either"
    # A free number of one country may be somebody's in another.
    return next((sort for sort in ("mobile", "fixed_line", "free") if sort in found), "")


def _international(digits: str) -> str:
    """The same for a number with its country code."""
    from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse

    try:
        sort = number_type(parse("+" + digits))
    except NumberParseException:
        return ""
    free = {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.PREMIUM_RATE}
    if sort in free:
        return "free"
    return "fixed_line" if sort == PhoneNumberType.FIXED_LINE else "mobile"


_LETTERED = re.compile(r"(?<![\w/,#@])[+(]?[\dOolI](?:[ .()-]{0,2}[\dOolI]){7,15}(?!\w)")
# 'o' is a word of its own in two languages.
_WORDS = re.compile(r"(?:^|[ (.-])[OolI](?:[ ).-]|$)")
_AS_DIGITS = str.maketrans("OolI", "0011")
_CODED = re.compile(r"\((?:30|31|33|34|355|35[1-9]|37[0-9]|38[1-9]|4[0-9]|5[1-8]|22[0-9]|250|25[1-8])\)")
_CARRIED = frozenset(("mobile", "either"))
_GROUPS = {(3, 4), (4, 4), (2, 6), (2, 7), (3, 6), (5, 4), (2, 8), (3, 8), (3, 7), (1, 7), (1, 8), (4, 6), (4, 5)}
_FILED = re.compile(r"\d{3,6}[/-](?:\d\d|(?:19[5-9]|20[0-3])\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3}){1,3}\Z")


def _telling(raw: str, digits: str, sort: str, before: str) -> bool:
    """Whether a number looks like a telephone number where no word says so."""
    if _FILED.fullmatch(raw.strip("(")):
        return False
    groups = tuple(len(group) for group in re.split(r"\D+", raw) if group)
    if _THOUSANDS.match(raw):
        return (sort in _CARRIED and bool(_DIRECTLY.search(before))) or bool(_PRIVATE_PERSON.search(before))
    if raw.startswith("(") or (digits.startswith("0") and len(digits) >= 9):
        return True
    if len(groups) == 1:
        return (sort in _CARRIED and len(digits) >= 9) or bool(_PRIVATE_PERSON.search(before))
    if any(re.fullmatch(r"(?:19|20)\d\d", group) for group in re.split(r"\D+", raw)):
        return False
    if len(groups) == 2:
        return sort in _CARRIED and groups in _GROUPS
    return max(groups) <= 5


def find_phones(reading: Reading, neutral: Neutral) -> Iterator[Mark]:
    """Telephone numbers that are a person's, or may be."""
    for match in _CANDIDATE.finditer(reading.plain):
        start, end = match.span()
        raw = match.group()
        before = reading.before(start, 70)
        digits = re.sub(r"\D", "", raw)
        asked = bool(
            _ASKED.search(before[-50:]) or _NUMBERED.search(before) or _KIND_AFTER.match(reading.after(end, 22))
        )
        if (
            neutral.touches(start, end)
            or (_HELPLINE.search(before) and not (len(digits) > 9 and _PRIVATE_PERSON.search(before)))
            or _beside_public(reading, start, end)
        ):
            continue
        if raw.startswith("+") or (digits.startswith("00") and len(digits) > 9):
            sort = _international(digits.lstrip("0"))
            sure = len(digits) >= 8
        else:
            sort = _sort(digits) or (_international(digits) if _CODED.match(raw) else "")
            sure = (asked and (bool(sort) or not _THOUSANDS.match(raw)) and not _FILED.fullmatch(raw.strip("("))) or (
                bool(sort) and _telling(raw, digits, sort, before)
            )
        if not sure or sort == "free" or _of_institution(reading.before(start, 30 if sort == "mobile" else 130)):
            continue
        yield Mark(Kind.PHONE, start, end, safer(Kind.PHONE, reading.language), 0.95 if asked else 0.8)


def find_lettered(reading: Reading) -> Iterator[Mark]:
    """Telephone numbers with an O for a zero, or an l for a one."""
    for match in _LETTERED.finditer(reading.plain):
        raw = match.group()
        if sum(map(str.isdigit, raw)) < 5 or not any(map(str.isalpha, raw)) or _WORDS.search(raw):
            continue
        digits = re.sub(r"\D", "", raw.translate(_AS_DIGITS))
        asked = _ASKED.search(reading.before(match.start(), 50)) or _NUMBERED.search(reading.before(match.start(), 70))
        if asked or raw.startswith("+") or _sort(digits) in _CARRIED:
            yield Mark(Kind.PHONE, *match.span(), safer(Kind.PHONE, reading.language), 0.8)


def _beside_public(reading: Reading, start: int, end: int) -> bool:
    """Whether a number stands in a list of helplines."""
    before = reading.before(start, 120)
    # The sentence before tells as well: 'Emergency: 112 or 17. SOS Homophobie: 01 48 ...'.
    line = reading.low[max(0, start - 120) : start].rpartition("\n")[2]
    around = line + " \n " + reading.after(end, 60)
    public = _PUBLIC.findall(around)
    return bool(public and (len(public) > 1 or _CALL_IT.search(around))) and not _PRIVATE_PERSON.search(before)


def _of_institution(before: str) -> bool:
    return bool(_INSTITUTION.search(before)) and not _PRIVATE.search(before)
