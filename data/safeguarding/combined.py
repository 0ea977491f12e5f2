"""Details that identify somebody together: an exact date with a small place and an age, and few people in one place."""

import re
from collections.abc import Iterator

from data.safeguarding.figures import Aged, Dated, ages, dates, gender_in, number_of
from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import pattern, words
from data.safeguarding.places import Place
from data.safeguarding.reading import Reading, Word, within
from data.safeguarding.wording import period, safer, some_person, some_town

_HARM = re.compile(rf"\b(?:{pattern('harm')})\b")
_EVENT = re.compile(rf"\b(?:{pattern('events')})s?\b")
_ONE_PERSON = re.compile(
    r"\b(?:a|an|the|une?|la|le|l'|una?|uma?|el|o|sa|son|su|her|his|nossa|cette|cet|esta|essa)\s(?:[\w-]{1,15}\s){0,2}"
    r"(?:woman|girl|boy|man|child|mother|student|teenager|pupil|schoolgirl|victim|survivor|resident|daughter|"
    r"wife|widow|officer|policewoman|femme|fille|fillette|garcon|enfant|mere|adolescente|eleve|etudiante|"
    r"victime|survivante|epouse|mineure|veuve|policiere|mujer|nina|nino|joven|menor|madre|adolescente|alumna|"
    r"estudiante|victima|esposa|hija|viuda|vecina|mulher|menina|moca|crianca|mae|aluna|vitima|esposa|filha|"
    r"jovem|moradora)\b"
)
_SHARE_AFTER = re.compile(
    r"^\s?(?:in every|in (?:three|four|five|ten|\d+)|out of|sur (?:trois|quatre|cinq|dix|\d+)|de cada|"
    r"em cada|per|par|por)\b"
)
_STAFF = re.compile(
    r"\b(?:trained|train|recruited|staff|deployed|appointed|promoted|assigned|formees?|formes|recrutees?|"
    r"affectees?|capacitad[ao]s|contratad[ao]s|asignad[ao]s|treinad[ao]s|capacitad[ao]s|designad[ao]s|"
    r"lotad[ao]s|work|works|travaillent|trabajan|trabalham)\b"
)
_TOGETHER = 260
_NEAR_PLACE = 130


def find_combinations(reading: Reading, places: list[Place]) -> Iterator[Mark]:
    """An exact date, a small place, and a person of a stated age or to whom something was done."""
    persons = ages(reading.low)
    seen = 0
    for date in dates(reading.low):
        if date.start < seen:
            continue
        begin, stop = _window(reading, date)
        place = _nearest(places, date, begin, stop)
        if place is None or _EVENT.search(reading.low[max(begin, date.start - 45) : date.start]):
            continue
        person = min(within(persons, begin, stop), key=lambda one: abs(one.start - date.start), default=None)
        mark = _combine(reading, date, place, person, (begin, stop))
        if mark:
            seen = mark.end
            yield mark


def _window(reading: Reading, date: Dated) -> tuple[int, int]:
    """The sentence of a date and the one after it, as far as they belong together."""
    begin, stop = reading.sentence(date.start)
    following = reading.sentence(stop)[1] if stop < len(reading.plain) else stop
    return max(begin, date.start - _TOGETHER), min(following, date.end + _TOGETHER)


def _nearest(places: list[Place], date: Dated, begin: int, stop: int) -> Place | None:
    near = [
        place
        for place in within(places, begin, stop)
        if place.end <= stop and not (place.start < date.end and date.start < place.end)
    ]
    return min(near, key=lambda place: abs(place.start - date.start), default=None)


def _combine(reading: Reading, date: Dated, place: Place, person: Aged | None, window: tuple[int, int]) -> Mark | None:
    passage = reading.low[slice(*window)]
    harm = bool(_HARM.search(passage))
    parts = [(date.start, date.end), (place.start, place.end)]
    age, gender = None, ""
    if person is not None and (harm or not _EVENT.search(passage)):
        parts.append((person.start, person.end))
        age, gender = person.age, person.gender
    else:
        alone = _ONE_PERSON.search(passage)
        if not alone or not harm or _EVENT.search(passage):
            return None
        parts.append((window[0] + alone.start(), window[0] + alone.end()))
        gender = gender_in(alone.group())
    language = reading.language
    wording = ", ".join(
        (
            period(max(date.month, 1), date.year if date.month else None, language),
            some_town(language),
            some_person(age, gender, language),
        )
    )
    return Mark(Kind.DATE_PLACE_AGE, min(start for start, _ in parts), max(end for _, end in parts), wording, 0.85)


def find_small_counts(reading: Reading, places: list[Place]) -> Iterator[Mark]:
    """Fewer than ten people or cases in one small place."""
    seen = 0
    for word in reading.words:
        number = number_of(word.low)
        if number is None or not 0 < number < 10 or word.start < seen:
            continue
        noun = _noun_after(reading, word)
        place = noun and _place_of(reading, places, word, noun)
        if noun and place and _told_of_people(reading, word, noun):
            start = (
                min(word.start, place.start) if place.start < word.start and word.start - place.end < 40 else word.start
            )
            end = max(noun.end, place.end)
            seen = end
            yield Mark(Kind.SMALL_COUNT, start, end, safer(Kind.SMALL_COUNT, reading.language), 0.75)


def _noun_after(reading: Reading, word: Word) -> Word | None:
    """The people or cases that a number counts."""
    before = reading.before(word.start, 14)
    if re.search(
        r"(?:\d[.,/:-]?|[/:-]|\bno\.?|n°|article|section|art\.|level|phase|module|step|stage|week|chapter|"
        r"figure|top)\s?$",
        before,
    ):
        return None
    row = reading.words[word.index + 1 : word.index + 6]
    for place, noun in enumerate(row):
        if noun.kind != "word" or noun.first:
            return None
        if noun.low in words("cases") or noun.low in words("group"):
            following = row[place + 1] if place + 1 < len(row) else None
            if following and (following.low in words("not_head") or following.text in {"'", "-"}):
                return None
            after = reading.after(noun.end, 30)
            return None if _SHARE_AFTER.match(after) else noun
        if noun.low in {"of", "de", "in", "en", "em", "dans", "to", "a", "sur", "out"} and place > 0:
            return None
        if noun.low in {"in", "sur", "out", "or", "ou", "o", "to", "a"} or noun.low in words("not_head"):
            return None
    return None


def _place_of(reading: Reading, places: list[Place], word: Word, noun: Word) -> Place | None:
    begin, stop = reading.sentence(word.start)
    after = within(places, noun.end, min(stop, noun.end + _NEAR_PLACE))
    if after:
        return after[0]
    before = [place for place in within(places, max(begin, word.start - 120), word.start) if place.end <= word.start]
    return before[-1] if before else None


def _told_of_people(reading: Reading, word: Word, noun: Word) -> bool:
    begin, stop = reading.sentence(word.start)
    sentence = reading.low[max(begin, word.start - 150) : min(stop, noun.end + 180)]
    if noun.low in words("cases"):
        return not _STAFF.search(sentence) or bool(_HARM.search(sentence))
    rest = sentence.replace(noun.low, " ")
    return bool(_HARM.search(rest) or _SPOKE.search(rest)) and not _STAFF.search(sentence)


_SPOKE = re.compile(
    r"\b(?:called|rang|beatings?|apres des coups|golpiza|paliza|surra|(?:restraining|protection) orders?|"
    r"ordonnances? de protection|medidas? de proteccion|"
    r"medidas? protetivas?|"
    r"orden(?:es)? de (?:alejamiento|proteccion)|reported|disclosed|came forward|were found|disappeared|missing|"
    r"died|placed|hosted|housed|"
    r"sheltered|taken to|filed|lodged|sought help|rescued|exploited|forced|married|evacuated|testified|"
    r"ont (?:porte|depose|declare|ete|signale|fui|disparu|temoigne)|signale|a ete|hebergees?|accueillies?|"
    r"mariees?|exploitees?|disparues?|retrouvees?|secourues?|"
    r"contaron|contaram|told|raconte|confie|confiaron|confiaram|showed|huyo|relataron|denunciaron|denunciado|"
    r"fueron|desaparecieron|acudieron|alojadas|acogidas|rescatadas|murieron|huyeron|"
    r"buscaron|atendidas|declararon|"
    r"denunciaram|foram|desapareceram|procuraram|acolhidas|abrigadas|resgatadas|morreram|fugiram|atendidas|relataram)\b"
)
