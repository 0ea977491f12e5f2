"""Passages full of numbers and names that identify nobody: laws, sources, money, shares, links."""

import re

# On the plain text in lower case. Every quantifier is bounded: no text makes them slow.
_NUMBER = r"(?<![\d.,])(?<!\d )\d[\d.,/ \-]{0,20}"
_NO = r"(?:n\s?[.°ºo]{0,3}|no\.?|nos\.?|nro\.?|num\.?|number|numero|#)?\s{0,2}"
_LAW = (
    r"(?:law|act|decree|bill|loi|lois|decret|ordonnance|arrete|circulaire|circular|ley|leyes|decreto|"
    r"real decreto|lei|leis|portaria|"
    r"resolution|resolucion|resolucao|directive|directiva|diretiva|regulation|reglement|reglamento|"
    r"regulamento|ordinance|ordenanza|"
    r"article|articles|art\.|arts\.|articulo|artigo|section|recommendation|recommandation|recomendacion|"
    r"recomendacao|convention|"
    r"convenio|decision|acuerdo|acordo|statute|order|instruction|protocol|protocolo|norma|iso|goal|ods|odd|sdg|target|"
    r"project|projet|proyecto|projeto|contract|contrat|contrato|tender|budget line|invoice|isbn(?:-1[03])?:?|"
    r"issn:?|doi:?|vol\.|volume|"
    r"page|pages|pp?\.|paragraph|para\.|chapter|figure|table|version|standard|grant|subvention|edital|"
    r"licitacion|licitacao|"
    r"boletin oficial|journal officiel|diario oficial|official gazette|gazette)"
)
_MONEY = (
    r"(?:€|\$|£|usd|eur|us\$|r\$|s/\.?|xof|fcfa|f cfa|euros?|dollars?|soles|pesos|reais|reales|francs?|kronor|"
    r"kroner|nok|sek|isk|ron|lei|clp|brl|pen|frw|rwf|chf|gbp|leke|uf)"
)
_UNITS = (
    r"(?:%|per ?cent|pour cent|por ciento|por cento|million|millions|millones|milhoes|milliards|mil|thousand|"
    r"people|persons|women|girls|officers|"
    r"participants|cases|calls|inhabitants|personnes|femmes|filles|agents|policiers|habitants|cas|appels|"
    r"personas|mujeres|ninas|agentes|efectivos|"
    r"habitantes|casos|llamadas|pessoas|mulheres|meninas|policiais|casos|chamadas|km|kilometres?|hours|"
    r"heures|horas|copies|visitors|users|usuarias)"
)
_PARTS = (
    rf"\b{_LAW}\s{{1,2}}{_NO}[a-z]{{0,5}}[./ \-]{{0,2}}\d[\d.,/ \-]{{0,20}}",
    r"\bhttps?://\S{1,300}|\bwww\.\S{1,200}",
    r"\b10\.\d{4,6}/\S{1,80}",
    r"\b97[89][\- ]?(?:\d[\- ]?){9}\d\b",
    r"\b(?:isbn|issn)\b[\s:\-]{0,3}(?:1[03]:?\s)?[\dx][\dx\- ]{6,20}",
    r"\b(?:a|s|e|st|crc|cedaw|ccpr|hrc)/(?:[a-z\d.\-]{1,12}/){0,5}[\d/.a-z]{1,20}",
    rf"(?<!\w){_MONEY}\s?{_NUMBER}",
    rf"{_NUMBER}\s?{_MONEY}(?!\w)",
    rf"{_NUMBER}\s?{_UNITS}(?!\w)",
    r"\b(?:19|20)\d\d\s?[-/–a]\s?(?:19|20)\d\d\b",
    r"\b(?:19|20)\d\d(?:[,;]?\s(?:and |et |y |e )?(?:19|20)\d\d){1,12}\b",
    r"\b(?:[01]?\d|2[0-4])[h:.][0-5]\d\s?(?:-|a|to|à|as|e|and)\s?(?:[01]?\d|2[0-4])[h:.][0-5]\d\b(?![.\d])",
    r"\b(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?)?",
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?:\s\d\d[:h]\d\d)?\b",
)
_NEUTRAL = [re.compile(part) for part in _PARTS]


class Neutral:
    """Which characters of a text belong to such passages."""

    def __init__(self, low: str) -> None:
        self._covered = bytearray(len(low))
        for pattern in _NEUTRAL:
            for match in pattern.finditer(low):
                self._covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())

    def touches(self, start: int, end: int) -> bool:
        """Whether a passage begins inside of one, or lies in one for the most part."""
        return bool(self._covered[start]) or sum(self._covered[start:end]) * 2 > end - start
