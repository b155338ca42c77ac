"""What can happen at a desk, one module an aggregate."""

from desks.actions.answers import answer, note, translate
from desks.actions.breaches import acknowledge_arrived, tell_breaches
from desks.actions.conversation import (
    Held,
    Said,
    add_words,
    answer_hand_over,
    answers,
    ask_deletion,
    attach,
    erase_notice,
    open_with,
    set_notice,
)
from desks.actions.desks import (
    admit,
    appoint,
    cut_off_leavers,
    dismiss,
    load_desk,
    open_keys,
    pass_rehearsal,
    relieve,
)
from desks.actions.enquiries import record_enquiry, undo_enquiry
from desks.actions.hand_overs import accept, agree, ask_hand_over, complete, decline, refuse, withdraw
from desks.actions.holds import hold, lift_hold
from desks.actions.inbox import assign, close, conclude, merge, open_report, reopen, triage
from desks.actions.intake import receive_report, send_test_report
from desks.actions.originals import ask_original, grant_original, open_file, open_original
from desks.actions.retention import erase, erase_due, erase_on_request, schedule, schedule_all, warn
from desks.actions.rules import approve_rule, propose_rule, withdraw_rule

__all__ = [
    "Held",
    "Said",
    "accept",
    "acknowledge_arrived",
    "add_words",
    "admit",
    "agree",
    "answer",
    "answer_hand_over",
    "answers",
    "appoint",
    "approve_rule",
    "ask_deletion",
    "ask_hand_over",
    "ask_original",
    "assign",
    "attach",
    "close",
    "complete",
    "conclude",
    "cut_off_leavers",
    "decline",
    "dismiss",
    "erase",
    "erase_due",
    "erase_notice",
    "erase_on_request",
    "grant_original",
    "hold",
    "lift_hold",
    "load_desk",
    "merge",
    "note",
    "open_file",
    "open_keys",
    "open_original",
    "open_report",
    "open_with",
    "pass_rehearsal",
    "propose_rule",
    "receive_report",
    "record_enquiry",
    "refuse",
    "relieve",
    "reopen",
    "schedule",
    "schedule_all",
    "send_test_report",
    "set_notice",
    "tell_breaches",
    "translate",
    "triage",
    "undo_enquiry",
    "warn",
    "withdraw",
    "withdraw_rule",
]
