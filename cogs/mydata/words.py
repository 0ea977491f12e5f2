"""What is held, in words: the titles of holdings, the names of columns, and their values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from discord.utils import format_dt

from bot.languages import N_, Texts
from bot.render import plain
from data import countries
from data.members import DIRECTORY, MATCHING, TRANSLATION
from data.members.visibility import ME, MODERATORS

# One person's own words are cut here only, never in the file they get.
VALUE_LIMIT = 600

TITLES: Mapping[str, str] = {
    "profile": N_("Your profile"),
    "key_areas": N_("Your key areas"),
    "consents": N_("What you agreed to"),
    "attestations": N_("Who vouched for you, without their names"),
    "attestations_given": N_("Words you gave about others"),
    "focal_points": N_("Your time as a focal point"),
    "focal_points_named": N_("Focal points you named"),
    "questions_asked": N_("Questions you asked newcomers"),
    "expected": N_("What a moderator noted for the day you join"),
    "expected_listed": N_("People whom you listed before they joined"),
    "departure": N_("That you left the server"),
    "preferences": N_("Your settings"),
    "answers": N_("Your answers to webinars"),
    "webinars": N_("Webinars you announced or host"),
    "attendance": N_("Webinars you were at"),
    "surveys": N_("Surveys you answered; what you answered is nobody's"),
    "reminders": N_("Your personal reminders"),
    "calendar": N_("Your calendar's address"),
    "host_checks": N_("What you said as a host"),
    "materials": N_("Materials that you added"),
    "recaps": N_("Recaps that you wrote"),
    "attendance_noted": N_("Attendance that you noted"),
    "practices": N_("Your practices"),
    "drafts": N_("What you began and did not send"),
    "reports": N_("What you reported in confidence"),
    "reports_handled": N_("Reports that you handled"),
    "decisions_on_members": N_("Requests to join that you decided on"),
    "decisions_on_practices": N_("Practices that you decided on"),
    "messages": N_("Messages to you or about you"),
    "actions": N_("What you did, as the log has it"),
    "alias": N_("The code that stands for you in the log"),
}

COLUMNS: Mapping[str, str] = {
    "active": N_("Active"),
    "action": N_("Action"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "as_focal_point": N_("As a focal point"),
    "at": N_("When"),
    "category": N_("What it is"),
    "closed_at": N_("Closed"),
    "code": N_("Code"),
    "contact_shown": N_("Shown as contact"),
    "contested": N_("What you contested"),
    "country": N_("Country"),
    "created_at": N_("Announced"),
    "data": N_("What you typed"),
    "decided_at": N_("Decided"),
    "decision_comment": N_("What the moderators wrote"),
    "decision_reason": N_("What the moderators wrote"),
    "due_at": N_("Due"),
    "ended_at": N_("Ended"),
    "evidence_claimed": N_("How strong the evidence is (0 to 5)"),
    "expires_at": N_("Good or kept until"),
    "finished_at": N_("Done"),
    "given_at": N_("Agreed"),
    "hidden": N_("Who alone sees it"),
    "id": N_("Number"),
    "key_area": N_("Key area"),
    "key_areas": N_("Key areas"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "languages": N_("Languages"),
    "left_at": N_("Left the server"),
    "listed_at": N_("Listed"),
    "maybe": N_("Also where you might come"),
    "name": N_("Name"),
    "noted_at": N_("Noted"),
    "named_at": N_("Named"),
    "notice_version": N_("Version of the notice"),
    "object_id": N_("Number"),
    "object_kind": N_("What it was about"),
    "offers": N_("Can offer"),
    "offsets": N_("Before the start, in seconds"),
    "outcome": N_("What came of it"),
    "organisation": N_("Organisation"),
    "organisation_kind": N_("Kind of organisation"),
    "permissions": N_("What you allow"),
    "published_at": N_("Published"),
    "purpose": N_("What for"),
    "question": N_("Question"),
    "reason": N_("Reason"),
    "role": N_("Role or title"),
    "sections": N_("Text"),
    "seeks": N_("Looks for"),
    "stage": N_("Stage"),
    "starts_at": N_("Begins"),
    "state": N_("State"),
    "submitted_at": N_("Sent"),
    "added_at": N_("Added"),
    "text": N_("Text"),
    "undelivered_at": N_("Could not be delivered"),
    "written_at": N_("Written"),
    "summary": N_("Summary"),
    "title": N_("Title"),
    "until": N_("Until"),
    "vouches": N_("Vouches"),
    "updated_at": N_("Last changed"),
    "webinar_id": N_("Webinar"),
    "withdrawn_at": N_("Withdrawn"),
    "word": N_("What the moderators wrote"),
    "zone": N_("Time zone"),
}

PURPOSES: Mapping[str, str] = {
    DIRECTORY: N_("Members can find you, and you are introduced to them."),
    MATCHING: N_("You are named to members who look for what you offer, and they to you."),
    TRANSLATION: N_("What you write may be put into the other languages."),
}


# What begins with this is about that.
TOPICS: Mapping[str, str] = {
    "onboarding": N_("Joining"),
    "practice": N_("Practices"),
    "webinar": N_("Webinars"),
    "mydata": N_("Your data"),
    "peer": N_("Questions to peers"),
}
STATES: Mapping[str, str] = {
    "pending": N_("waiting"),
    "sending": N_("on its way"),
    "sent": N_("sent"),
    "skipped": N_("not sent"),
    "failed": N_("could not be sent"),
    "approved": N_("approved"),
    "declined": N_("declined"),
    "left": N_("left"),
    "in_review": N_("in review"),
    "returned": N_("returned"),
    "published": N_("published"),
    "withdrawn": N_("withdrawn"),
}


def sections(t: Texts, held: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, list[str]]]:
    """All that is held: a title and its entries, each entry one piece of text."""
    return [(t(TITLES.get(name, name)), [entry_text(t, entry) for entry in entries]) for name, entries in held.items()]


def entry_text(t: Texts, entry: Mapping[str, Any]) -> str:
    """One row, a line for each column that holds something."""
    lines = [
        t.pair(f"**{t(COLUMNS.get(name, name))}**", _value(t, name, value))
        for name, value in entry.items()
        if value not in (None, "", [], {})
    ]
    return "\n".join(lines)


def _value(t: Texts, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, list):
        return plain(", ".join(str(item) for item in cast("list[Any]", value)), VALUE_LIMIT)
    if name == "hidden":
        eyes = {MODERATORS: t("moderators"), ME: t("only you")}
        hidden = cast("dict[str, str]", value)
        return "; ".join(t.pair(t(COLUMNS.get(field, field)), eyes.get(who, who)) for field, who in hidden.items())
    if isinstance(value, dict):
        parts = [
            f"{name}: {', '.join(map(str, cast('list[Any]', part))) if isinstance(part, list) else part}"
            for name, part in cast("dict[str, Any]", value).items()
        ]
        return plain("; ".join(parts), VALUE_LIMIT)
    if name.endswith("_at") or name in ("at", "until"):
        return format_dt(datetime.fromisoformat(value), "f")
    return _named(t, name, str(value)) or plain(str(value), VALUE_LIMIT)


def _named(t: Texts, name: str, code: str) -> str:
    """What a code stands for; empty where it is none of ours."""
    topic = code.partition(".")[0]
    if name == "country":
        return countries.name(code, t.language)
    if name in ("kind", "action") and topic in TOPICS:
        return f"{t(TOPICS[topic])} (`{code}`)"
    words = {"purpose": PURPOSES, "state": STATES}.get(name)
    return t(words[code]) if words is not None and code in words else ""
