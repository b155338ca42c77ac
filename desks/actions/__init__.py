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
from desks.actions.hand_overs import accept, agree, ask_hand_over, complete, decline, refuse, withdraw
from desks.actions.inbox import assign, close, conclude, merge, open_report, reopen, triage
from desks.actions.intake import receive_report
from desks.actions.originals import ask_original, grant_original, open_file, open_original

__all__ = [
    "Held",
    "Said",
    "accept",
    "acknowledge_arrived",
    "add_words",
    "agree",
    "answer",
    "answer_hand_over",
    "answers",
    "ask_deletion",
    "ask_hand_over",
    "ask_original",
    "assign",
    "attach",
    "close",
    "complete",
    "conclude",
    "decline",
    "erase_notice",
    "grant_original",
    "merge",
    "note",
    "open_file",
    "open_original",
    "open_report",
    "open_with",
    "receive_report",
    "refuse",
    "reopen",
    "set_notice",
    "tell_breaches",
    "translate",
    "triage",
    "withdraw",
]
