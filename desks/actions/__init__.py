"""What can happen at the desks."""

from desks.actions.answers import answer, note, translate
from desks.actions.breaches import acknowledge_arrived, tell_breaches
from desks.actions.hand_overs import accept, agree, ask_hand_over, complete, decline, refuse, withdraw
from desks.actions.inbox import assign, close, conclude, merge, open_report, reopen, triage
from desks.actions.originals import ask_original, grant_original, open_file, open_original

__all__ = [
    "accept",
    "acknowledge_arrived",
    "agree",
    "answer",
    "ask_hand_over",
    "ask_original",
    "assign",
    "close",
    "complete",
    "conclude",
    "decline",
    "grant_original",
    "merge",
    "note",
    "open_file",
    "open_original",
    "open_report",
    "refuse",
    "reopen",
    "tell_breaches",
    "translate",
    "triage",
    "withdraw",
]
