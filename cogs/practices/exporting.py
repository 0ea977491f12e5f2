"""`/practice export`: what is published, as a file to take along."""

import io
from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.ask import Ask
from bot.languages import Texts
from bot.render import one_line, plain
from cogs.practices import cards, rules
from cogs.practices.rules import SECTIONS
from cogs.practices.views import area_names
from data import audit, countries
from data.practices.exporting import REUSE, Exported, as_json, list_exported
from data.wording import Wording

MARKDOWN, JSON = "md", "json"
FORMATS = (MARKDOWN, JSON)
# Longer than any text that a form takes, escapes counted.
WHOLE = 20_000


async def send(ask: Ask, sort: str) -> None:
    """Make the file, for this person alone, and note that they have it."""
    sort = sort if sort in FORMATS else MARKDOWN
    await ask.defer()
    areas = await area_names(ask)
    async with ask.bot.db.begin() as session:
        found = await list_exported(session, ask.community.id)
        await audit.record(
            session,
            community_id=ask.community.id,
            at=ask.now,
            actor_id=ask.actor.user_id,
            action="practice.export",
            object_kind="list",
            object_id=len(found),
            details={"practices": len(found), "format": sort},
        )
    t = ask.t
    content = (
        as_json(ask.community, found, ask.now) if sort == JSON else as_markdown(t, ask.community.name, found, areas)
    )
    file = discord.File(
        io.BytesIO(content.encode()),
        f"practices-{ask.now:%Y-%m-%d}.{sort}",
        description=t("All published practices, with their authors and terms of use"),
    )
    text = t.plural(
        "{n} practice, as it is published today.", "{n} practices, as they are published today.", len(found)
    )
    note = t("A practice can be changed or withdrawn later: look again before you pass the file on.")
    await ask.answer(f"{text} {note}", file=file)


def as_markdown(t: Texts, community: str, exported: Sequence[Exported], areas: cards.Areas) -> str:
    """The whole as one text for people: in their language where there is a translation, else as it was written."""
    parts = ["# " + t("Practices of {community}", community=one_line(community, 200))]
    parts += ["\n".join(practice_lines(t, one, areas)) for one in exported]
    return "\n\n".join(parts) + "\n"


def practice_lines(t: Texts, exported: Exported, areas: cards.Areas) -> list[str]:
    """One practice: what it is, who made it, on what terms, and all that it says."""
    practice = exported.practice
    texts = exported.translations.get(t.language)
    if texts is not None and practice.language != t.language:
        practice = replace(
            practice,
            title=Wording({t.language: texts["title"]}),
            summary=Wording({t.language: texts["summary"]}),
            sections=texts["sections"],
        )
    facts = [
        (t("Country"), countries.name(practice.country, t.language) if practice.country else ""),
        (t("Key areas"), ", ".join(areas.get(area, area) for area in practice.key_areas)),
        (t("Stage"), rules.stage_name(t, practice.stage) if practice.stage else ""),
        (t("Outcome"), rules.outcome_name(t, practice.outcome) if practice.outcome else ""),
        (t("Evidence, as its author sees it"), _level(t, practice.evidence_claimed)),
        (t("Evidence, as the reviewers see it"), _level(t, practice.evidence_confirmed)),
        (t("Institution"), one_line(practice.institution.text(t.language), 500)),
        (t("Author"), one_line(exported.author, 200) if exported.author else ""),
        (t("Use"), _terms(t, exported)),
        (t("Language"), rules.language_name(t, practice.language) if texts is None else ""),
        (t("Source"), _source(t, exported)),
    ]
    lines = [
        f"## {one_line(practice.title.text(t.language), 500)}",
        "",
        plain(practice.summary.text(t.language), WHOLE),
    ]
    lines += ["", *(f"- {t.pair(name, value)}" for name, value in facts if value)]
    for field in SECTIONS:
        if practice.sections.get(field.name):
            lines += ["", f"### {t(field.label)}", "", plain(practice.sections[field.name], WHOLE)]
    return lines


def _level(t: Texts, level: int | None) -> str:
    return "" if level is None else rules.level_name(t, level)


def _terms(t: Texts, exported: Exported) -> str:
    if exported.practice.from_brochure:
        return ""
    if REUSE in exported.practice.permissions:
        return t("You may use and adapt it, if you name its authors.")
    return t("Ask its authors before you use or adapt it.")


def _source(t: Texts, exported: Exported) -> str:
    practice = exported.practice
    if practice.from_brochure:
        source = one_line(practice.source.text(t.language), 500)
        return f"{t(cards.BROCHURE_MARK)}. {source}" if source else t(cards.BROCHURE_MARK)
    if practice.published_at is None:
        return ""
    return t("Version {n}, published on {day}", n=practice.edition, day=f"{practice.published_at:%Y-%m-%d}")
