"""Where a shelter is: the one thing about it that must never be told."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import pattern
from data.safeguarding.reading import Reading, within
from data.safeguarding.runs import Run, is_country
from data.safeguarding.wording import safer

_SHELTER = re.compile(rf"\b(?:{pattern('shelters')})\b(?!s)")
_PLURAL = re.compile(
    rf"\b(?:{pattern('shelters')})s\b|\b(?:foyers|refuges|casas|hogares|centros|centres|maisons|abrigos|lares|pisos)\b"
)
_LINK = re.compile(
    r"\b(?:(?:is |are |was |it is |est |esta |fica |queda |se encuentra |se trouve |se situe |which is |"
    r"que est )?(?:located|situated|sits|lies|stands|hidden|situee?|localizad[ao]|ubicad[ao]|situad[ao]|"
    r"esta|installee?|implantee?|instalad[ao]|funciona|opera|queda|fica|se encuentra|se trouve|se situe|sis|"
    r"sise|address|adresse|direccion|endereco)\b)"
    r"|\b(?:is|are|est|esta|estan|fica|queda|se trouve)\b(?: (?:now|currently|just|today|ahora|hoy|agora|hoje|"
    r"desormais|maintenant|actuellement|juste))?(?=\s(?:in|at|on|behind|opposite|next|across|above|near|"
    r"au-dessus|au|aux|dans|derriere|en|"
    r"frente|detras|junto|al|na|no|nos|nas|atras|em|ao|a)\s)"
)
_AT = (
    r"\b(?:(?:at )?the end of|across|de l'autre cote d[eu]s?|al otro lado de(?:l)?|do outro lado d[aeo]s?|"
    r"au-dessus d[eu]s?|encima de(?:l)?|em cima d[aeo]s?|upstairs from|below|au-dessous d[eu]s?|"
    r"au bout d[eu]s?|al final de(?:l)?|no fim d[aeo]s?|a la vuelta de(?:l)?|al|in|at|on|near|behind|"
    r"opposite|next to|beside|across from|above|off|around|close to|a|au|aux|dans|en face d[eu]s?|derriere|"
    r"pres d[eu]s?|a cote d[eu]s?|sur|rue|en|frente a(?:l)?|detras de(?:l)?|"
    r"junto a(?:l)?|al lado de(?:l)?|cerca de(?:l)?|sobre|em|no|na|nos|nas|atras d[aeo]|ao lado d[aeo]|"
    r"em frente (?:a|ao|da|do)|perto d[aeo]|proximo (?:a|ao|da|do)|entre|between|between|calle|avenida|rua|"
    r"from|minutes|metros|metres|meters|blocks|cuadras|quadras)\s"
)
_PLACE = re.compile(_AT)
_LANDMARK = re.compile(rf"\b(?:{pattern('landmarks')})\b")
_DEFINITE = re.compile(
    r"\b(?:the|our|this|that|its|her|le|la|l'|notre|ce|cet|cette|son|el|nuestro|nuestra|nuestros|este|esta|"
    r"ese|esa|su|o|a|nosso|nossa|esse|essa|ao|do|da|no|na|del|al|au|du|women's|secret|"
    r"confidential|municipal|local)\s(?:[\w'-]{1,20}\s){0,3}$"
)
_GENERAL = re.compile(
    r"\b(?:every|each|any|number of|no|per|chaque|tout|aucun|cada|cualquier|todo|ningun|nenhum|qualquer|"
    r"how many|combien|cuantos|quantos|new|nouveau|nuevo|nueva|novo|nova|a|an|un|une|una|um|uma)\s"
    r"(?:[\w'-]{1,20}\s){0,2}$"
)
# 'Take refuge' and the harbour that a verb gives are no houses.
_VERBS = re.compile(
    r"\b(?:take|took|taking|seek|sought|seeking|find|found|trouve|trouver|prendre|busca|buscar|buscan|"
    r"buscaba|encontrar|encontro|procurar|procurou|se|a l'|provide|provides|give|gave)\s(?:[a-z]{1,10}\s)?$"
)
_FAR = 160


def find_shelters(reading: Reading, runs: list[Run]) -> Iterator[Mark]:
    """Passages from the shelter to the place that is told of it."""
    seen = 0
    for match in _SHELTER.finditer(reading.low):
        if match.start() < seen or _VERBS.search(reading.before(match.start(), 30)):
            continue
        end = _place_after(reading, runs, match)
        if end:
            seen = end
            yield Mark(Kind.SHELTER, match.start(), end, safer(Kind.SHELTER, reading.language), 0.85)


def _place_after(reading: Reading, runs: list[Run], match: re.Match[str]) -> int | None:
    """Where the place ends that a shelter is said to be at, or None."""
    start = match.end()
    # The next sentence often tells: 'It is behind the market.'
    limit = min(reading.sentence(match.start())[1], start + _FAR)
    after = reading.low[start:limit]
    before = reading.before(match.start(), 40)
    linked = _LINK.search(after)
    definite = bool(_DEFINITE.search(before)) and not _GENERAL.search(before)
    for place in _PLACE.finditer(after):
        near = place.start() <= 25 or (
            linked is not None and linked.start() <= 60 and 0 <= place.start() - linked.end() <= 30
        )
        if not near:
            continue
        told = after[place.start() : place.end() + 45]
        landmark = _LANDMARK.search(told)
        named = next(
            (run for run in within(runs, start + place.end() - 1, start + place.end() + 26) if run.end <= limit + 1),
            None,
        )
        if landmark and (named or linked or definite) and (definite or linked):
            return max(
                start + place.start() + landmark.end(),
                named.end if named and named.start - start - place.start() < 70 else 0,
            )
        if named and (definite or linked) and not is_country(named) and named.start - (start + place.end()) <= 12:
            return named.end
    return None
