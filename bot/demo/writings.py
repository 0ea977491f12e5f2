"""What the invented people write of themselves, announce and share. All of it is invented; no country did any of it.

Each person writes in their own language, as they would.
"""

from dataclasses import dataclass
from typing import Any

Fields = dict[str, Any]
Parts = dict[str, Fields]

RELEASED: Fields = {
    "evidence_level": ["1"],
    "sources": "",
    "allowed": ["contact", "reuse", "translate"],
    "declarations": ["identity", "case", "authorised"],
}


@dataclass(frozen=True, slots=True)
class Application:
    """The two parts of the form with which one asks to be a member."""

    who: Fields
    work: Fields


# Of those who agree to be named to whoever seeks what they offer, and so can be asked by their peers.
ASKED: list[str] = ["yes", "matching"]
APPLICATIONS = {
    "catalina-rehue": Application(
        {
            "country": "Chile",
            "kind": ["ministry"],
            "organisation": "Equipo de la copresidencia",
            "role": "Asesora de género",
        },
        {
            "areas": ["leadership", "institutional-change"],
            "languages": ["es", "en"],
            "offers": "Experiencia con un plan de carrera para mujeres en la policía, y sus indicadores.",
            "seeks": "Colegas que midan la confianza de las mujeres en la policía.",
            "directory": ASKED,
        },
    ),
    "awa-ndoye": Application(
        {
            "country": "Sénégal",
            "kind": ["police"],
            "organisation": "École de police",
            "role": "Commissaire, formation",
        },
        {
            "areas": ["capacity", "prevention-investigation"],
            "languages": ["fr", "en"],
            "offers": "Un module de deux jours sur l’accueil des victimes, avec des jeux de rôle.",
            "seeks": "Des idées pour suivre les stagiaires six mois après la formation.",
            "directory": ASKED,
        },
    ),
    "jussara-tavares": Application(
        {
            "country": "Brasil",
            "kind": ["police"],
            "organisation": "Polícia comunitária",
            "role": "Major, atendimento a vítimas",
        },
        {
            "areas": ["prevention-investigation", "budgeting"],
            "languages": ["pt", "es"],
            "offers": "Um roteiro para a segunda visita a quem denunciou violência doméstica.",
            "seeks": "Como outros países calculam o custo dessas visitas.",
            "directory": ASKED,
        },
    ),
    "eero-lehtovaara": Application(
        {
            "country": "Finland",
            "kind": ["police"],
            "organisation": "Police college",
            "role": "Senior lecturer",
        },
        {
            "areas": ["capacity"],
            "languages": ["fi", "sv", "en"],
            "offers": "Recorded interviews with actors, for practising the first conversation.",
            "seeks": "Scenarios from rural stations.",
            "directory": ASKED,
        },
    ),
    "leila-benkirane": Application(
        {
            "country": "Maroc",
            "kind": ["police"],
            "organisation": "Cellule d’accueil",
            "role": "Officière de liaison",
        },
        {
            "areas": ["prevention-investigation"],
            "languages": ["fr", "ar"],
            "offers": "Le circuit d’orientation entre le poste, l’hôpital et le tribunal.",
            "seeks": "Des pairs qui travaillent avec des associations.",
            "directory": ["yes"],
        },
    ),
    "hana-sefcikova": Application(
        {
            "country": "Slovakia",
            "kind": ["police"],
            "organisation": "Police presidium",
            "role": "Analyst",
        },
        {
            "areas": ["institutional-change"],
            "languages": ["en"],
            "offers": "A yearly survey of women and men in uniform, and how we publish it.",
            "seeks": "Others who count who leaves the police, and why.",
            "directory": ["yes"],
        },
    ),
    "tomas-quintela": Application(
        {
            "country": "Brasil",
            "kind": ["police"],
            "organisation": "Delegacia de atendimento à mulher",
            "role": "Investigador",
        },
        {
            "areas": ["prevention-investigation"],
            "languages": ["pt"],
            "offers": "Um modelo de entrevista que não faz repetir o relato.",
            "seeks": "Formas de treinar plantões de fim de semana.",
            "directory": ["yes"],
        },
    ),
    "solange-uwimana": Application(
        {
            "country": "Rwanda",
            "kind": ["police"],
            "organisation": "Gender desk",
            "role": "Inspectrice",
        },
        {
            "areas": ["prevention-investigation", "leadership"],
            "languages": ["fr", "rw"],
            "offers": "Le travail d’un bureau d’accueil ouvert jour et nuit.",
            "seeks": "Des exemples de budgets pour l’accueil.",
            "directory": ["yes"],
        },
    ),
}

# Held a few days ago.
FIRST_MINUTES: Fields = {
    "title": "The first ten minutes: answering a call about violence at home",
    "speakers": "Eero Lehtovaara, Jussara Tavares",
    "description": (
        "What the first officers say and do decides whether a person calls again. Two colleges show how they train it, "
        "with recorded role play. Bring one case you would train differently today, without details of people."
    ),
    "link": "https://meet.example/first-ten-minutes",
}
FIRST_SLIDES: Fields = {
    "kind": ["slides"],
    "title": "Six role plays for the first ten minutes",
    "link": "https://files.example/six-role-plays.pdf",
    "language": ["en"],
}
# Comes tomorrow or after the weekend.
COSTING: Fields = {
    "title": "What a front desk for survivors costs, and who pays",
    "speakers": "Awa Ndoye",
    "description": (
        "Rooms, hours, training, interpreters: a costing sheet line by line, and how to defend it in a police budget. "
        "The sheet is shared afterwards."
    ),
    "link": "https://meet.example/front-desk",
}
# Comes in about a week.
WOMEN_IN_COMMAND: Fields = {
    "title": "Mujeres al mando: ascensos que se pueden medir",
    "speakers": "Catalina Rehue",
    "description": (
        "Qué cambia cuando los criterios de ascenso son públicos: un plan de carrera, tres indicadores y los errores "
        "del primer año. En español, con preguntas en inglés y francés."
    ),
    "link": "https://meet.example/mujeres-al-mando",
}

CONFIDENTIAL_DESK: Parts = {
    "basics": {
        "title": "Un accueil confidentiel au poste de police",
        "country": "Sénégal",
        "key_areas": ["prevention-investigation", "capacity"],
        "stage": ["pilot"],
        "summary": (
            "Une pièce séparée, une agente formée à chaque relève et un rappel sous trois jours : les personnes qui "
            "viennent signaler des violences ne racontent plus leur histoire au comptoir."
        ),
    },
    "what": {
        "problem": "Au comptoir, chacun entend. Beaucoup repartaient sans avoir parlé, et les plus jeunes surtout.",
        "done": (
            "1. Une pièce avec une porte, sans uniforme ni vitre.\n"
            "2. Deux agentes et un agent formés par poste, pour couvrir toutes les relèves.\n"
            "3. Une fiche courte, remplie une seule fois, qui suit la personne à l’hôpital et au parquet.\n"
            "4. Un rappel dans les trois jours, par la même agente."
        ),
        "participants": "Police, centre de santé, une association d’accompagnement",
        "cost": "Une pièce par poste, cinq jours de formation, un téléphone",
    },
    "evidence": {
        "results": (
            "Plus de signalements vont jusqu’au bout de l’entretien. Le rappel n’a pas tenu là où une seule agente "
            "était formée : il en faut trois."
        ),
        "adapting": "À garder : la porte fermée et le rappel. La fiche peut changer.",
        "risks": "Être vue au poste est un risque : l’entrée se fait par la cour, et rien n’est envoyé par message.",
    },
    "release": {**RELEASED, "outcome": ["mixed"]},
}
REHEARSED_INTERVIEWS: Parts = {
    "basics": {
        "title": "Interviews rehearsed with actors before the first real one",
        "country": "Finland",
        "key_areas": ["capacity"],
        "stage": ["implemented"],
        "summary": (
            "Every new investigator holds three interviews with trained actors, is recorded, and watches the recording "
            "with a colleague before meeting a person who reports violence."
        ),
    },
    "what": {
        "problem": "New investigators learnt interviewing from those who happened to be on duty, good habits and bad.",
        "done": (
            "Actors learn four invented stories. Each trainee holds three interviews of 20 minutes, watches them with "
            "a tutor, and writes down two things to change. The recordings are erased after a month."
        ),
        "participants": "Police college, a theatre school, two tutors from a support service",
        "cost": "Six actor days a course; one room with a camera",
    },
    "evidence": {
        "results": "Fewer leading questions in the third interview than in the first. Stress went down, speed did not.",
        "adapting": "Keep the actors and the erasing. Number and length may change.",
        "risks": "Stories must not resemble a real case: they are written by the college and checked each year.",
    },
    "release": {**RELEASED, "outcome": ["worked"]},
}
# Waits for review.
SECOND_VISIT: Parts = {
    "basics": {
        "title": "A segunda visita: voltar depois da denúncia",
        "country": "Brasil",
        "key_areas": ["prevention-investigation", "budgeting"],
        "stage": ["implemented"],
        "summary": (
            "Uma dupla volta à casa, com consentimento, uma semana depois da denúncia de violência doméstica, sem "
            "viatura caracterizada, para rever a segurança e os próximos passos."
        ),
    },
    "what": {
        "problem": "Depois da denúncia, o contato com a polícia acabava, justamente quando o risco aumentava.",
        "done": (
            "Uma dupla treinada combina dia e lugar, vai à paisana, usa um roteiro de dez perguntas e registra apenas "
            "o necessário. Casos de risco alto vão no mesmo dia à rede de proteção."
        ),
        "participants": "Polícia comunitária, assistência social, rede de proteção",
        "cost": "Duas duplas por distrito, meio dia por visita",
    },
    "evidence": {
        "results": "Mais pessoas mantêm as medidas de proteção. Visitas marcadas por telefone funcionaram pior.",
        "adapting": "O consentimento e a roupa civil devem ficar; o prazo pode mudar.",
        "risks": "Quem agride pode notar a visita: o lugar é escolhido pela pessoa, e pode não ser a casa.",
    },
    "release": {**RELEASED, "outcome": ["worked"]},
}

# What came of the confidential desk in another country.
DESK_TRIED: Fields = {
    "country": "Brasil",
    "period": "segundo semestre de 2025",
    "changed": (
        "Usamos uma sala da assistência social ao lado da delegacia, porque na nossa não havia porta que fechasse. "
        "Mantivemos a ligação em três dias."
    ),
    "result": ["mixed"],
    "learnt": "Combine antes quem tem a chave da sala à noite: no primeiro mês, ela ficou fechada nos fins de semana.",
}
# The confidential desk, put into Spanish by a member.
DESK_IN_SPANISH = {
    "title": "Una acogida confidencial en la comisaría",
    "summary": (
        "Una sala aparte, una agente formada en cada turno y una llamada en tres días: quienes vienen a denunciar "
        "violencia ya no cuentan su historia en el mostrador."
    ),
    "problem": "En el mostrador, todo el mundo oye. Muchas personas se iban sin haber hablado, sobre todo las jóvenes.",
    "done": (
        "1. Una sala con puerta, sin uniforme ni cristal.\n"
        "2. Dos agentes mujeres y un agente formados en cada comisaría, para cubrir todos los turnos.\n"
        "3. Una ficha corta, que se rellena una sola vez y acompaña a la persona al hospital y a la fiscalía.\n"
        "4. Una llamada en tres días, de la misma agente."
    ),
    "participants": "Policía, centro de salud, una asociación de acompañamiento",
    "cost": "Una sala por comisaría, cinco días de formación, un teléfono",
    "results": (
        "Más denuncias llegan al final de la entrevista. La llamada falló donde solo había una agente formada: hacen "
        "falta tres."
    ),
    "adapting": "Conserve la puerta cerrada y la llamada. La ficha puede cambiar.",
    "risks": "Ser vista en la comisaría es un riesgo: se entra por el patio, y nada se envía por mensaje.",
}
# Asked through the bot: the author of the desk learns only from which country.
ABOUT_THE_DESK = (
    "Who pays for the telephone and the calls: the station, or the ministry? We have no budget line for it."
)
FROM_THE_DESK = "Le ministère, depuis la deuxième année. La première, c’était l’association d’accompagnement."
# Asked of peers, without a name.
TO_PEERS: Fields = {
    "question": (
        "How do you find out, six months later, whether a training on first interviews has changed anything at the "
        "station? We have a questionnaire, and nobody answers it."
    ),
    "key_areas": ["capacity"],
    "languages": ["en"],
    "region": ["anywhere"],
}
# Suggested for the search.
OBSERVING: Fields = {
    "title": "Observing first interviews: a sheet for tutors",
    "url": "https://files.example/observing-first-interviews.pdf",
    "type": ["toolkit"],
    "areas": ["capacity"],
    "summary": "One page for whoever sits beside a trainee: what to watch, when to stop, how to talk about it after.",
}
# Looked up in Spanish; finds the confidential desk.
IN_SPANISH = "acogida de víctimas en la comisaría"
# Asked by mentioning the bot.
MENTIONED = "what is there on risk assessment for domestic violence?"
# Looked for, and not there.
NOT_FOUND = {"awa-ndoye": "fauteuil roulant", "catalina-rehue": "chatbot", "jussara-tavares": "chatbot"}
