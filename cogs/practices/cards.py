"""What is shown of practices: one card for the preview, the reviewers and the forum, so that all see the same."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import discord
from discord.utils import format_dt

from bot.caution import passage_line, safer_line
from bot.languages import N_, Texts
from bot.render import ACCENT, add_whole, cut, label, one_line, plain
from cogs.practices.rules import (
    EVIDENCE,
    SECTIONS,
    SOURCES,
    STEPS,
    WHAT,
    Text,
    draft_title,
    level_name,
    open_step,
    outcome_name,
    stage_name,
    step_name,
)
from cogs.practices.safety import Doubt
from data import countries
from data.drafts import Draft
from data.practices import (
    APPROVED,
    IN_REVIEW,
    MERGED,
    PUBLISHED,
    RETURNED,
    WITHDRAWN,
    Approval,
    Content,
    Needs,
    Practice,
)
from data.practices.approving import ENOUGH

# Discord counts all embeds of a message together, and each description on its own.
MESSAGE_LIMIT = 6000
DESCRIPTION_LIMIT = 4096
# What a page of the private reading holds: short enough for a telephone.
PAGE_LIMIT = 3000
# What may be said of passages that were found; the card they belong to has to fit beside it.
DOUBTS_LIMIT = 1500

GROUPS: tuple[tuple[Text, ...], ...] = (WHAT, EVIDENCE, (SOURCES,))
BROCHURE_MARK = N_("From the Network's brochure, not reviewed")
Areas = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A practice as embeds that fit one message, and whether something was shortened for it."""

    embeds: list[discord.Embed]
    shortened: bool


def card(t: Texts, content: Content, areas: Areas, *, author_id: int | None, room: int = MESSAGE_LIMIT) -> Card:
    """A practice, whole or shortened so that it fits one message.

    Args:
        t: texts for the headings.
        content: the practice, or a draft of one.
        areas: names of key areas by id.
        author_id: shown where the author wants to be.
        room: what all embeds together may have, in characters.
    """
    head = head_embed(t, content, areas, author_id=author_id)
    pieces = {field: _piece(t, field, content) for field in SECTIONS if content.sections.get(field.name)}
    limit = _limit(pieces, room - len(head))
    embeds = [head]
    for group in GROUPS:
        text = "\n\n".join(heading + cut(body, limit) for heading, body in (pieces[f] for f in group if f in pieces))
        if text:
            embeds.append(discord.Embed(description=text, colour=ACCENT))
    return Card(embeds, any(len(body) > limit for _, body in pieces.values()))


def head_embed(t: Texts, content: Content, areas: Areas, *, author_id: int | None) -> discord.Embed:
    """The upper part of the card: what it is, where, how far it has come, and whom to ask."""
    embed = discord.Embed(
        title=one_line(content.title.text(t.language)),
        description=plain(content.summary.text(t.language), 2000),
        colour=ACCENT,
    )
    if content.country:
        embed.add_field(name=t("Country"), value=countries.name(content.country, t.language))
    if content.key_areas:
        names = [areas.get(area, area) for area in content.key_areas]
        embed.add_field(name=t("Key area") if len(names) == 1 else t("Key areas"), value=", ".join(names))
    if content.stage:
        embed.add_field(name=t("Stage"), value=stage_name(t, content.stage))
    if content.outcome:
        embed.add_field(name=t("Outcome"), value=outcome_name(t, content.outcome))
    if content.evidence_claimed is not None:
        embed.add_field(name=t("Evidence, as its author sees it"), value=level_name(t, content.evidence_claimed))
    if isinstance(content, Practice) and content.evidence_confirmed is not None:
        embed.add_field(name=t("Evidence, as the reviewers see it"), value=level_name(t, content.evidence_confirmed))
    if "reuse" in content.permissions:
        embed.add_field(name=t("Use"), value=t("You may use and adapt it, if you name its authors."))
    if author_id is not None:
        hidden = t("Through Convenor, without names")
        embed.add_field(name=t("Contact"), value=f"<@{author_id}>" if content.contact_shown else hidden)
    if isinstance(content, Practice):
        _tell_standing(t, embed, content)
    return embed


def archived_line(t: Texts, since: datetime) -> str:
    """The banner of a practice that nobody looks after any more."""
    day = format_dt(since, "D")
    return t("**Archived since {day}.** Nobody looks after it any more: it may not be done like this today.", day=day)


def pages(t: Texts, practice: Practice, areas: Areas) -> list[discord.Embed]:
    """A practice in full, in as many pages as it takes; nothing is shortened."""
    found = [head_embed(t, practice, areas, author_id=practice.author_id)]
    text = ""
    for field in SECTIONS:
        if not practice.sections.get(field.name):
            continue
        heading, body = _piece(t, field, practice)
        piece = heading + body
        if text and len(text) + len(piece) + 2 > PAGE_LIMIT:
            found.append(_page(practice, t, text))
            text = ""
        text = f"{text}\n\n{piece}" if text else piece
    if text:
        found.append(_page(practice, t, text))
    for number, embed in enumerate(found, 1):
        if len(found) > 1:
            embed.set_footer(text=t("Page {n} of {total}", n=number, total=len(found)))
    return found


def doubts_card(t: Texts, doubts: Iterable[Doubt]) -> discord.Embed:
    """To its author: the passages that may identify a person, field by field, with a safer wording for each."""
    return _doubts_embed(
        t,
        t("What was found"),
        doubts,
        lambda doubt: f"- {passage_line(t, doubt.finding)}\n  {safer_line(t, doubt.finding)}",
    )


def contested_card(t: Texts, doubts: Iterable[Doubt]) -> discord.Embed:
    """To the reviewers: the same passages, and what the author says about them. They decide."""

    def said(doubt: Doubt) -> str:
        reason = one_line(doubt.reason, 300) if doubt.reason else None
        line = (
            t("The author says: {reason}", reason=reason) if reason else t("The author has not said anything about it.")
        )
        return f"- {passage_line(t, doubt.finding)}\n  {line}"

    embed = _doubts_embed(t, t("Passages that may identify a person"), doubts, said)
    embed.set_footer(text=t("Approve only if you are sure that they identify nobody."))
    return embed


def state_line(t: Texts, practice: Practice) -> str:
    """How a practice stands, in a sentence."""
    if practice.state == IN_REVIEW and practice.submitted_at is not None:
        return t("In review since {when}.", when=format_dt(practice.submitted_at, "f"))
    if practice.state == RETURNED and practice.decided_at is not None:
        return t("Returned with comments on {when}.", when=format_dt(practice.decided_at, "f"))
    if practice.state == APPROVED:
        return t("Approved. It will appear in the forum shortly.")
    if practice.state == PUBLISHED and practice.archived_at is not None:
        return t(
            "Archived since {when}, still to be read in {thread}",
            when=format_dt(practice.archived_at, "D"),
            thread=f"<#{practice.thread_id}>",
        )
    if practice.state == PUBLISHED and practice.published_at is not None:
        return t(
            "Published on {when}: {thread}",
            when=format_dt(practice.published_at, "f"),
            thread=f"<#{practice.thread_id}>",
        )
    if practice.state == WITHDRAWN and practice.withdrawn_at is not None:
        return t("Withdrawn on {when}. Nothing of its text was kept.", when=format_dt(practice.withdrawn_at, "f"))
    return ""


def decision_line(t: Texts, practice: Practice, given: Iterable[Approval] = ()) -> str:
    """For the reviewers: who decided what, and when; of an approved practice, all who approved it if they are given."""
    who = ", ".join(f"<@{one.user_id}>" for one in given) or f"<@{practice.decided_by}>"
    if practice.state == WITHDRAWN and practice.withdrawn_at is not None:
        when = format_dt(practice.withdrawn_at, "f")
        if practice.withdrawn_reason == "author":
            return t("Withdrawn by its author on {when}. Nothing of its text was kept.", when=when)
        return t("Withdrawn by a moderator on {when}. Nothing of its text was kept.", when=when)
    if practice.decided_at is None:
        return ""
    when = format_dt(practice.decided_at, "f")
    if practice.state == PUBLISHED:
        return t(
            "Approved by {who} on {when}. It is published: {thread}",
            who=who,
            when=when,
            thread=f"<#{practice.thread_id}>",
        )
    if practice.state == MERGED:
        thread = f"<#{practice.thread_id}>"
        return t(
            "Approved by {who} on {when}. It is the newest version of {thread}.", who=who, when=when, thread=thread
        )
    if practice.state == APPROVED:
        return t("Approved by {who} on {when}. It is about to be posted.", who=who, when=when)
    return t("Returned with comments by {who} on {when}.", who=who, when=when)


def approval_lines(t: Texts, given: Iterable[Approval]) -> list[str]:
    """Who approved, when, and how strong they find the evidence."""
    return [
        t("Approved by {who} on {when}.", who=f"<@{one.user_id}>", when=format_dt(one.at, "f"))
        + (" " + t("Evidence: {level}", level=level_name(t, one.evidence)) if one.evidence is not None else "")
        for one in given
    ]


def missing_line(t: Texts, needs: Needs, given: Iterable[Approval]) -> str:
    """What a practice still needs; and where fewer can review than should, what to do about it."""
    have = list(given)
    left = needs.approvals - len(have)
    lines: list[str] = []
    if left > 0:
        lines.append(t.plural("It needs {n} more approval.", "It needs {n} more approvals.", left))
    if needs.abroad and not any(one.abroad for one in have):
        lines.append(t("One has to be by somebody from another country than the author's, or from the secretariat."))
    if needs.approvals < ENOUGH:
        lines.append(
            t(
                "Only one person here can review it, so one approval is enough. Two are better: give the moderators' "
                "role to one more person."
            )
        )
    elif not needs.abroad:
        lines.append(
            t(
                "Nobody here who can review is from another country than the author's, so none such is asked for. "
                "Give the moderators' role to somebody who is."
            )
        )
    return " ".join(lines)


def decided_card(t: Texts, practice: Practice, given: Iterable[Approval]) -> discord.Embed:
    """What is left of a reviewers' card once it was decided on."""
    return discord.Embed(title=shown_title(t, practice), description=decision_line(t, practice, given), colour=ACCENT)


def tombstone(t: Texts) -> discord.Embed:
    """What stands in a thread in place of a practice that was withdrawn."""
    return discord.Embed(
        title=t("Withdrawn practice"),
        description=t("This practice was withdrawn. Its text was erased, and the thread is closed."),
        colour=ACCENT,
    )


def own_card(t: Texts, practice: Practice) -> discord.Embed:
    """To its author: how a practice stands, with the reviewer's comment if it was returned."""
    embed = discord.Embed(title=shown_title(t, practice), description=state_line(t, practice), colour=ACCENT)
    if practice.state == RETURNED and practice.decision_comment:
        add_whole(embed, t("What the reviewer asks for"), practice.decision_comment)
    return embed


def draft_card(t: Texts, draft: Draft) -> discord.Embed:
    """To its author: an unfinished draft."""
    return discord.Embed(title=one_line(draft_title(t, draft.data)), description=draft_line(t, draft), colour=ACCENT)


def draft_line(t: Texts, draft: Draft) -> str:
    """How far a draft has come, and how long it is kept."""
    step = open_step(draft.data)
    saved = format_dt(draft.updated_at, "R")
    kept = format_dt(draft.expires_at, "D")
    if step is None:
        return t("A draft, complete but not sent. Last saved {saved}, kept until {kept}.", saved=saved, kept=kept)
    return t(
        "A draft. Next: {step} ({n} of {total}). Last saved {saved}, kept until {kept}.",
        step=step_name(t, step),
        n=STEPS.index(step) + 1,
        total=len(STEPS),
        saved=saved,
        kept=kept,
    )


def own_line(t: Texts, practice: Practice) -> str:
    """To its author, in a list: how a practice stands, and what is asked of them."""
    value = state_line(t, practice)
    if practice.state == RETURNED and practice.decision_comment:
        value += "\n" + t("The reviewer asks: {comment}", comment=one_line(practice.decision_comment, 300))
    if practice.asked is not None:
        value += "\n" + t("**Is it still up to date?** Open it to answer.")
    return value


def mine_card(t: Texts, things: Iterable[tuple[str, str]], *, page: int, last: int) -> discord.Embed:
    """A page of what is a person's own: a name and a line for each."""
    embed = discord.Embed(title=t("Your practices"), colour=ACCENT)
    for name, line in things:
        embed.add_field(name=cut(name, 200), value=line, inline=False)
    if last:
        embed.set_footer(text=t("Page {n} of {total}", n=page + 1, total=last + 1))
    return embed


def waiting_card(t: Texts, practices: Iterable[Practice], *, page: int, last: int) -> discord.Embed:
    """A page of what waits for moderators."""
    embed = discord.Embed(title=t("Practices waiting for review"), colour=ACCENT)
    for practice in practices:
        line = t("Approved, but not posted yet.") if practice.state == APPROVED else state_line(t, practice)
        embed.add_field(name=cut(shown_title(t, practice), 200), value=f"{line} <@{practice.author_id}>", inline=False)
    if last:
        embed.set_footer(text=t("Page {n} of {total}", n=page + 1, total=last + 1))
    return embed


def shown_title(t: Texts, practice: Practice) -> str:
    """The title, fit for Markdown, also where the practice is gone."""
    if practice.state == WITHDRAWN:
        return t("Withdrawn practice")
    if practice.state == MERGED:
        return t("A change of a practice")
    return one_line(practice.title.text(t.language))


def listed_title(t: Texts, practice: Practice) -> str:
    """The title for menus and buttons, which know no Markdown."""
    if practice.state == WITHDRAWN:
        return t("Withdrawn practice")
    return label(practice.title.text(t.language))


def _tell_standing(t: Texts, embed: discord.Embed, practice: Practice) -> None:
    if practice.archived_at is not None:
        embed.description = f"{archived_line(t, practice.archived_at)}\n\n{embed.description}"
    if practice.from_brochure:
        _tell_brochure(t, embed, practice)


def _tell_brochure(t: Texts, embed: discord.Embed, practice: Practice) -> None:
    if practice.institution:
        embed.add_field(name=t("Institution"), value=plain(practice.institution.text(t.language)))
    if practice.note:
        embed.add_field(name=t("Note"), value=plain(practice.note.text(t.language)), inline=False)
    source = practice.source.text(t.language)
    embed.set_footer(text=f"{t(BROCHURE_MARK)} · {source}" if source else t(BROCHURE_MARK))


def _doubts_embed(t: Texts, title: str, doubts: Iterable[Doubt], line: Callable[[Doubt], str]) -> discord.Embed:
    text, left = "", 0
    before: Text | None = None
    for doubt in doubts:
        heading = "" if doubt.field is before else f"**{t(doubt.field.label)}**\n"
        piece = f"{heading}{line(doubt)}\n"
        if left or len(text) + len(piece) > DOUBTS_LIMIT:
            left += 1
            continue
        text, before = text + piece, doubt.field
    if left:
        text += t.plural("and {n} more", "and {n} more", left)
    return discord.Embed(title=title, description=text, colour=ACCENT)


def _piece(t: Texts, field: Text, content: Content) -> tuple[str, str]:
    """A section's heading, and its text, escaped and whole."""
    return f"**{t(field.label)}**\n", plain(content.sections[field.name], DESCRIPTION_LIMIT)


def _page(practice: Practice, t: Texts, text: str) -> discord.Embed:
    return discord.Embed(title=shown_title(t, practice), description=text, colour=ACCENT)


def _limit(pieces: Mapping[Text, tuple[str, str]], room: int) -> int:
    """The length to which the longest texts are cut, so that all fit one message and each group one description.

    Ordinary text always fits whole, since forms limit what can be typed; text full of signs that must be escaped may
    take twice its length.
    """

    def length(group: Iterable[Text], limit: int) -> int:
        return sum(len(pieces[f][0]) + min(len(pieces[f][1]), limit) + 2 for f in group if f in pieces)

    limit = max((len(body) for _, body in pieces.values()), default=0)
    while length(pieces, limit) > room or any(length(group, limit) > DESCRIPTION_LIMIT for group in GROUPS):
        limit = int(limit * 0.9)
    return limit
