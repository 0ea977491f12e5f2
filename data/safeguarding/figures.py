"""Ages, exact dates and small numbers, in digits and in the words of four languages."""

import re
from dataclasses import dataclass

_MONTHS = (
    "january jan janvier enero janeiro",
    "february feb fevrier febrero fevereiro fev",
    "march mar mars marzo marco",
    "april apr avril abril abr avr",
    "may mai mayo maio",
    "june jun juin junio junho",
    "july jul juillet julio julho juil",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre setembro set",
    "october oct octobre octubre outubro out",
    "november nov novembre noviembre novembro",
    "december dec decembre diciembre dezembro dic dez",
)
_MONTH = {word: number for number, line in enumerate(_MONTHS, 1) for word in line.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATES = [
    re.compile(part)
    for part in (
        (
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?\s(?:of\s|de\s)?(?P<month>{_NAMES})\b\.?(?:,?\s(?:of\s|"
            r"de\s|del\s)?(?P<year>(?:19|20)\d\d)\b)?"
        ),
        rf"\b(?P<month>{_NAMES})\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year>(?:19|20)\d\d)\b)?",
        r"\b(?P<day>\d{1,2})[./-](?P<month>0?[1-9]|1[0-2])[./-](?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)\b",
    )
]
_RECENT = re.compile(
    r"\b(?:yesterday|last (?:night|mon|tues|wednes|thurs|fri|satur|sun)\w{0,4}|(?:on|this) (?:monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday)|christmas (?:eve|day)|new year's (?:eve|day)|"
    r"hier|avant-hier|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:dernier|soir|matin)|la nuit derniere|"
    r"ayer|anoche|anteayer|(?:el )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:pasado|"
    r"por la (?:noche|manana))|"
    r"ontem|anteontem|(?:na |no )?(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)(?:-feira)? passad[ao])\b"
)
_PERSON = (
    r"(?:woman|girl|boy|man|child|mother|student|teenager|pupil|schoolgirl|victim|survivor|resident|daughter|"
    r"son|sister|widow|baby|migrant|refugee|femme|fille|fillette|garcon|homme|enfant|mere|"
    r"adolescente?|eleve|etudiante?|victime|lyceenne|collegienne|mineure?|dame|jeune|soeur|mujer|nina|nino|"
    r"joven|menor|hombre|madre|adolescente|jovem|alumna|estudiante|victima|senora|hija|hijo|"
    r"muchacha|chica|mulher|menina|menino|moca|rapaz|homem|crianca|mae|aluna|vitima|filha|filho|idosa|garota|"
    r"person|persona|pessoa|personne|bebe|anciana|paciente|patiente?|habitante|vecina|moradora|trabajadora|"
    r"officer)"
)
_YEARS = r"(?:years?|yrs?|ans|anos?|months?|mois|meses)"
_NUMBER_WORDS = {
    word: value
    for value, line in {
        1: "one",
        2: "two deux dos dois duas",
        3: "three trois tres",
        4: "four quatre cuatro quatro",
        5: "five cinq cinco",
        6: "six seis",
        7: "seven sept siete sete",
        8: "eight huit ocho oito",
        9: "nine neuf nueve nove",
        10: "ten dix diez dez",
        11: "eleven onze once",
        12: "twelve douze doce doze",
        13: "thirteen treize trece treze",
        14: "fourteen quatorze catorce catorze quatorze",
        15: "fifteen quinze quince quinze",
        16: "sixteen seize dieciseis dezesseis",
        17: "seventeen dix-sept diecisiete dezessete",
        18: "eighteen dix-huit dieciocho dezoito",
        19: "nineteen dix-neuf diecinueve dezenove",
        20: "twenty vingt veinte vinte",
    }.items()
    for word in line.split()
}
_LASTING = (
    r"(?:experiencia|experience|carriere|carrera|carreira|servicio|service|servico|plan|strategie|estrategia|"
    r"peine|pena|prison|prision|prisao|periode|periodo|programme|programa|projet|proyecto|"
    r"projeto|convention|convenio|contrat|contrato|mandat|mandato|condena|lutte|luta|lucha|trabajo|trabalho|"
    r"travail|histoire|historia|trayectoria|trajetoria|duree|duracion|anciennete|edad|age|plus|"
    r"mas|mais|moins|menos|lapso|delai|cycle|ciclo|bail|vigencia|reclusion)\b"
)
_AGE_NUMBER = rf"(?P<age>\d{{1,2}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_AGES = [
    re.compile(part)
    for part in (
        rf"(?<![\d-]){_AGE_NUMBER}[- ]years?[- ]olds?\b(?:[ -]{_PERSON}\b)?",
        rf"(?<![\d-]){_AGE_NUMBER}[- ]year[- ]old\b",
        (
            rf"\b(?:aged?|agee?s?(?: de)?|de edad|edad de|idade de|com idade de)\s{_AGE_NUMBER}\b(?!\s?(?:[-–]|"
            r"to|a|et|and|y|e|or|ou|o)\s?\d)"
        ),
        (
            rf"\b{_PERSON}s?,?\s(?:[a-z]{{3,14}}\s){{0,3}}(?:(?:age|agee) )?(?:de|d'|com|con)\s?(?:apenas |solo |"
            rf"seulement |tan solo |so )?{_AGE_NUMBER}\s{_YEARS}\b"
        ),
        (
            r"\b(?:une?|una|uma?|la|le|el|cette|esta|"
            rf"essa)\s(?:[a-z]{{2,14}}\s){{0,2}}(?!{_LASTING})[a-z]{{3,14}}\s(?:de|d')\s?{_AGE_NUMBER}\s(?:ans|"
            r"anos)\b"
        ),
        rf",\s{_AGE_NUMBER}(?:\s(?:ans|anos|years old|years))?(?=,|\)|\.)",
        rf"(?<=\w)\s\({_AGE_NUMBER}(?:\s(?:ans|anos|years|years old))?\)",
        rf"\b{_AGE_NUMBER}\s(?:anos de edad|anos de idade|ans revolus)\b",
        rf"(?<!\d )\b(?:tiene|tenia|tem|tinha|a|avait|cumplio|is|was)\s{_AGE_NUMBER}\s(?:anos|ans|years old)\b",
        rf"\b{_PERSON}\sof\s{_AGE_NUMBER}\b(?!\s(?:the|years of|and|or|to)\b)",
        rf"\b(?:turned|just)\s{_AGE_NUMBER}\b(?= (?:and|when|last|in|,))",
    )
]
_WOMEN = re.compile(
    r"\b(?:woman|girl|mother|daughter|schoolgirl|sister|widow|she|her|wife|femme|fille|fillette|mere|soeur|"
    r"veuve|elle|epouse|etudiante|lyceenne|mineure|dame|patiente|agee|mujer|nina|madre|hija|"
    r"hermana|alumna|senora|ella|esposa|muchacha|chica|vecina|trabajadora|anciana|mulher|menina|moca|mae|"
    r"filha|irma|aluna|ela|garota|idosa|moradora|senhora)\b"
)
_MEN = re.compile(r"\b(?:man|boy|son|he|his|garcon|homme|fils|il|nino|hombre|hijo|menino|rapaz|homem|filho|ele)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """An exact date.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        month: 1 to 12; 0 for 'yesterday' and the like.
        year: None where none is told.
    """

    start: int
    end: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Aged:
    """A person's age: where it stands, in years (0 for months), and `f`, `m` or nothing."""

    start: int
    end: int
    age: int
    gender: str


def dates(low: str) -> list[Dated]:
    """The exact dates of a plain text in lower case, in order."""
    found: list[Dated] = []
    for shape in _DATES:
        for match in shape.finditer(low):
            month = _MONTH.get(match["month"]) or int(match["month"])
            if 1 <= int(match["day"]) <= 31:
                found.append(Dated(match.start(), match.end(), month, int(match["year"]) if match["year"] else None))
    found += [Dated(match.start(), match.end(), 0, None) for match in _RECENT.finditer(low)]
    return sorted(found, key=lambda date: date.start)


def number_of(word: str) -> int | None:
    """A small number, in digits or in words."""
    return int(word) if word.isdecimal() else _NUMBER_WORDS.get(word)


def gender_in(low: str) -> str:
    """`f` or `m` where a passage tells one of them, else nothing."""
    women, men = bool(_WOMEN.search(low)), bool(_MEN.search(low))
    return "" if women == men else "f" if women else "m"


def ages(low: str) -> list[Aged]:
    """The ages of persons in a plain text in lower case, in order; each once."""
    found: dict[int, Aged] = {}
    for shape in _AGES:
        for match in shape.finditer(low):
            age = number_of(match["age"])
            place = match.start("age")
            if age is None or not 0 < age < 100 or place in found:
                continue
            if re.search(r"(?:months?|mois|meses)\b", match.group()):
                age = 0
            around = low[max(0, match.start() - 25) : match.end() + 25]
            start = match.start() + len(match.group()) - len(match.group().lstrip(" ,("))
            found[place] = Aged(start, match.end(), age, gender_in(match.group()) or gender_in(around))
    return sorted(found.values(), key=lambda aged: aged.start)
