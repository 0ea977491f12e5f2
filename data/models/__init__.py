"""All tables. Rows stay inside `data`: queries hand out frozen dataclasses."""

from data.models.base import Base
from data.models.calendar import CalendarFeedRow
from data.models.community import AuditRow, ChangeRow, CommunityRow, DraftRow, KeptRow, PlaceRow, PreferenceRow
from data.models.delivery import DeliveryRow
from data.models.digest import WeeklyDigestRow
from data.models.lookup import GlossaryTermRow, LookupRow
from data.models.member import AttestationRow, ConsentRow, ExpectedRow, FocalPointRow, MemberKeyAreaRow, MemberRow
from data.models.network import KeyAreaRow, NetworkFactRow, NetworkMemberRow
from data.models.peer import PeerOfferRow, PeerRequestRow
from data.models.practice import (
    AdaptationRow,
    PracticeApprovalRow,
    PracticeKeyAreaRow,
    PracticeRow,
    SavedPracticeRow,
)
from data.models.practice_after import PracticeQuestionRow, PracticeTranslationRow, PracticeVersionRow
from data.models.privacy import AliasRow, DepartureRow, ErasureRow
from data.models.reminder import HostCheckRow, PersonalReminderRow
from data.models.report import ReportRow
from data.models.resource import ResourceKeyAreaRow, ResourceRetirementRow, ResourceRow, ResourceSuggestionRow
from data.models.series import OccurrenceRow, SeriesRow
from data.models.webinar import RsvpRow, WebinarKeyAreaRow, WebinarRow
from data.models.webinar_after import AttendanceRow, MaterialRow, RecapRow, SurveyAnswerRow, SurveyMarkRow

__all__ = [
    "AdaptationRow",
    "AliasRow",
    "AttendanceRow",
    "AttestationRow",
    "AuditRow",
    "Base",
    "CalendarFeedRow",
    "ChangeRow",
    "CommunityRow",
    "ConsentRow",
    "DeliveryRow",
    "DepartureRow",
    "DraftRow",
    "ErasureRow",
    "ExpectedRow",
    "FocalPointRow",
    "GlossaryTermRow",
    "HostCheckRow",
    "KeptRow",
    "KeyAreaRow",
    "LookupRow",
    "MaterialRow",
    "MemberKeyAreaRow",
    "MemberRow",
    "NetworkFactRow",
    "NetworkMemberRow",
    "OccurrenceRow",
    "PeerOfferRow",
    "PeerRequestRow",
    "PersonalReminderRow",
    "PlaceRow",
    "PracticeApprovalRow",
    "PracticeKeyAreaRow",
    "PracticeQuestionRow",
    "PracticeRow",
    "PracticeTranslationRow",
    "PracticeVersionRow",
    "PreferenceRow",
    "RecapRow",
    "ReportRow",
    "ResourceKeyAreaRow",
    "ResourceRetirementRow",
    "ResourceRow",
    "ResourceSuggestionRow",
    "RsvpRow",
    "SavedPracticeRow",
    "SeriesRow",
    "SurveyAnswerRow",
    "SurveyMarkRow",
    "WebinarKeyAreaRow",
    "WebinarRow",
    "WeeklyDigestRow",
]
