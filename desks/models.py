"""What exists: the models of the slices, where Django looks for them."""

from desks.assessments.models import Assessment
from desks.cases.casework import (
    CaseClosure,
    CaseHold,
    CasePhase,
    Guardian,
    IdentityBlock,
    MoveRequest,
    Relative,
    StatusDecision,
    Task,
)
from desks.cases.models import Assignment, Case, CaseClock, CaseEscalation, LinkedReport, TimelineEntry
from desks.desk.models import Closure, Desk, OpeningHours, Rehearsal
from desks.duplicates.models import BlindToken, DeskQuestion, DeskSearch
from desks.duty.models import DutyAlarm, DutyCall, DutyNumber, DutyPolicy, DutySpan, DutySwap
from desks.endings.models import CaseDeletionRecord, CaseDeletionWarning
from desks.enquiries.models import Enquiry
from desks.facts.models import CaseFacts
from desks.handovers.models import HandOver
from desks.inbox.models import CannedAnswer, OriginalAccess, Translation
from desks.notifications.models import Notification, NotificationStep
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

__all__ = [
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
    "CasePhase",
    "Closure",
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
    "Guardian",
    "HandOver",
    "Hold",
    "IdentityBlock",
    "LinkedReport",
    "Message",
    "MoveRequest",
    "Notification",
    "NotificationStep",
    "OpeningHours",
    "OriginalAccess",
    "Reading",
    "Rehearsal",
    "Relative",
    "Report",
    "RetentionRule",
    "Screening",
    "StatusDecision",
    "Task",
    "TimelineEntry",
    "Translation",
]
