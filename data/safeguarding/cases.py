"""Numbers of cases, files, complaints and court proceedings."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.neutral import Neutral
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

_CNJ = re.compile(r"\b\d{7}-?\d{2}\.\d{4}\.\d\.?\d{2}\.\d{4}\b")
_WHAT = (
    r"(?:(?:court |criminal |police |investigation )?(?:case|file|docket|(?<!en )cause|proceeding)s?(?: (?:file|"
    r"reference|ref|id|code))?|(?:police|incident|crime|occurrence|complaint|medical|autopsy|forensic) "
    r"(?:report|reference|ref|file|log|register|entry)|crime (?:number|no|ref(?:erence)?)|complaint|incident|"
    r"investigation|"
    r"criminal complaint|"
    r"dossier(?: (?:judiciaire|penal|d'enquete|d'instruction))?|affaire|procedure|procedures|enquete|"
    r"instruction|proces-verbal|p\.?-?v\.?|main courante|parquet|plainte|jugement|arret|"
    r"ordonnance de protection|rapport d'intervention|requisition|"
    r"expediente(?: (?:judicial|fiscal|penal))?|exp\.|exp|causa(?: (?:penal|rol))?|cf|c\.f\.|carpeta(?: (?:fiscal|"
    r"judicial|de investigacion))?|denuncia|atestado|sumario|diligencias(?: previas)?|"
    r"legajo|nig|n\.i\.g\.|investigacion|parte policial|acta|sentencia|caso|rol|ruc|rit|cuj|"
    r"procedimiento(?: abreviado)?|juicio(?: rapido)?|ejecutoria|medida de proteccion|noticia criminal|"
    r"processo(?: (?:judicial|criminal|penal))?|proc\.|autos|inquerito(?: policial)?|ipl|ip|i\.p\.|b\.?o\.?|bo|"
    r"boletim(?: de ocorrencia)?|ocorrencia|registro de ocorrencia|ro|r\.o\.|tco|t\.c\.o\.|"
    r"acao penal|medida protetiva|rdo|flagrante|protocolo de denuncia|prontuario|laudo(?: pericial)?|"
    r"historia clinica|pasta|ficha|register entry|record|registro|medical record|dossier medical|anmeldelse|"
    r"sak|saksnummer|zaak(?:nummer)?|zaak|dosar|primadosar|asia|malnummer|mal|sag|sagsnr|saknr|parnummer|"
    r"kriminalprocess|kriminallieta|rikosilmoitus|diarienummer|dnr|malnr|aktenzeichen|az\.|geschaftszahl|gz)"
)
_SIGN = (
    r"(?:n\.?\s?[°ºo]s?\.?|n°\.?|no\.?|nro\.?|nr\.?|num(?![a-z])\.?|number|numero|numer(?![a-z])|#|ref\.?|"
    r"reference|reg\.?|"
    r"registered (?:as|under)|enregistree? sous le|registrad[ao] con el|:)"
)
_FILLING = (
    r"(?:\s(?:is|was|est|etait|es|era|e|foi|du|de|de la|del|da|do|le|la|el|o|a|with|under|sous|con|com|bearing|"
    r"tiene|tem|judicial|penal|criminal|policial|fiscal|unico|registered|lleva|porte|registrado|numbered|"
    r"reference|referencia|nacional|national|domestic|interno|interna|internal|open|ongoing|pending|abiert[ao]|"
    r"abert[ao]|em aberto|em andamento|en curso|en cours|ouverte?)){0,4}"
)
_CODE = (
    r"(?P<code>(?:\d{1,3}\s[a-z]{1,5}\s(?=\d)|(?:[a-z]{1,6}[-./ ]?){0,3})\d[\da-z]*(?:\s?[-/]\s?[\da-z]{1,12}|"
    r"\.\d[\da-z]{0,11}|\.[a-z]{1,3}(?=[-./])|\s\d{3}(?!\d)){0,7})"
)
_SIGNED = re.compile(
    rf"(?<![\w-]){_WHAT}{_FILLING}[\s,:(]{{0,3}}{_SIGN}[\s:]{{0,2}}(?:{_SIGN}[\s:]{{0,2}})?{_CODE}(?!\w)"
)
# Without a sign the number itself has to look like a file's.
_BARE = re.compile(
    rf"(?<![\w-]){_WHAT}{_FILLING}[\s:(]{{1,3}}"
    r"(?P<code>(?:[a-z]{1,6}[-./ ]?){0,3}\d[\da-z]*(?:[-/.][\da-z]{1,12}){1,7})(?!\w)"
)
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:number|numero|num\.|n°|n\.?º|nro\.?) (?:(?:de|du|of|da|do|del|d')\s?)?(?:the |la |le |l'|"
    rf"el |o )?{_WHAT}(?: (?:is|est|es|e|era|was))?[\s:]{{1,3}}{_CODE}(?!\w)"
)
# 'RG 22/01234' is a file in France; 'RG 12.345.678-9' a document in Brazil.
_ROLE_NUMBER = re.compile(r"\br\.?g\.?\s?(?:n[°ºo.]{0,2}\s?)?(?P<code>\d{2,4}/\d{2,6})\b")
_LONG = re.compile(
    r"(?<![\w-])(?:case|dossier|expediente|causa|processo|inquerito(?: policial)?|criminal case|procedure|"
    r"denuncia|file|carpeta)(?:\s(?:number|numero|no|ref))?\s(?P<code>\d{6,20})(?!\w|[.,]\d)"
)
# Any number with a sign where the sentence is about a proceeding: 'Parquet de Niamey, RP n° 567/PR/2023'.
_ANY = re.compile(
    rf"(?<!\w)(?!no\s){_SIGN}\s?(?P<code>(?:[a-z]{{1,6}}[-./ ]?){{0,2}}\d[\da-z]*(?:[-/][\da-z]{{1,12}}){{1,7}})(?!\w)"
)
_PROCEEDING = re.compile(
    r"\b(?:parquet|tribunal|procureur\w*|procedure|audience|victime|plaignante|instruction|juge|jueza?|"
    r"juzgado|fiscalia|fiscal|imputad[ao]|victima|audiencia|vara|delegacia|promotoria|inquerito|vitima|reu|"
    r"court|prosecut\w+|hearing|victim|suspect|accused|investigation|enquete|denuncia)\b"
)
_SPANISH = re.compile(r"\bn\.?i\.?g\.?\s?[:.n°º ]{0,4}(?P<code>\d{5}[ .-]?\d{2}[ .-]?\d[ .-]?\d{4}[ .-]?\d{4,8})\b")
_CHILE = re.compile(r"\b(?:ruc|rit|rol)\b[\s:.n°º]{0,5}(?P<code>(?:[a-z]-)?\d[\d.]{0,12}-[\dk]{1,4}(?:-\d)?)(?!\w)")
_PUBLIC = re.compile(
    r"\b(?:echr|ecthr|cedh|tedh|cidh|iachr|cedaw|court of human rights|cour europeenne|cour interamericaine|"
    r"corte interamericana|comision interamericana|inter-american|tribunal europeo|"
    r"corte europea|corte europeia|comissao interamericana|comite|committee|supreme court|"
    r"constitutional court|cour constitutionnelle|corte constitucional|tribunal constitucional|"
    r"corte suprema|supremo tribunal|stf|stj|conseil constitutionnel|treaty|jurisprudence|jurisprudencia|"
    r"landmark|judgment|vs?\.)\s|\bv\. [a-z]|\bvs\.? [a-z]"
)
_COURT_OF_THE_UNION = re.compile(r"[ct]-?\d{1,4}/\d\d\Z")
_SMALL = re.compile(
    r"(?:19|20)?\d{1,2}\Z|\d{1,2}(?:\.\d)?\Z|(?:19|20)\d\d[-/](?:19|20)?\d\d\Z|\d{1,2}[./-]\d{1,2}[./-](?:19|"
    r"20)?\d\d\Z|\d{1,2}[.:h]\d{2}\Z|\d{1,3}(?:\.\d{3})+\Z"
)


def find_cases(reading: Reading, neutral: Neutral) -> Iterator[Mark]:
    """Numbers that lead to one proceeding; those of published judgments are everybody's."""
    for match in _CNJ.finditer(reading.low):
        yield _mark(reading, *match.span(), 0.99)
    for match in _SPANISH.finditer(reading.low):
        yield _mark(reading, *match.span("code"), 0.95)
    for shape in (_SIGNED, _BARE, _NUMBER_OF, _CHILE, _ROLE_NUMBER, _LONG, _ANY):
        for match in shape.finditer(reading.low):
            start, end = match.span("code")
            if shape is _ANY and (
                neutral.touches(start, end)
                or not _PROCEEDING.search(reading.before(start, 90) + " " + reading.after(end, 60))
            ):
                continue
            if _SMALL.match(match["code"]) or not any(letter.isdigit() for letter in match["code"]):
                continue
            if shape is _BARE and re.fullmatch(r"[\d.]+", match["code"]):
                continue
            if _COURT_OF_THE_UNION.match(match["code"]):
                continue
            sentence = reading.low[slice(*reading.sentence(start))]
            around = sentence if len(sentence) < 400 else reading.before(start, 200) + reading.after(end, 60)
            if not _PUBLIC.search(around):
                yield _mark(reading, start, end, 0.9)


def _mark(reading: Reading, start: int, end: int, confidence: float) -> Mark:
    return Mark(Kind.CASE_NUMBER, start, end, safer(Kind.CASE_NUMBER, reading.language), confidence)
