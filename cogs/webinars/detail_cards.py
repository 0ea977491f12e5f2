"""How a webinar's kind, place, languages, audience and places are said: to a whole community, or to one person."""

from collections.abc import Callable, Mapping, Sequence

from bot.errors import Refusal
from bot.languages import N_, Texts, each_language, texts
from bot.render import one_line
from cogs.webinars.details import DetailRefusal
from data.languages import name_language
from data.network import KeyArea
from data.webinars import FOR_ALL, FOR_AREAS, MEETING, TRAINING, WEBINAR, Counts, NewWebinar, Webinar

Languages = tuple[str, ...]

KIND_NAMES = {WEBINAR: N_("Webinar"), MEETING: N_("Meeting in person"), TRAINING: N_("Training")}
NEW = {WEBINAR: N_("New webinar"), MEETING: N_("New meeting"), TRAINING: N_("New training")}


def kind_text(languages: Languages, webinar: NewWebinar | Webinar) -> str:
    """What it is."""
    return each_language(languages, KIND_NAMES.get(webinar.kind, KIND_NAMES[WEBINAR]))


def where_text(webinar: NewWebinar | Webinar) -> str:
    """Where people meet, as everyone may read it; empty where that is the link alone."""
    place = [one_line(webinar.place, 400)] if webinar.place else []
    return "\n".join([*place, *([f"<#{webinar.channel_id}>"] if webinar.channel_id else [])])


def languages_text(languages: Languages, webinar: NewWebinar | Webinar) -> str:
    """In which languages it is held, and into which it is interpreted; empty where nothing was said."""
    lines = [named(languages, webinar.spoken)] if webinar.spoken else []
    if webinar.interpreted:
        name = each_language(languages, N_("Interpretation"))
        lines.append(texts(languages[0]).pair(name, named(languages, webinar.interpreted)))
    return "\n".join(lines)


def named(languages: Languages, codes: Sequence[str]) -> str:
    """Languages by name: to one person in their language, to a community by what each language calls itself."""
    names = [name_language(code, languages[0] if len(languages) == 1 else code) for code in codes]
    return ", ".join(names)


def audience_text(languages: Languages, webinar: NewWebinar | Webinar, areas: Sequence[KeyArea]) -> str:
    """Whom it is for, each language on its own line where it needs more than a few words.

    Args:
        languages: those to say it in.
        webinar: which.
        areas: all key areas that it names.
    """
    if webinar.audience == FOR_ALL:
        return each_language(languages, N_("All members"))
    if webinar.audience == FOR_AREAS:
        chosen = [area for area in areas if area.id in webinar.audience_areas]
        lines = [
            t("Members who work in {areas}", areas=t.list([area.name.text(t.language) for area in chosen]))
            for t in map(texts, languages)
        ]
        return "\n".join(dict.fromkeys(lines))
    return each_language(languages, N_("Approved members from the Network's countries"), separator="\n")


def place_lines(languages: Languages, webinar: NewWebinar | Webinar, counts: Counts) -> list[str]:
    """How many places are left, and how many people wait; nothing where all who want can come."""
    if webinar.capacity is None:
        return []
    pair = texts(languages[0]).pair
    left = f"**{max(0, webinar.capacity - counts.taken)}** / {webinar.capacity}"
    lines = [pair(each_language(languages, N_("Places left")), left)]
    if counts.waiting:
        lines.append(pair(each_language(languages, N_("Waiting list")), f"**{counts.waiting}**"))
    return lines


def not_for_you(webinar: Webinar, areas: Sequence[KeyArea]) -> Refusal:
    """Why a person cannot come to a webinar that is for others."""
    if webinar.audience == FOR_AREAS:
        return Refusal(
            "This webinar is for members who work in {areas}. You can change your key areas with /profile edit.",
            areas=lambda t: t.list([area.name.text(t.language) for area in areas if area.id in webinar.audience_areas]),
        )
    return Refusal("This webinar is for approved members from the Network's countries only.")


def too_few(taken: int) -> DetailRefusal:
    """Why a webinar cannot have fewer places than people have or are being offered."""
    return DetailRefusal(
        "who", N_("Places that are taken already: {taken}. The number of places cannot be lower."), taken=taken
    )


def detail_pairs(t: Texts, old: Webinar, new: NewWebinar, areas: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What each detail is called, what it was, and what it becomes.

    Args:
        t: the moderator's texts.
        old: as it is published.
        new: as it would be.
        areas: the names of the key areas by id.
    """
    named: list[tuple[str, Callable[[NewWebinar | Webinar], str]]] = [
        (t("Kind"), lambda one: kind_text((t.language,), one)),
        (t("Where"), where_text),
        (t("Languages"), lambda one: languages_text((t.language,), one)),
        (t("Who it is for"), lambda one: _audience(t, one, areas)),
        (t("Number of places"), lambda one: t("All who want") if one.capacity is None else str(one.capacity)),
        (t("Host"), lambda one: f"<@{one.host_id}>" if one.host_id else "–"),
        (t("Co-host"), lambda one: f"<@{one.co_host_id}>" if one.co_host_id else "–"),
    ]
    return [(name, text(old), text(new)) for name, text in named]


def _audience(t: Texts, webinar: NewWebinar | Webinar, areas: Mapping[str, str]) -> str:
    if webinar.audience != FOR_AREAS:
        return audience_text((t.language,), webinar, [])
    return t("Members who work in {areas}", areas=t.list([areas.get(area, area) for area in webinar.audience_areas]))
