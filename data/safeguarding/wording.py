"""Safer wordings, and the words of the report, in the four languages.

They stand here and not in the bot's catalogues: a suggestion is in the language of the text, whoever reads it.
"""

from collections.abc import Mapping

from data.safeguarding.finding import Kind

Texts = Mapping[str, str]

LABELS: Mapping[Kind, Texts] = {
    Kind.NAME: {
        "en": "a person's name",
        "fr": "le nom d’une personne",
        "es": "el nombre de una persona",
        "pt": "o nome de uma pessoa",
    },
    Kind.PHONE: {
        "en": "a phone number",
        "fr": "un numéro de téléphone",
        "es": "un número de teléfono",
        "pt": "um número de telefone",
    },
    Kind.EMAIL: {
        "en": "an e-mail address",
        "fr": "une adresse électronique",
        "es": "una dirección de correo electrónico",
        "pt": "um endereço de e-mail",
    },
    Kind.ADDRESS: {"en": "an address", "fr": "une adresse", "es": "una dirección", "pt": "um endereço"},
    Kind.CASE_NUMBER: {
        "en": "the number of a case",
        "fr": "le numéro d’une affaire",
        "es": "el número de un caso",
        "pt": "o número de um processo",
    },
    Kind.IDENTITY_DOCUMENT: {
        "en": "the number of an identity document",
        "fr": "le numéro d’une pièce d’identité",
        "es": "el número de un documento de identidad",
        "pt": "o número de um documento de identidade",
    },
    Kind.LICENCE_PLATE: {
        "en": "a licence plate",
        "fr": "une plaque d’immatriculation",
        "es": "una matrícula de vehículo",
        "pt": "uma placa de veículo",
    },
    Kind.ONLINE_ACCOUNT: {
        "en": "an account or a device of a person",
        "fr": "un compte ou un appareil d’une personne",
        "es": "una cuenta o un aparato de una persona",
        "pt": "uma conta ou um aparelho de uma pessoa",
    },
    Kind.SHELTER: {
        "en": "the place of a shelter",
        "fr": "le lieu d’un refuge",
        "es": "el lugar de una casa de acogida",
        "pt": "o local de um abrigo",
    },
    Kind.DATE_PLACE_AGE: {
        "en": "a date, a place and a person that together tell who it is",
        "fr": "une date, un lieu et une personne qui, ensemble, disent de qui il s’agit",
        "es": "una fecha, un lugar y una persona que juntos dicen de quién se trata",
        "pt": "uma data, um lugar e uma pessoa que juntos dizem de quem se trata",
    },
    Kind.SMALL_COUNT: {
        "en": "so few people in one place that they can be recognised",
        "fr": "si peu de personnes en un lieu qu’on peut les reconnaître",
        "es": "tan pocas personas en un lugar que se las puede reconocer",
        "pt": "tão poucas pessoas em um lugar que podem ser reconhecidas",
    },
}

_SAFER: Mapping[Kind, Texts] = {
    Kind.NAME: {
        "en": "the person concerned",
        "fr": "la personne concernée",
        "es": "la persona afectada",
        "pt": "a pessoa em questão",
    },
    Kind.PHONE: {
        "en": "[phone number removed]",
        "fr": "[numéro de téléphone retiré]",
        "es": "[número de teléfono suprimido]",
        "pt": "[número de telefone removido]",
    },
    Kind.EMAIL: {
        "en": "[e-mail address removed]",
        "fr": "[adresse électronique retirée]",
        "es": "[correo electrónico suprimido]",
        "pt": "[e-mail removido]",
    },
    Kind.ADDRESS: {
        "en": "an address in the town",
        "fr": "une adresse de la ville",
        "es": "un domicilio de la ciudad",
        "pt": "um endereço da cidade",
    },
    Kind.CASE_NUMBER: {
        "en": "[case number removed]",
        "fr": "[numéro de dossier retiré]",
        "es": "[número de expediente suprimido]",
        "pt": "[número do processo removido]",
    },
    Kind.IDENTITY_DOCUMENT: {
        "en": "[identity number removed]",
        "fr": "[numéro d’identité retiré]",
        "es": "[número de identidad suprimido]",
        "pt": "[número de identidade removido]",
    },
    Kind.LICENCE_PLATE: {
        "en": "[licence plate removed]",
        "fr": "[plaque d’immatriculation retirée]",
        "es": "[matrícula suprimida]",
        "pt": "[placa removida]",
    },
    Kind.ONLINE_ACCOUNT: {
        "en": "[account removed]",
        "fr": "[compte retiré]",
        "es": "[cuenta suprimida]",
        "pt": "[conta removida]",
    },
    Kind.SHELTER: {
        "en": "a shelter at a confidential place",
        "fr": "un refuge en un lieu confidentiel",
        "es": "una casa de acogida en un lugar confidencial",
        "pt": "um abrigo em local sigiloso",
    },
    Kind.SMALL_COUNT: {
        "en": "a few people in a town of the region",
        "fr": "quelques personnes dans une ville de la région",
        "es": "algunas personas en una ciudad de la región",
        "pt": "algumas pessoas em uma cidade da região",
    },
}

_PLACE: Texts = {
    "en": "in a town of the region",
    "fr": "dans une ville de la région",
    "es": "en una ciudad de la región",
    "pt": "em uma cidade da região",
}
_RECENTLY: Texts = {"en": "recently", "fr": "récemment", "es": "hace poco", "pt": "recentemente"}
_PART_OF_YEAR: Mapping[str, tuple[str, str, str]] = {
    "en": ("early {year}", "mid-{year}", "late {year}"),
    "fr": ("début {year}", "mi-{year}", "fin {year}"),
    "es": ("a principios de {year}", "a mediados de {year}", "a fines de {year}"),
    "pt": ("no início de {year}", "em meados de {year}", "no fim de {year}"),
}
# By what is known of the person: nothing, a woman or girl, a man or boy.
_PEOPLE: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "child": {
        "en": ("a child", "a girl", "a boy"),
        "fr": ("un enfant", "une fillette", "un garçon"),
        "es": ("una criatura", "una niña", "un niño"),
        "pt": ("uma criança", "uma menina", "um menino"),
    },
    "teen": {
        "en": ("a teenager", "a teenage girl", "a teenage boy"),
        "fr": ("une personne mineure", "une adolescente", "un adolescent"),
        "es": ("una persona adolescente", "una adolescente", "un chico adolescente"),
        "pt": ("uma pessoa adolescente", "uma adolescente", "um rapaz adolescente"),
    },
    "adult": {
        "en": ("a person", "a woman", "a man"),
        "fr": ("une personne", "une femme", "un homme"),
        "es": ("una persona", "una mujer", "un hombre"),
        "pt": ("uma pessoa", "uma mulher", "um homem"),
    },
}
_DECADES: Mapping[str, tuple[str, ...]] = {
    "en": ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
    "fr": ("vingtaine", "trentaine", "quarantaine", "cinquantaine", "soixantaine"),
    "es": ("veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"),
    "pt": ("vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"),
}

REPORT: Mapping[str, Texts] = {
    "clean": {
        "en": "Nothing found that identifies a person or an open case. Please read the text once more all the same.",
        "fr": (
            "Rien ne semble identifier une personne ou une affaire en cours. Relisez tout de même le texte une "
            "fois de plus."
        ),
        "es": (
            "No se encontró nada que identifique a una persona o un caso abierto. Aun así, relea el texto una vez más."
        ),
        "pt": (
            "Nada foi encontrado que identifique uma pessoa ou um caso em aberto. Mesmo assim, releia o texto "
            "mais uma vez."
        ),
    },
    "found": {
        "en": "Please look at these passages. They may tell who a person is:",
        "fr": "Veuillez regarder ces passages. Ils peuvent dire de qui il s’agit :",
        "es": "Revise estos pasajes. Pueden revelar de quién se trata:",
        "pt": "Veja estes trechos. Eles podem revelar de quem se trata:",
    },
    "safer": {
        "en": "safer: {wording}",
        "fr": "plus sûr : {wording}",
        "es": "más seguro: {wording}",
        "pt": "mais seguro: {wording}",
    },
}


def label(kind: Kind, language: str) -> str:
    """What a finding is, in a language; English for one that is not ours."""
    return LABELS[kind].get(language, LABELS[kind]["en"])


def safer(kind: Kind, language: str) -> str:
    """A wording that fits any finding of the kind."""
    return _SAFER[kind].get(language, _SAFER[kind]["en"])


def period(month: int, year: int | None, language: str) -> str:
    """A third of a year, for an exact date.

    Args:
        month: 1 to 12.
        year: None where the text names none.
        language: one of the four.
    """
    if year is None:
        return _RECENTLY[language]
    return _PART_OF_YEAR[language][min((month - 1) // 4, 2)].format(year=year)


def some_town(language: str) -> str:
    """For a named place."""
    return _PLACE[language]


def some_person(age: int | None, gender: str, language: str) -> str:
    """A person of about that age.

    Args:
        age: in years, None where it is not told.
        gender: `f`, `m`, or empty where it is not told.
        language: one of the four.
    """
    group = "adult" if age is None or age >= 18 else "teen" if age >= 12 else "child"
    who = _PEOPLE[group][language][" fm".index(gender or " ")]
    if age is None or age < 20:
        return who
    decades = _DECADES[language]
    decade = decades[min(age // 10 - 2, len(decades) - 1)]
    if language == "en":
        return f"{who} in {({'f': 'her', 'm': 'his'}).get(gender, 'their')} {decade}"
    if language == "fr":
        return f"{who} d’une {decade} d’années"
    return f"{who} de {'unos' if language == 'es' else 'seus'} {decade} {'años' if language == 'es' else 'anos'}"
