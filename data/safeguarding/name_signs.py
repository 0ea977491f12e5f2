"""What stands before and after a name of a person, as patterns on the plain text in lower case."""

import re

_LEAD = (
    r"(?:who (?:is|was)|qui a|que tiene|que tem|aged?|agee? de|an?|une|una|uma|femme de|mujer de|mulher de|only|just|"
    r"apenas|solo|then|alors|entonces|entao|a peine) ?"
)
AGE_AFTER = re.compile(
    rf"^\.?(?:(?:,\s|\s\()(?:{_LEAD}|de |con |com ){{0,3}}|\s(?:aged|agee? de|de|con|"
    r"com)\s)\d{1,2}(?:[- ]years?\b|\s(?:ans|anos)\b|-year)"
    r"|^\.?(?:,\s|\s\()(?:aged? |agee? |then |alors |only |just )?[1-9]\d?(?:,\s(?!\d)|\)|\.\s|$)|^\.?,? aged \d"
)
AGE_BEFORE = re.compile(
    r"\b(?:de|d'|of|aged?|agee?(?: de)?|com|con)\s\d{1,2}(?:\s(?:ans|anos|years?(?: old)?))?,?\s$|"
    r"\b\d{1,2}-year-old,?\s$"
)
POSSESSED = re.compile(
    r"^'s?\s(?:\w+\s)?(?:case|file|husband|statement|testimony|daughter|son|mother|father|sister|brother|"
    r"home|house|injuries|body|ex|ex-husband|partner|boyfriend|story|complaint|children|child|phone|"
    r"family|abuser|attacker|rapist|death|murder|name|address|neighbour|neighbor|aggressor|school|workplace|"
    r"arm|face|bruises|flat|kids|wife|baby|parents|life)\b"
)
DEMONYM = re.compile(
    r"(?:ienn?e?s?|ain|aine|ais|aises?|ois|oises?|an[ao]?s?|enses?|en[ao]s?|eses?|ians?|eans?|ish|iote?|ech|"
    r"alis?|aquis?|tecas?|gales[ae]?|landes[ae]?|guaya?s?)\Z"
)
QUOTED = re.compile(
    r'"\s?(?:,|-)?\s?(?:said|says|told|explains?|recalls?|raconte|explique|dit|confie|se souvient|dice|dijo|cuenta|'
    r"conto|recuerda|relata|disse|diz|contou|lembra)\s?(?:us\s)?$"
)
REAL_NAME = re.compile(
    r"\b(?:name|nom|prenom|nombre|nome)s?(?:\s(?!of\b|des?\b|du\b|del\b|das?\b|dos?\b)\w+){0,2}(?:\s(?:del?|"
    r"du|of|d[ao])\s(?:\w+\s){1,3}?|\s)(?:is|was|est|etait|es|era|e|foi)\s(?:la\s|el\s|a\s|o\s)?$|"
    r"(?:^|[\n.;(]|\b(?:full|first|last|real|her|his)\s)\s?(?:name|surname|nom|prenom|nom et prenom|"
    r"nom complet|nombre|nombre completo|nombres? y apellidos?|apellidos?|nome|nome completo|sobrenome|"
    r"patient|"
    r"patiente|client|cliente|beneficiaire|beneficiaria|usuaria|paciente|concerne|interesada|"
    r"interessada)\s?:\s?$|\b(?:a certain|un certain|une certaine|un tal|una tal|uma tal(?: de)?|"
    r"um tal(?: de)?|um certo|uma certa|i am|i'm|je suis|yo soy|eu sou)\s$"
)
VERB_ENDS = re.compile(r"(?:[^aeiou]ed|[óé]|ió|aba|ía|ou|eu|iu|ava|aram|eram)\Z")
EXEMPLARY = re.compile(
    r"^\W{0,3}(?:like|comme|como|take|prenons|pensons a|think of|piensen en|pensem em|es el caso de|e o caso de|"
    r"c'est le cas de|i remember|we remember|je me souviens d[e']|recuerdo a|me acuerdo de|lembro d[ae]|"
    r"lembro-me d[ae])\s?(?:la |el |a |o )?$"
)
# Behind the word for an officer, what is hardly a family's name.
ADJECTIVE = re.compile(
    r"(?:ari[oa]|aire|[aei]ls?|aux|iv[eoa]|ic[oa]|ique|ing|ed|ment|tion|eurs?|istas?|ente|ante|ad[oa]|id[oa])\Z"
)
# 'Ask for Angela' is a programme, in any language.
ASK_FOR = re.compile(r"\b(?:ask for|demandez|demander|pregunt[ae]r? por|pergunt[ae]r? p(?:ela|or))\s\"?$")
# 'Kelly, L.' is an author.
LISTED = re.compile(r",\s[A-Z]\.")
TOLD_TO = re.compile(
    r"\b(?:(?:found|met|helped|freed|rescued|accompanied|drove|hugged|saved|believed)|(?:trouve|emmene|aide|"
    r"accompagne|sauve|cru)|"
    r"(?:encontr|llev|ayud|acompan|rescat|conoci)(?:o|aron|e) a|(?:encontr|lev|ajud|acompanh|salv)(?:ou|aram|"
    r"ei)|told|tell|tells|telling|asked|warned|convinced|persuaded|reassured|(?:dit|demande|explique|promis|"
    r"annonce|rappele) a|"
    r"convaincu|rassure|(?:dicho|dijo|dijeron|decir(?:le)?|pidio|pidieron|advirtio|explico|explicaron|prometio) a|"
    r"(?:dito|disse|disseram|dizer|perguntou|perguntaram|avisou|avisaram|explicou|explicaram|prometeu|contou) a)\s$"
)
# Ends of words that are no names.
ORDINARY = re.compile(
    r"(?:ments?|tions?|sions?|ings?|it(?:y|ies)|ness|als?|ics?|ed|ous|ives?|ances?|ences?|ships?|isms?|ists?|"
    r"ures?|lines?|books?|ices?|"
    r"ches|ents?|ants?|acion(?:es)?|cao|coes|dades?|dad(?:es)?|tes?|mentos?|mientos?|iv[oa]s?|os[oa]s?|ismos?|"
    r"istas?|ua(?:l|is|les)|"
    r"eurs?|euses?|iques?|ic[oa]s?|ari[oa]s?|ad[oa]s?|id[oa]s?|anj?[oa]s?|en[oa]s?|encias?|ancias?|eres?|ores?|"
    r"oras?|ier[oa]s?|ees?|ens?|ess)\Z"
)
