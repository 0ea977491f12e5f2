"""What stands in the log, in words."""

from collections.abc import Mapping

from discord.utils import format_dt

from bot.languages import N_, Texts
from bot.render import one_line
from data.audit import AuditEntry

ACTIONS: Mapping[str, str] = {
    "adaptation.approve": N_("Let an adaptation be shown"),
    "adaptation.submit": N_("Told how a practice was tried"),
    "adaptation.withdraw": N_("Took away an adaptation"),
    "consent.give": N_("Gave a consent"),
    "consent.withdraw": N_("Took back a consent"),
    "glossary.add": N_("Added a word to the glossary"),
    "glossary.remove": N_("Removed a word from the glossary"),
    "member.leave": N_("Left the server"),
    "mydata.erase": N_("Erased a person's data"),
    "onboarding.approve": N_("Approved a request to join"),
    "onboarding.decline": N_("Declined a request to join"),
    "member.lapse": N_("Paused a membership nobody vouched for"),
    "onboarding.answer": N_("Answered a question"),
    "onboarding.ask": N_("Asked before deciding"),
    "onboarding.focal": N_("Named a focal point"),
    "onboarding.focal.end": N_("Ended a focal point's time"),
    "onboarding.unknown": N_("Did not know a person"),
    "onboarding.vouch": N_("Vouched for a person"),
    "onboarding.submit": N_("Asked to join"),
    "onboarding.import": N_("Imported a list of people"),
    "onboarding.export": N_("Downloaded the list of members"),
    "practice.accept": N_("Agreed to look after a practice"),
    "peer.ask": N_("A question to peers was asked"),
    "peer.close": N_("A question to peers was closed"),
    "peer.introduce": N_("Two people were introduced to each other"),
    "peer.stepin": N_("Offered to help with a question to peers"),
    "peer.withdraw": N_("A question to peers was taken back"),
    "practice.answer": N_("Answered a question about a practice"),
    "practice.ask": N_("A question about a practice was passed on to its author"),
    "practice.approve": N_("Approved a practice"),
    "practice.confirm": N_("Confirmed that a practice is up to date"),
    "practice.offer": N_("Asked a member to look after a practice"),
    "practice.refuse": N_("Did not want to look after a practice"),
    "practice.reopen": N_("Opened the discussion of a practice again"),
    "practice.retire": N_("Retired a practice"),
    "practice.export": N_("Downloaded the published practices"),
    "practice.publish": N_("Tried again to post a practice"),
    "practice.published": N_("Posted a practice"),
    "practice.revise": N_("Put a new version of a practice in place"),
    "practice.return": N_("Returned a practice"),
    "practice.submit": N_("Sent a practice for review"),
    "practice.translate": N_("Translated a practice"),
    "practice.translation.approve": N_("Approved a translation"),
    "practice.withdraw": N_("Withdrew a practice"),
    "profile.edit": N_("Changed a profile"),
    "profile.roles": N_("Let a profile follow roles that were given or taken by hand"),
    "report.close": N_("Closed a report"),
    "report.file": N_("A report came in"),
    "report.lapse": N_("A report that nobody closed was erased"),
    "report.take": N_("Took a report"),
    "report.withdraw": N_("A report was taken back"),
    "resource.accept": N_("Accepted a suggested resource"),
    "resource.add": N_("Added a resource"),
    "resource.back": N_("Brought a resource back"),
    "resource.decline": N_("Declined a suggested resource"),
    "resource.edit": N_("Changed a resource"),
    "resource.export": N_("Downloaded the list of resources"),
    "resource.import": N_("Added a resource from a list"),
    "resource.retire": N_("Retired a resource"),
    "resource.suggest": N_("Suggested a resource"),
    "setup": N_("Set up the server"),
    "setup.automod": N_("Switched AutoMod's rules on or off"),
    "setup.related": N_("Switched the suggestions in the forum on or off"),
    "setup.roles": N_("Made roles for countries and languages"),
    "webinar.attendance.add": N_("Noted that people were at a webinar"),
    "webinar.attendance.export": N_("Downloaded who was at a webinar"),
    "webinar.attendance.remove": N_("Took people off the list of a webinar"),
    "webinar.cancel": N_("Cancelled a webinar"),
    "webinar.create": N_("Announced a webinar"),
    "webinar.edit": N_("Changed a webinar"),
    "webinar.event.back": N_("Put a webinar's event back"),
    "webinar.host.help": N_("Asked for help with a webinar"),
    "webinar.host.ready": N_("Said that all is ready for a webinar"),
    "webinar.materials.add": N_("Added a recording, slides or a document"),
    "webinar.materials.edit": N_("Corrected a recording, slides or a document"),
    "webinar.materials.remove": N_("Took away a recording, slides or a document"),
    "webinar.recap": N_("Wrote a recap"),
    "webinar.remind": N_("Sent a reminder of a webinar"),
}


def action_name(t: Texts, action: str) -> str:
    """An action in the reader's language; its code where it has no name."""
    return t(ACTIONS[action]) if action in ACTIONS else action


def entry_line(t: Texts, entry: AuditEntry) -> str:
    """One entry: when, who, what, to what."""
    if entry.actor is None:
        who = "Convenor"
    elif entry.actor_id is None:
        who = t("someone whose data was erased")
    else:
        who = f"<@{entry.actor_id}>"
    what = action_name(t, entry.action)
    thing = one_line(f"{entry.object_kind}:{entry.object_id}", 60)
    return f"{format_dt(entry.at, 'f')} · {who} · {what} · `{thing.replace('`', '')}`"
