"""What can happen at a desk, one module an aggregate."""

from desks.actions.conversation import (
    Held,
    Said,
    add_words,
    answers,
    ask_deletion,
    attach,
    erase_notice,
    open_with,
    set_notice,
)
from desks.actions.intake import receive_report

__all__ = [
    "Held",
    "Said",
    "add_words",
    "answers",
    "ask_deletion",
    "attach",
    "erase_notice",
    "open_with",
    "receive_report",
    "set_notice",
]
