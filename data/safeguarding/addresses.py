"""Street addresses of homes, in four languages and in the forms of the Network's countries."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import countries, pattern, words
from data.safeguarding.neutral import Neutral
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

_NAME = r"[A-Z\d][\w'.-]{0,24}"
_LINK = r"(?:(?:de la|de las|de los|del|de|da|das|dos|do|des|du|la|le|les|el|los|l'|d'|of|y|e|et|s/|the) ?){0,2}"
_NAMES = rf"{_LINK}{_NAME}(?:[ -]{_LINK}{_NAME}){{0,4}}?"
_NO = (
    r"(?:[,.]? ?(?:#|[Nn][.°º]{0,3}[oº°]?\.?|[Nn]d\.?|[Pp]r\.?|[Nn]ro\.?|[Nn]r\.?|[Nn]um\.?|[Nn]umero|[Nn]o\.?|"
    r"number)?(?: ?km\.?)? ?)"
)
_HOUSE = r"\d{1,5}(?:[ -]?[A-Za-z]\b| ?(?:bis|ter)\b)?(?: ?- ?\d{1,3}(?!\d))?"
_FRENCH = (
    r"(?:rue|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|place|allee|allees|impasse|chemin|quai|cite|villa|"
    r"passage|square|cours|sentier|ruelle|route|corniche|lotissement|residence)"
)
_IBERIAN = (
    r"(?:calle|c/|cl\.|cll\.?|avenida|avda?\.?|av\.?|ave\.?|jiron|jr\.?|pasaje|psje\.?|pje\.?|plaza|plazuela|"
    r"paseo|camino|carrera|cra\.?|cr\.|kra\.?|ronda|travesia|travessa|trav\.|tv\.|"
    r"carretera|urbanizacion|urb\.?|alameda|malecon|prolongacion|diagonal|transversal|rua|r\. |praca|pca\.?|"
    r"largo|rodovia|rod\.|estrada|ladeira|viela|beco|vila|poblacion|villa|conjunto|"
    r"block|via|callejon|glorieta|costanera|autopista|rambla|carrer)"
)
_ENGLISH = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Boulevard|Blvd|Terrace|Place|Square|Way|Crescent|"
    r"Gardens|Grove|Row|Walk|Hill|Alley|Parade|Mews|Highway|Path|Quay)"
)
_SUFFIXED = (
    r"(?:stra(?:ss|ß)e|str|gasse|weg|platz|allee|ring|gatan|gata|vagen|grand|torget|veien|vegen|gate|gaten|"
    r"katu|tie|kuja|polku|straat|laan|plein|kade|gracht|dijk|singel|braut|vegur|gotu|vangur|holt|"
    r"stigur|hverfi|stigen|backen)"
)
_PREFIXED = (
    r"(?:rruga|rr\.|bulevardi|ulica|ul\.|cesta|strada|str\.|bulevardul|bd\.|calea|aleea|soseaua|sos\.|intrarea|"
    r"odos|leoforos|mannerheimin|trg)"
)
_SPACED = (
    r"(?:iela|gatve|bulvaris|prospekts|laukums|ulica|cesta|ulice|trg|pot|katu|tie|gate|gata|straat|weg|Strasse|"
    r"Gasse|Platz|Street|Sokak|Caddesi|Sk\.|Cad\.|Lagmuri)"
)
# Each is matched on plain text; only the capitals of names count.
_STREETS = [
    re.compile(part)
    for part in (
        rf"\b\d{{1,4}}(?: ?(?:bis|ter|[A-D]))?,? (?i:{_FRENCH}) {_NAMES}(?![\w])",
        rf"(?<!\w)(?i:{_IBERIAN}) ?{_NAMES}{_NO}{_HOUSE}(?!\w)",
        (
            rf"(?<!\w)(?i:{_IBERIAN}) ?\d{{1,3}}[A-Z]?(?: (?:bis|sur|norte|este|"
            rf"oeste))?{_NO}\d{{1,3}}[A-Z]?(?: ?- ?\d{{1,3}})?(?!\w)"
        ),
        rf"\b(?i:{_FRENCH}) {_NAMES}{_NO}{_HOUSE}(?!\w)",
        rf"\b\d{{1,5}}[A-Za-z]?(?:-\d{{1,4}})?,? (?:[A-Z][\w'.-]{{1,24}} ){{1,3}}{_ENGLISH}\b",
        (
            rf"\b{_NAME}(?: {_NAME}){{0,2}} \d{{1,5}},? (?:depto|dpto|departamento|apto|apartamento|piso|oficina|"
            r"of\.|casa|interior|int|block)\.? ?\d{1,4}[A-Z]?\b"
        ),
        (
            r"\b(?i:km\.?) \d{1,4}(?:[.,]\d)?,? (?i:de la |da |de |of the |of |on the )?(?i:carretera|rodovia|"
            r"estrada|route|road|panamericana|ruta)(?: [A-Z\d][\w-]{1,20})?"
        ),
        r"\bK[GKN] ?\d{1,3} (?:Ave|St|Rd|Avenue|Street|Road)\b(?:,? ?(?:house|no\.?|n°|#)? ?\d{1,4})?",
        rf"\b[A-Z][a-z-]{{1,24}}{_SUFFIXED},? ?\d{{1,4}} ?(?:[A-Za-z]\b)?(?: \d{{1,3}}\b)?",
        rf"\b(?i:{_PREFIXED}) ?\"?{_NAMES}\"?{_NO}(?:nr\.? ?|p\. ?)?{_HOUSE}(?!\w)",
        rf"\b[A-Z][a-z]{{1,24}}(?: [A-Z]?[a-z]{{1,24}})? {_SPACED} \d{{1,4}}[A-Za-z]?\b",
        (
            r"\b(?:Mannerheimintie|Laugavegur|Hverfisgata|Hringbraut|[A-Z][a-z]{3,24}(?:tie|vegur|braut|gata|"
            r"stig|stein|bakken|haugen|svingen|allé)) \d{1,4} ?[A-Za-z]?\b(?: ?\d{1,3}\b)?"
        ),
        (
            r"\b(?:SQN|SQS|QNM|QNN|QSD|CLN|SHIS|QI|QL|QE|QR|EQNP) ?\d{1,3}\b,? (?:bloco|conjunto|bl\.?|conj\.?|"
            r"casa|lote|quadra) ?[\w]{1,3}\b"
        ),
        (
            r"\b(?i:quadra|qd\.?|q\.|setor) ?[\dA-Z]{1,4},? (?i:conjunto|conj\.?|bloco|"
            r"bl\.?) ?[\dA-Z]{1,3},? (?i:casa|lote|apto\.?|apartamento) ?\d{1,4}\b"
        ),
        (
            r"\b(?i:quadra|qd\.?|manzana|mz\.?|mza\.?|lote|lot|parcelle|parcela) ?[\dA-Z]{1,4}[,.]? (?i:lote|"
            r"lt\.?|casa|conjunto|villa|n°|block|bloque|lot) ?(?:n[.°º]{0,2} ?)?\d{1,4}\b"
        ),
        r"\b(?i:villa|maison|concession|lot|parcelle|logement) (?:[Nn][.°º]{1,2}o? ?|numero |no\.? )\d{1,5}\b",
        (
            r"\b(?i:flat|apartment|apt\.?|appartement|appt\.?|apto\.?|apartamento|ap\.|departamento|depto\.?|"
            r"dpto\.?|leilighet|lagenhet) ?(?:n[.°º]{0,2}o? ?)?\d{1,4}[A-Z]?,? "
            r"(?i:block|bloc|bloque|bloco|building|immeuble|edificio|torre|residence|batiment|of|de|du|na|en|da|"
            r"do) ?[A-Z\d][\w-]{0,20}"
        ),
    )
]
_TOWN = r"[A-Z][a-z][\w-]{1,24}(?: (?:(?:de|du|la|do|da|sur|en)-? ?)?[A-Z][\w-]{1,24}){0,2}"
_POSTCODES = [
    re.compile(part)
    for part in (
        rf"(?<![\w.,/-])(?:F-|E-|FI-|RO-)?\d{{5}},? {_TOWN}",
        rf"(?<![\w.,/-])(?:NL-)?[1-9]\d{{3}} ?[A-Z]{{2}},? {_TOWN}",
        rf"(?<![\w.,/-])(?:S-|SE-)?[1-9]\d{{2}} \d{{2}} {_TOWN}",
        r"\b(?:CEP:? ?)\d{5}-?\d{3}\b|(?<![\d.-])\d{5}-\d{3}(?![\d-])",
        r"\bLV-\d{4}\b",
        rf"(?<=, )(?:A-|N-|SI-|AL-|CY-|IS-)?[1-9]\d{{2,3}} {_TOWN}",
        rf"\b{_TOWN},? (?:LV-)?\d{{4,6}}(?=[.,;)]|$)(?<!\b20\d\d)(?<!\b19\d\d)",
    )
]
_FLAT = re.compile(
    r"(?:,? ?(?:apt|apto|apartment|flat|unit|appartement|appt|apartamento|ap|piso|departamento|depto|dpto|"
    r"dept|interior|int|bloco|bloque|bloc|block|bl|casa|house|room|porta|puerta|porte|etage|"
    r"escalier|esc|batiment|bat|immeuble|torre|sala|sobrado|fundos|lt|lote|mz|manzana|lejlighet|h0|etasje|"
    r"floor|door|et|sc|ap)\.? ?"
    r"(?:n[.°º]{0,2} ?)?(?:\d{1,4}[a-z]?|[a-d]|izquierda|derecha)\b){1,3}"
)
_NEXT_TOWN = re.compile(rf",? ?(?:\(?(?:[A-Z]{{1,2}}-)?\d{{3,6}}(?:[ -]?\d{{2,3}})?(?: ?[A-Z]{{2}})?,? )?{_TOWN}")
_LIVES = re.compile(
    r"\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing|e|ait|ant|ia)|stay(?:s|ed|ing)|home is|house is|habit(?:e|ait|"
    r"ant|a)|vi(?:t|vait|ve|via|viendo|vendo)|log(?:e|ait|ee)|hebergee|domiciliee?|domiciliad[ao]|"
    r"mor(?:a|ava|ando)|residente|(?:her|his|su|sua|seu|sa|son) (?:home|house|casa|maison|domicile|domicilio|"
    r"appartement|apartment|flat|departamento|apartamento)(?: (?:is|est|queda|fica|esta))?)\b"
    r"(?:[ ,](?:just|right|now|actuellement|juste|ahora|alone|with \w{2,12} \w{2,12}|seule|sola|sozinha|"
    r"con \w{2,10} \w{2,10}|com \w{2,10} \w{2,10})){0,2} "
    r"(?P<where>(?:behind|next to|opposite|across from|above|beside|near|derriere|en face d[eu]s?|"
    r"a cote d[eu]s?|au-dessus d[eu]s?|pres d[eu]s?|detras de(?:l)?|al lado de(?:l)?|"
    r"frente a(?:l)?|junto a(?:l)?|encima de(?:l)?|cerca de(?:l)?|atras d[aeo]s?|ao lado d[aeo]s?|"
    r"em frente (?:a|ao|da|do)|perto d[aeo]s?|em cima d[aeo]|proximo (?:a|ao|da|do))"
    r" (?:the |la |le |les |l'|el |los |las |a |o )?[^,.;:!?\n]{3,50})"
)
# Where a telephone is, as maps write it: to four decimals it is a house.
_COORDINATES = re.compile(
    r"(?<![\d.,])[+-]?\d{1,2}[.,]\d{4,8}°? ?[ns]?[,;/ ] ?[+-]?\d{1,3}[.,]\d{4,8}°?(?: ?[ewo]\b)?(?![\d.,]\d)"
)
_DEGREES = re.compile(
    r"(?<![\d.,])\d{1,2} ?[°º] ?\d{1,2} ?['′] ?(?:\d{1,2}(?:[.,]\d{1,3})? ?(?:[\"″]|"
    r"'') ?)?[ns],? ?\d{1,3} ?[°º] ?\d{1,2} ?['′] ?"
    r"(?:\d{1,2}(?:[.,]\d{1,3})? ?(?:[\"″]|'') ?)?[ewo]\b|"
    r"(?<![\d.,])\d{1,2}[.,]\d{3,8} ?[°º] ?[ns],? ?\d{1,3}[.,]\d{3,8} ?[°º] ?[ewo]\b"
)
_MAP = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.)?google\.[a-z.]{2,6}/maps|"
    r"maps\.google\.[a-z.]{2,6}|waze\.com/ul)/\S{2,200}"
    r"|\bgeo:-?\d{1,2}\.\d{2,8},-?\d{1,3}\.\d{2,8}|(?<!\w)///[a-z]{3,14}\.[a-z]{3,14}\.[a-z]{3,14}\b"
)
_PLUS_CODE = re.compile(r"(?<![\w+])[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}(?![\w+])")
_OFFICE = re.compile(
    rf"\b(?:{pattern('institutions')}|{pattern('events')}|held|takes place|took place|aura lieu|a lieu|"
    r"tendra lugar|se realizara|acontecera|sera realizad[ao]|join us|rendez-vous|lieu|lugar|local|"
    r"inscri\w{1,12})\b"
)
_HOME = re.compile(
    r"\b(?:her|his|she|he|liv(?:es|ed|ing)|home|her house|his house|flat|apartment|victim|survivor|suspect|"
    r"witness|domicile|habite|habitait|vit|vivait|elle|il|reside|residait|chez|victime|"
    r"plaignante|appartement|sa maison|su casa|su|ella|vive|vivia|domicilio|vivienda|victima|denunciante|ela|"
    r"ele|mora|morava|residencia|vitima|apartamento|moradora|agressor|agresor|"
    r"aggressor|perpetrator|husband|wife|mother|conjoint|mari|epouse?|marido|espos[ao]|expareja|"
    r"ex-?marido|companheir[ao]|assistida|usuaria|denunciad[ao]|agraviada|imputado|autor|shelter|refuge|abrigo|"
    r"refugio|foyer|safe house|acogida|residente|raped|attacked|"
    r"assaulted|beaten)\b"
)


# 'France 3919', 'Chile, 1455': a country or a town with its helpline.
_HELPLINE = re.compile(
    r"^[A-Z].*[ ,](?:112|911|999|190|180|181|100|016|017|3919|119|116|1455|144|1522|1488|1412|114|115|149|133|"
    r"155|1515|3512|800)\d{0,3}$"
)
# Homes are visited; only dwellings have flats, floors and back houses.
_VISITS = re.compile(r"\bvisit(?:e|a|s|es|as)?\b")
_DWELLING = re.compile(
    r"\b(?:flat|apt|apartment|appartement|appt|apto|apartamento|ap\.|depto|dpto|departamento \d|fundos|sobrado|"
    r"batiment [a-z\d]\b|bat\. ?[a-z\d]\b|porte \d|puerta|izq|izda|dcha|derecha|izquierda|casa \d|h\. ?\d|"
    r"lejlighet|leilighet)"
    r"|\b\d{1,2}(?:st|nd|rd|th) floor|\d{1,2}[.º°]{1,2} ?[a-d]\b|, ?[1-9]\d?e etage"
)
# 'Direccion' is an office and an address.
_WHOSE = re.compile(r"\bdireccion(?= para| de (?:la )?(?:victima|casa|familia|ella)| exacta|\s?:| es )")


def find_addresses(reading: Reading, neutral: Neutral) -> Iterator[Mark]:
    """Streets with a house number, post codes with their town, and homes told by what they stand next to."""
    found: list[tuple[int, int]] = []
    for street in _STREETS:
        found += [_whole(reading, *match.span()) for match in street.finditer(reading.plain)]
    for code in _POSTCODES:
        for match in code.finditer(reading.plain):
            if not neutral.touches(*match.span()) and _town(match.group()) and not _HELPLINE.search(match.group()):
                found.append(match.span())
    for start, end in found:
        if not _of_office(reading, start, end):
            yield Mark(Kind.ADDRESS, start, end, safer(Kind.ADDRESS, reading.language))
    for where in (_COORDINATES, _DEGREES, _MAP, _PLUS_CODE):
        for match in where.finditer(reading.low):
            yield Mark(Kind.ADDRESS, *match.span(), safer(Kind.ADDRESS, reading.language), 0.8)
    for match in _LIVES.finditer(reading.low):
        start, end = match.span("where")
        yield Mark(Kind.ADDRESS, start, end, safer(Kind.ADDRESS, reading.language), 0.7)


def _town(text: str) -> bool:
    """Whether what follows a post code can be a town: `15000 Women` and `20000 Euros` cannot."""
    name = re.sub(r"^[\W\d]*(?:[A-Z]{2}\b)?[^A-Za-z]*", "", text).lower()
    name = re.sub(r"^(?:the|la|le|los|las|den|het|el) ", "", name)
    first = name.split(" ")[0]
    return (
        first not in words("not_names")
        and first not in words("organisations")
        and name not in countries()
        and not first.endswith("s'")
    )


def _whole(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A street with the flat, the post code and the town that follow it."""
    flat = _FLAT.match(reading.low, end)
    if flat:
        end = flat.end()
    town = _NEXT_TOWN.match(reading.plain, end)
    return start, town.end() if town and town.group().startswith((",", " ")) and town.group().strip(" ,(") else end


def _of_office(reading: Reading, start: int, end: int) -> bool:
    """Whether an address is an institution's or an event's; a home's is not."""
    before = _VISITS.sub(" ", _WHOSE.sub(" ", reading.before(start, 120)))
    return (
        bool(_OFFICE.search(before))
        and not _HOME.search(before)
        and not _DWELLING.search(reading.low[start : end + 30])
    )
