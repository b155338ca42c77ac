from desks.models.desk import Closure, Desk, OpeningHours, Rehearsal
from desks.models.report import Attachment, Message, Report

__all__ = ["Attachment", "Closure", "Desk", "Message", "OpeningHours", "Rehearsal", "Report"]
