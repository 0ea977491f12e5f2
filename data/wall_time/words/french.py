"""French."""

from collections.abc import Mapping

WORDS: Mapping[str, str | Mapping[int, str] | Mapping[str, str]] = {
    "MONTH": {
        1: "janvier, janv, jan",
        2: "février, févr, fév",
        3: "mars",
        4: "avril, avr",
        5: "mai",
        6: "juin",
        7: "juillet, juill, juil",
        8: "août",
        9: "septembre, sept, sep",
        10: "octobre, oct",
        11: "novembre, nov",
        12: "décembre, déc",
    },
    "WEEKDAY": {
        0: "lundi, lun",
        1: "mardi, mar",
        2: "mercredi, mer, mercr",
        3: "jeudi, jeu",
        4: "vendredi, ven, vendr",
        5: "samedi, sam",
        6: "dimanche, dim",
    },
    "ORD": {
        1: "premier, première",
        2: "deuxième, second, seconde",
        3: "troisième",
        4: "quatrième",
        5: "cinquième",
    },
    "REL": {
        -2: "avant-hier",
        -1: "hier",
        0: "aujourd'hui, aujourdhui",
        1: "demain",
        2: "après-demain",
    },
    "PART": {
        "morning": "matin, du matin, le matin, au matin, dans la matinée",
        "afternoon": "après-midi, de l'après-midi, l'après-midi, dans l'après-midi",
        "evening": "soir, du soir, le soir, au soir, dans la soirée",
        "night": "nuit, de la nuit, la nuit, dans la nuit",
    },
    "TODAYPART": {
        "morning": "ce matin",
        "afternoon": "cet après-midi, cette après-midi",
        "evening": "ce soir",
        "night": "cette nuit",
    },
    "NOON": "midi",
    "MIDNIGHT": "minuit",
    "HOUR": "heure, heures",
    "MINUTE": "minute, minutes",
    "DAYS": "jour, jours",
    "WEEKS": "semaine, semaines",
    "MONTHS": "mois",
    "YEARS": "an, ans, année, années",
    "HALFWORD": "demi, demie",
    "QUARTER": "quart, un quart, le quart",
    "AND": "et",
    "LESS": "moins",
    "IN": "dans",
    "AGOBEFORE": "il y a",
    "NEXT": "prochain, prochaine, qui vient, à venir",
    "LAST": "dernier, dernière, passé, passée",
    "THIS": "ce, cet, cette",
    "EIGHT": {7: "en huit", 14: "en quinze"},
    "AT": "à",
    "THE": "le, le jour",
    "OF": "de, du, d', de la, de l'année, de l'an",
    "LINK": (
        "le, la, les, l', de, du, d', à, au, pour, pour le, jour, pile, précises, heure locale, à partir de, "
        "à compter de, dès"
    ),
    "TIMEIN": (
        "heure de, heure d', heure du, heure des, heure de la, heure de l', heure à, heure, heure locale de, "
        "heure locale d', heure locale du, heure locale à"
    ),
}
