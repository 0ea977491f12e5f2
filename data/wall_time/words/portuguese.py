"""Portuguese, of Brazil and of Portugal."""

from collections.abc import Mapping

WORDS: Mapping[str, str | Mapping[int, str] | Mapping[str, str]] = {
    "MONTH": {
        1: "janeiro, jan",
        2: "fevereiro, fev",
        3: "março, mar",
        4: "abril, abr",
        5: "maio, mai",
        6: "junho, jun",
        7: "julho, jul",
        8: "agosto, ago",
        9: "setembro, set",
        10: "outubro, out",
        11: "novembro, nov",
        12: "dezembro, dez",
    },
    "WEEKDAY": {
        0: "segunda-feira, segunda, seg",
        1: "terça-feira, terça, ter",
        2: "quarta-feira, quarta, qua",
        3: "quinta-feira, quinta, qui",
        4: "sexta-feira, sexta, sex",
        5: "sábado, sáb",
        6: "domingo, dom",
    },
    "ORD": {
        1: "primeiro, primeira",
        2: "segundo, segunda",
        3: "terceiro, terceira",
        4: "quarto, quarta",
        5: "quinto, quinta",
    },
    "REL": {
        -2: "anteontem, antes de ontem",
        -1: "ontem",
        0: "hoje",
        1: "amanhã",
        2: "depois de amanhã",
    },
    "PART": {
        "morning": "manhã, da manhã, de manhã, pela manhã, na parte da manhã",
        "afternoon": "tarde, da tarde, de tarde, à tarde, na parte da tarde, pela tarde",
        "night": "noite, da noite, de noite, à noite, pela noite",
        "dawn": "madrugada, da madrugada, de madrugada",
    },
    "TODAYPART": {
        "morning": "esta manhã, nesta manhã",
        "afternoon": "esta tarde, nesta tarde",
        "night": "esta noite, nesta noite",
    },
    "NOON": "meio-dia",
    "MIDNIGHT": "meia-noite",
    "HOUR": "hora, horas",
    "MINUTE": "minuto, minutos",
    "DAYS": "dia, dias",
    "WEEKS": "semana, semanas",
    "MONTHS": "mês, meses",
    "YEARS": "ano, anos",
    "HALFWORD": "meia",
    "QUARTER": "um quarto",
    "AND": "e",
    "LESS": "menos",
    "TO": "para as, para a, para à, para o, para",
    "IN": "em, dentro de, daqui a",
    "AGOBEFORE": "há, faz",
    "AGO": "atrás",
    "NEXT": "próximo, próxima, que vem",
    "LAST": "passado, passada, último, última",
    "THIS": "este, esta, neste, nesta, esse, essa, nesse, nessa, deste, desta",
    "AT": "às, à, as, a, a partir das, a partir da",
    "THE": "dia, o dia, no dia, do dia",
    "OF": "de, do, da, do ano, do ano de",
    "ON": "em, no, na",
    "LINK": (
        "o, a, as, ao, à, às, no, na, de, do, da, dia, no dia, do dia, para, em ponto, hora local, horário local, "
        "a partir de, a partir das, a partir da"
    ),
    "TIMEIN": (
        "hora de, hora do, hora da, hora em, hora, hora local de, hora local do, horário de, horário do, horário da, "
        "horário, no horário de, no horário do, no horário da, pelo horário de, pelo horário do, pelo horário da"
    ),
}
