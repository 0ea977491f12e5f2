"""Accounts and devices of one person: profiles on platforms, @names, and addresses of the network."""

import re
from collections.abc import Iterator

from data.safeguarding.finding import Kind, Mark
from data.safeguarding.lexicon import words
from data.safeguarding.reading import Reading
from data.safeguarding.wording import safer

_PLATFORM = (
    r"(?:facebook|fb|instagram|tiktok|twitter|x|linkedin|youtube|telegram|snapchat|threads|pinterest|reddit|vk|ok|"
    r"onlyfans|tumblr|twitch|bsky|mastodon|kwai|messenger|m)"
)
_PROFILE = re.compile(
    rf"(?<![\w@.])(?:https?://)?(?:[a-z]{{1,3}}\.)?(?:{_PLATFORM}\.(?:com|me|net|app|social|ru|tv)|"
    r"(?:t|wa|fb|m)\.me|instagr\.am)/(?:in/|@|user/|u/|profile/|profile\.php\?id=|people/|add/)?"
    r"(?P<name>[\w.%+-]{2,60})"
)
_HANDLE = re.compile(r"(?<![\w@./<])@(?P<name>(?=[\w.]{0,29}[a-z])[a-z\d_][\w.]{2,29})(?![\w@]|-\w)")
# 'Insta: lia.nova', 'on Snapchat as mira_k9', 'bajo el usuario rosita_22', 'no perfil ju.renasce'.
_NAMED = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|facebook|twitter|telegram|discord|skype|signal|messenger|"
    r"tinder|badoo|bumble|"
    r"user ?name|nickname|handle|screen name|nick|usuari[oa]|pseudo(?:nyme)?|identifiant|perfil|profil|profile|account|"
    r"compte|cuenta|conta)\b(?:[\s:,\"(]{1,3}(?:is|as|est|es|e|como|comme|sous|le|la|el|o|a|her|his|account|user|"
    r"handle|name|nom|nombre|nome|de|usuari[oa]|pseudo(?:nyme)?|perfil|profil|under|called|named)){0,4}[\s:,\"(]{1,3}"
    r"(?P<name>(?=(?:[\d_.-]{0,9}[a-z]){3})(?=[\w.-]{0,28}[\d_]|[a-z]{2,20}\.[a-z]{2,20})[a-z\d][\w.-]{2,28}\w)"
)
_INSTITUTION = re.compile(
    r"polic|polit|minis|minmuj|^min[a-z]|gov|gob(?!b)|gouv|onu|unwomen|un_|_un|^un[a-z]{2,4}$|unodc|women|mujer|"
    r"femme|mulher|"
    r"gender|genero|genre|rede|red_|network|ong|ngo|fund|fond|inst|univ|oficial|official|info|news|notic|prensa|press|"
    r"campa|nunca|nomas|carab|guardia|gendarm|brigad|convenor|spotlight|linea|ligne|line|help|cent|casa|refug|"
    r"pnp|pmerj|rnp|"
    r"ville|city|muni|asso|nations|europ|council|conseil|academ|school|escol|escuel|team|equip|^here$|^everyone$"
)
_OF_INSTITUTION = re.compile(
    r"\b(?:our|notre|nuestr[ao]|noss[ao]|follow us|suivez|siganos|sigan|siga|ministry|ministere|ministerio|"
    r"police|policia|"
    r"network|reseau|red|rede|campaign|campagne|campana|campanha|organisation|association|asociacion|associacao|"
    r"official|officielle?|oficial)\b"
)
_IP = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w]|\.\d)"
)
_IP6 = re.compile(r"(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])")
_IMEI = re.compile(r"\bimei\b[\s:.n°ºo]{0,6}(?P<name>\d{2} ?\d{6} ?\d{6} ?\d)(?!\d)")
_VERSION = re.compile(
    r"\b(?:version|versao|release|v|section|chapter|chapitre|capitulo|point|punto|ponto|art\w*)\.?\s?$"
)


def find_accounts(reading: Reading) -> Iterator[Mark]:
    """Profiles and @names of people, not of institutions; addresses and numbers of devices."""
    for shape in (_PROFILE, _HANDLE, _NAMED):
        for match in shape.finditer(reading.low):
            start = match.start() if shape is not _NAMED else match.start("name")
            end = match.start() + len(match.group().rstrip("."))
            if not _public(reading, match["name"].strip("."), match.start()):
                yield _mark(reading, start, end, 0.8)
    for shape in (_IP, _IP6):
        for match in shape.finditer(reading.low):
            if not _VERSION.search(reading.before(match.start(), 14)):
                yield _mark(reading, *match.span(), 0.75)
    for match in _IMEI.finditer(reading.low):
        yield _mark(reading, *match.span("name"), 0.95)


def _public(reading: Reading, name: str, start: int) -> bool:
    """Whether a name on a platform is an institution's."""
    if (
        _INSTITUTION.search(name)
        or name in words("roles_in_mail")
        or name in {"company", "groups", "pages", "events", "hashtag"}
    ):
        return True
    return bool(_OF_INSTITUTION.search(reading.before(start, 45)))


def _mark(reading: Reading, start: int, end: int, confidence: float) -> Mark:
    return Mark(Kind.ONLINE_ACCOUNT, start, end, safer(Kind.ONLINE_ACCOUNT, reading.language), confidence)
