"""What exists: the models of the slices, where Django looks for them."""

from desks.access_reviews.models import AccessDecision, AccessReview
from desks.alerts.models import Alert, AlertDesk
from desks.assessments.models import Assessment
from desks.cases.casework import CaseHold, CasePhase, Guardian, IdentityBlock, Relative, StatusDecision, Task
from desks.cases.models import Assignment, Case, CaseClock, CaseEscalation, LinkedReport, TimelineEntry
from desks.cases.requests import CaseClosure, CaseMerge, MoveRequest, StatusRequest
from desks.desk.models import Closure, Desk, OpeningHours, Rehearsal
from desks.duplicates.models import BlindToken, DeskQuestion, DeskSearch
from desks.duty.models import DutyAlarm, DutyCall, DutyNumber, DutyPolicy, DutySpan, DutySwap
from desks.endings.models import CaseDeletionRecord, CaseDeletionWarning
from desks.enquiries.models import Enquiry
from desks.exchange.models import DataExport, ExportedCase, ExportRight, HtcdsExtra
from desks.extracts.models import Extract, NoticeGiven
from desks.facts.models import CaseFacts
from desks.imports.models import CaseImport, ColumnMapping
from desks.inbox.models import CannedAnswer, OriginalAccess, Translation
from desks.interpreters.models import Interpreter, InterpreterBooking
from desks.notifications.models import Notification, NotificationStep
from desks.packages.legal_bases import PackageBasis, PackageConsent, PackageGround
from desks.packages.models import Package, PackageWords, PartnerKey
from desks.placements.models import CheckIn, MissingReport, MissingStep, Placement, PlacementText
from desks.plans.casework import FollowUp, Review, ServiceRow, ServiceStep
from desks.plans.models import Goal, Plan, PlanSignature
from desks.referrals.legal_bases import Consent, LawfulBasis, TransferBasis
from desks.referrals.models import (
    Referral,
    ReferralReminder,
    ReferralWords,
    SharedDocument,
    SharedGroup,
)
from desks.reports.models import Attachment, Escalation, Message, Reading, Report
from desks.retention.models import (
    DeletedReportStats,
    DeletionProposal,
    DeletionRecord,
    DeletionWarning,
    Hold,
    RetentionRule,
)
from desks.screening.models import Screening
from desks.subject_requests.models import SubjectRequest, SubjectRequestStep

__all__ = [
    "AccessDecision",
    "AccessReview",
    "Alert",
    "AlertDesk",
    "Assessment",
    "Assignment",
    "Attachment",
    "BlindToken",
    "CannedAnswer",
    "Case",
    "CaseClock",
    "CaseClosure",
    "CaseDeletionRecord",
    "CaseDeletionWarning",
    "CaseEscalation",
    "CaseFacts",
    "CaseHold",
    "CaseImport",
    "CaseMerge",
    "CasePhase",
    "CheckIn",
    "Closure",
    "ColumnMapping",
    "Consent",
    "DataExport",
    "DeletedReportStats",
    "DeletionProposal",
    "DeletionRecord",
    "DeletionWarning",
    "Desk",
    "DeskQuestion",
    "DeskSearch",
    "DutyAlarm",
    "DutyCall",
    "DutyNumber",
    "DutyPolicy",
    "DutySpan",
    "DutySwap",
    "Enquiry",
    "Escalation",
    "ExportRight",
    "ExportedCase",
    "Extract",
    "FollowUp",
    "Goal",
    "Guardian",
    "Hold",
    "HtcdsExtra",
    "IdentityBlock",
    "Interpreter",
    "InterpreterBooking",
    "LawfulBasis",
    "LinkedReport",
    "Message",
    "MissingReport",
    "MissingStep",
    "MoveRequest",
    "NoticeGiven",
    "Notification",
    "NotificationStep",
    "OpeningHours",
    "OriginalAccess",
    "Package",
    "PackageBasis",
    "PackageConsent",
    "PackageGround",
    "PackageWords",
    "PartnerKey",
    "Placement",
    "PlacementText",
    "Plan",
    "PlanSignature",
    "Reading",
    "Referral",
    "ReferralReminder",
    "ReferralWords",
    "Rehearsal",
    "Relative",
    "Report",
    "RetentionRule",
    "Review",
    "Screening",
    "ServiceRow",
    "ServiceStep",
    "SharedDocument",
    "SharedGroup",
    "StatusDecision",
    "StatusRequest",
    "SubjectRequest",
    "SubjectRequestStep",
    "Task",
    "TimelineEntry",
    "TransferBasis",
    "Translation",
]
