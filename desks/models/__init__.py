from desks.models.desk import Closure, Desk, OpeningHours, Rehearsal
from desks.models.enquiry import Enquiry
from desks.models.report import Attachment, Message, Report
from desks.models.retention import Hold, RetentionRule, Tally, Tombstone, Warned

__all__ = [
    "Attachment",
    "Closure",
    "Desk",
    "Enquiry",
    "Hold",
    "Message",
    "OpeningHours",
    "Rehearsal",
    "Report",
    "RetentionRule",
    "Tally",
    "Tombstone",
    "Warned",
]
