"""What can happen at the desks."""

from desks.actions.enquiries import record_enquiry, undo_enquiry
from desks.actions.holds import hold, lift_hold
from desks.actions.retention import erase, erase_due, erase_on_request, schedule, schedule_all, warn
from desks.actions.rules import approve_rule, propose_rule, withdraw_rule

__all__ = [
    "approve_rule",
    "erase",
    "erase_due",
    "erase_on_request",
    "hold",
    "lift_hold",
    "propose_rule",
    "record_enquiry",
    "schedule",
    "schedule_all",
    "undo_enquiry",
    "warn",
    "withdraw_rule",
]
