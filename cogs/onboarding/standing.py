"""Where a person stands, in sentences for themselves."""

from datetime import datetime

from discord.utils import format_dt

from bot.languages import Texts
from cogs.onboarding import cards
from data.members import APPROVED, LAPSED, PENDING, Member


def standing_text(t: Texts, member: Member, *, saved: bool) -> str:
    """Where someone stands who was not declined."""
    sent = moment(member.submitted_at)
    if member.in_review:
        return t(
            "Your changes were saved on {sent}. Because the country or the kind of organisation changed, a moderator "
            "looks at them again. Until then you keep your access, and other members do not see your profile.",
            sent=sent,
        )
    if member.state == LAPSED:
        return t(
            "Your membership has paused: nobody has confirmed lately that you still hold your post. Press “Ask to be "
            "confirmed”, or ask a focal point of your country or a moderator to vouch for you."
        )
    if member.state == PENDING and member.question and not member.answer:
        return "\n".join(
            (
                t("A moderator asks before deciding:"),
                cards.quote(member.question, cards.WORDS_ROOM),
                t("Press “Answer”."),
            )
        )
    if member.state == PENDING:
        return t(
            "Your request was sent on {sent}, and the moderators will decide on it. To see where it stands, press the "
            "button in the welcome channel.",
            sent=sent,
        )
    if member.state == APPROVED:
        if saved:
            return (
                t("Your profile is saved. Members see it as it is now.")
                if member.directory
                else t("Your profile is saved. Only the moderators see it.")
            )
        return t("You are a member already. You can change your profile here, or at any time with /profile edit.")
    return t(
        "You left this server on {left}. Send the form again to come back as a member.", left=moment(member.left_at)
    )


def declined_text(t: Texts, member: Member) -> str:
    """Where someone stands who was declined, and why."""
    return "\n".join(
        (
            t("Your request was not approved on {when}. The moderators wrote:", when=moment(member.decided_at)),
            cards.quote(member.decision_reason or "", 1200),
            t("You can correct what you wrote and send it again."),
        )
    )


def moment(when: datetime | None) -> str:
    """A moment as Discord shows it to each reader in their own zone."""
    return format_dt(when, "f") if when else "–"
