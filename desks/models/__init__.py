from desks.models.breach import Breach
from desks.models.canned import CannedAnswer
from desks.models.desk import Closure, Desk, OpeningHours, Rehearsal
from desks.models.enquiry import Enquiry
from desks.models.hand_over import HandOver
from desks.models.report import Attachment, Message, Report
from desks.models.retention import Hold, RetentionRule, Tally, Tombstone, Warned
from desks.models.thread import OriginalAccess, Translation

__all__ = [
    "Attachment",
    "Breach",
    "CannedAnswer",
    "Closure",
    "Desk",
    "Enquiry",
    "HandOver",
    "Hold",
    "Message",
    "OpeningHours",
    "OriginalAccess",
    "Rehearsal",
    "Report",
    "RetentionRule",
    "Tally",
    "Tombstone",
    "Translation",
    "Warned",
]
