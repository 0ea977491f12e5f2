"""Every table that holds something of a person, what of it they are shown, and what becomes of it when they go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from data.models import (
    AdaptationRow,
    AliasRow,
    AttendanceRow,
    AttestationRow,
    AuditRow,
    Base,
    CalendarFeedRow,
    ChangeRow,
    CommunityRow,
    ConsentRow,
    DeliveryRow,
    DepartureRow,
    DraftRow,
    ErasureRow,
    ExpectedRow,
    FocalPointRow,
    GlossaryTermRow,
    HostCheckRow,
    KeptRow,
    KeyAreaRow,
    LookupRow,
    MaterialRow,
    MemberKeyAreaRow,
    MemberRow,
    NetworkFactRow,
    NetworkMemberRow,
    OccurrenceRow,
    PeerOfferRow,
    PeerRequestRow,
    PersonalReminderRow,
    PlaceRow,
    PracticeApprovalRow,
    PracticeKeyAreaRow,
    PracticeQuestionRow,
    PracticeRow,
    PracticeTranslationRow,
    PracticeVersionRow,
    PreferenceRow,
    RecapRow,
    ReportRow,
    ResourceKeyAreaRow,
    ResourceRetirementRow,
    ResourceRow,
    ResourceSuggestionRow,
    RsvpRow,
    SavedPracticeRow,
    SeriesRow,
    SurveyAnswerRow,
    SurveyMarkRow,
    WebinarKeyAreaRow,
    WebinarRow,
    WeeklyDigestRow,
)

# The kind of delivery that takes the roles of someone whose data is erased: the last thing that knows who it was.
ROLES = "mydata.roles"
# Stands where a column must hold a user id and the person asked to be forgotten.
NOBODY = 0

Mine = Callable[[int, int], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one table that are about a person.

    Attributes:
        name: what it is called in the file that people get, and by which its title is found.
        table: where it stands.
        mine: the rows of a person, from the community's id and the user's.
        shown: the columns they are shown; none where they must not even learn of it.
        persons: the columns by which rows are a person's.
        forget: what is written over those columns when the person goes. Without it, the rows are deleted.
        kept: why the rows stay as they are. Then nothing is written over or deleted.
    """

    name: str
    table: type[Base]
    mine: Mine
    shown: tuple[str, ...]
    persons: tuple[str, ...]
    forget: Mapping[str, Any] = field(default_factory=dict[str, Any])
    kept: str = ""


def _in(table: Any, *columns: str) -> Mine:
    """Rows of a table with a community, of whoever stands in one of the columns."""

    def mine(community_id: int, user_id: int) -> ColumnElement[bool]:
        named = or_(*(getattr(table, column) == user_id for column in columns))
        return (table.community_id == community_id) & named

    return mine


def _of_profile(column: InstrumentedAttribute[int]) -> Mine:
    """Rows that hang on the person's profile."""

    def mine(community_id: int, user_id: int) -> ColumnElement[bool]:
        return column.in_(
            select(MemberRow.id).where(MemberRow.community_id == community_id, MemberRow.user_id == user_id)
        )

    return mine


def _of_webinars(webinar: InstrumentedAttribute[int], user: InstrumentedAttribute[int]) -> Mine:
    """Rows that hang on the community's webinars."""

    def mine(community_id: int, user_id: int) -> ColumnElement[bool]:
        webinars = select(WebinarRow.id).where(WebinarRow.community_id == community_id)
        return (user == user_id) & webinar.in_(webinars)

    return mine


def about_person(community_id: int, user_id: int) -> ColumnElement[bool]:
    """The deliveries to a person, or about them."""
    themselves = select(literal("member:").concat(cast(MemberRow.id, Text))).where(
        MemberRow.community_id == community_id, MemberRow.user_id == user_id
    )
    name = f"user:{user_id}"
    ours = (DeliveryRow.community_id == community_id) & (DeliveryRow.kind != ROLES)
    return ours & or_(DeliveryRow.target == name, DeliveryRow.subject == name, DeliveryRow.subject.in_(themselves))


def _done_by(community_id: int, user_id: int) -> ColumnElement[bool]:
    alias = select(AliasRow.code).where(AliasRow.community_id == community_id, AliasRow.user_id == user_id)
    return (AuditRow.community_id == community_id) & AuditRow.actor.in_(alias)


# In the order in which they are shown. Erasing takes them from the last to the first, so that what hangs on a profile
# is found before the profile goes.
HOLDINGS: tuple[Holding, ...] = (
    Holding(
        "profile",
        MemberRow,
        _in(MemberRow, "user_id"),
        (
            *("name", "country", "organisation_kind", "organisation", "role", "languages", "offers", "seeks"),
            *("language", "state", "submitted_at", "decided_at", "decision_reason", "question", "answer", "left_at"),
            "hidden",
        ),
        ("user_id",),
    ),
    Holding("key_areas", MemberKeyAreaRow, _of_profile(MemberKeyAreaRow.member_id), ("key_area",), ("member_id",)),
    Holding(
        "consents",
        ConsentRow,
        _of_profile(ConsentRow.member_id),
        ("purpose", "notice_version", "given_at", "withdrawn_at"),
        ("member_id",),
    ),
    Holding(
        "attestations",
        AttestationRow,
        _of_profile(AttestationRow.member_id),
        ("vouches", "as_focal_point", "given_at", "expires_at"),
        ("member_id",),
    ),
    Holding(
        "attestations_given",
        AttestationRow,
        _in(AttestationRow, "given_by"),
        ("vouches", "as_focal_point", "given_at", "expires_at"),
        ("given_by",),
        {"given_by": None},
    ),
    Holding(
        "focal_points",
        FocalPointRow,
        _in(FocalPointRow, "user_id"),
        ("country", "named_at", "until", "ended_at"),
        ("user_id",),
    ),
    Holding(
        "focal_points_named",
        FocalPointRow,
        _in(FocalPointRow, "named_by"),
        ("country", "named_at"),
        ("named_by",),
        {"named_by": NOBODY},
    ),
    Holding(
        "questions_asked",
        MemberRow,
        _in(MemberRow, "question_by"),
        ("question",),
        ("question_by",),
        {"question_by": None},
    ),
    Holding(
        "expected",
        ExpectedRow,
        _in(ExpectedRow, "user_id"),
        ("name", "country", "organisation_kind", "organisation", "role", "languages", "offers", "seeks", "listed_at"),
        ("user_id",),
    ),
    # Nobody vouches for these any more, so that they are asked like everybody when they join.
    Holding(
        "expected_listed",
        ExpectedRow,
        _in(ExpectedRow, "listed_by"),
        ("listed_at",),
        ("listed_by",),
        {"listed_by": NOBODY},
    ),
    Holding("departure", DepartureRow, _in(DepartureRow, "user_id"), ("left_at",), ("user_id",)),
    Holding("preferences", PreferenceRow, _in(PreferenceRow, "user_id"), ("language", "zone"), ("user_id",)),
    Holding(
        "answers",
        RsvpRow,
        _of_webinars(RsvpRow.webinar_id, RsvpRow.user_id),
        ("webinar_id", "answer", "answered_at"),
        ("user_id",),
    ),
    Holding(
        "webinars",
        WebinarRow,
        _in(WebinarRow, "created_by", "host_id", "co_host_id"),
        ("title", "starts_at", "created_at"),
        ("created_by", "host_id", "co_host_id"),
        {"created_by": NOBODY, "host_id": None, "co_host_id": None},
    ),
    Holding("attendance", AttendanceRow, _in(AttendanceRow, "user_id"), ("webinar_id", "noted_at"), ("user_id",)),
    Holding("surveys", SurveyMarkRow, _in(SurveyMarkRow, "user_id"), ("webinar_id",), ("user_id",)),
    Holding(
        "reminders",
        PersonalReminderRow,
        _in(PersonalReminderRow, "user_id"),
        ("offsets", "maybe", "active", "undelivered_at"),
        ("user_id",),
    ),
    Holding(
        "weekly_digest",
        WeeklyDigestRow,
        _in(WeeklyDigestRow, "user_id"),
        ("active", "asked_at", "language", "undelivered_at"),
        ("user_id",),
    ),
    Holding("calendar", CalendarFeedRow, _in(CalendarFeedRow, "user_id"), ("language", "created_at"), ("user_id",)),
    Holding(
        "host_checks",
        HostCheckRow,
        _in(HostCheckRow, "user_id"),
        ("webinar_id", "answer", "answered_at"),
        ("user_id",),
        {"user_id": NOBODY},
    ),
    Holding(
        "materials",
        MaterialRow,
        _in(MaterialRow, "added_by"),
        ("webinar_id", "title", "added_at"),
        ("added_by",),
        {"added_by": NOBODY},
    ),
    Holding(
        "recaps",
        RecapRow,
        _in(RecapRow, "written_by"),
        ("webinar_id", "text", "written_at"),
        ("written_by",),
        {"written_by": NOBODY},
    ),
    Holding(
        "attendance_noted",
        AttendanceRow,
        _in(AttendanceRow, "noted_by"),
        ("webinar_id", "noted_at"),
        ("noted_by",),
        {"noted_by": None},
    ),
    Holding(
        "practices",
        PracticeRow,
        _in(PracticeRow, "author_id"),
        (
            *("title", "summary", "sections", "country", "stage", "language", "state", "contact_shown"),
            *("evidence_claimed", "outcome", "permissions", "contested"),
            *("submitted_at", "decided_at", "decision_comment", "published_at", "withdrawn_at"),
        ),
        ("author_id",),
        {"author_id": None, "contact_shown": False, "contested": []},
    ),
    Holding(
        "practices_offered",
        PracticeRow,
        _in(PracticeRow, "heir_id"),
        ("id", "published_at"),
        ("heir_id",),
        {"heir_id": None},
    ),
    # What others read of it never said whose it was, and stays; what is left of an author is taken away.
    Holding(
        "adaptations",
        AdaptationRow,
        _in(AdaptationRow, "author_id"),
        (
            *("practice_id", "country", "period", "changed", "result", "learnt", "language", "contested"),
            *("state", "sent_at", "withdrawn_at"),
        ),
        ("author_id",),
        {"author_id": None, "contested": []},
    ),
    Holding("saved", SavedPracticeRow, _in(SavedPracticeRow, "user_id"), ("practice_id", "saved_at"), ("user_id",)),
    # What they suggest is no word about them, and stays; nobody is told what became of it.
    Holding(
        "resource_suggestions",
        ResourceSuggestionRow,
        _in(ResourceSuggestionRow, "user_id"),
        ("content", "state", "created_at", "decided_at", "reason"),
        ("user_id",),
        {"user_id": NOBODY},
    ),
    Holding(
        "decisions_on_suggestions",
        ResourceSuggestionRow,
        _in(ResourceSuggestionRow, "decided_by"),
        ("state", "decided_at"),
        ("decided_by",),
        {"decided_by": None},
    ),
    Holding(
        "practice_versions",
        PracticeVersionRow,
        _in(PracticeVersionRow, "user_id"),
        ("practice_id", "number", "content", "published_at"),
        ("user_id",),
        {"user_id": None},
    ),
    Holding(
        "practice_questions",
        PracticeQuestionRow,
        _in(PracticeQuestionRow, "user_id"),
        ("practice_id", "question", "state", "asked_at"),
        ("user_id",),
    ),
    Holding(
        "practice_answers",
        PracticeQuestionRow,
        _in(PracticeQuestionRow, "answered_by"),
        ("practice_id", "answer", "answered_at"),
        ("answered_by",),
        {"answered_by": None, "answer": None, "named": False},
    ),
    # What somebody translated for others stays, as nobody's.
    Holding(
        "translations",
        PracticeTranslationRow,
        _in(PracticeTranslationRow, "user_id"),
        ("practice_id", "language", "title", "summary", "sections", "state", "made_at"),
        ("user_id",),
        {"user_id": None},
    ),
    Holding(
        "peer_questions",
        PeerRequestRow,
        _in(PeerRequestRow, "user_id"),
        ("question", "key_areas", "languages", "region", "state", "created_at", "closed_at"),
        ("user_id",),
    ),
    Holding(
        "peer_offers",
        PeerOfferRow,
        _in(PeerOfferRow, "user_id"),
        ("state", "asked_at", "answered_at"),
        ("user_id",),
    ),
    Holding("drafts", DraftRow, _in(DraftRow, "user_id"), ("kind", "data", "updated_at", "expires_at"), ("user_id",)),
    Holding(
        "reports",
        ReportRow,
        _in(ReportRow, "reporter_id"),
        ("code", "category", "text", "state", "outcome", "word", "created_at"),
        ("reporter_id",),
        {"reporter_id": None},
    ),
    Holding(
        "reports_handled",
        ReportRow,
        _in(ReportRow, "handled_by"),
        ("code", "state", "closed_at"),
        ("handled_by",),
        {"handled_by": None},
    ),
    Holding(
        "reports_about",
        ReportRow,
        _in(ReportRow, "subject_id"),
        (),
        ("subject_id",),
        kept="Shown to no one whom it is about; it goes a year after it was closed.",
    ),
    Holding(
        "decisions_on_members",
        MemberRow,
        _in(MemberRow, "decided_by"),
        ("state", "decided_at"),
        ("decided_by",),
        {"decided_by": None},
    ),
    Holding(
        "approvals_of_practices",
        PracticeApprovalRow,
        _in(PracticeApprovalRow, "user_id"),
        ("practice_id", "evidence", "at"),
        ("user_id",),
    ),
    Holding(
        "decisions_on_practices",
        PracticeRow,
        _in(PracticeRow, "decided_by"),
        ("id", "state", "decided_at"),
        ("decided_by",),
        {"decided_by": None},
    ),
    Holding(
        "messages",
        DeliveryRow,
        about_person,
        ("kind", "state", "due_at", "finished_at", "reason"),
        ("target", "subject"),
        kept="What went out stays as proof; the person's name in it is taken away.",
    ),
    Holding(
        "actions",
        AuditRow,
        _done_by,
        ("at", "action", "object_kind", "object_id"),
        ("actor",),
        kept="The log is only ever added to; without its alias an entry is nobody's.",
    ),
    Holding("alias", AliasRow, _in(AliasRow, "user_id"), ("code",), ("user_id",)),
)

# Tables that hold nothing of a person, and why.
NOBODYS: Mapping[type[Base], str] = {
    ChangeRow: "kinds and ids of things that changed",
    CommunityRow: "a server's settings",
    ErasureRow: "a keyed hash of who was erased, so that an older copy cannot bring them back",
    GlossaryTermRow: "words of a community for its search",
    KeptRow: "facts about the installation",
    KeyAreaRow: "the Network's own",
    LookupRow: "words that were looked for, without who looked and without names",
    NetworkFactRow: "the Network's own",
    NetworkMemberRow: "countries",
    OccurrenceRow: "which webinars make a series",
    PlaceRow: "channels, roles and tags",
    PracticeKeyAreaRow: "what a practice is about",
    ResourceKeyAreaRow: "what a resource is about",
    ResourceRetirementRow: "what a community shows no longer",
    ResourceRow: "published guidance",
    SeriesRow: "the rhythm of a series",
    SurveyAnswerRow: "answers that nobody can tell apart",
    WebinarKeyAreaRow: "what a webinar is about",
}
