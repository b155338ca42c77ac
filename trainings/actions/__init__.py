"""What can happen to seminars, one module an aggregate."""

from trainings.actions.learning import ask, hand_in, keep_answers, key_of, load_quiz, remind, shuffle
from trainings.actions.registration import (
    accept,
    admit,
    cancel_seminar,
    decline,
    fill,
    leave,
    locked,
    prefer,
    register,
    register_group,
)

__all__ = [
    "accept",
    "admit",
    "ask",
    "cancel_seminar",
    "decline",
    "fill",
    "hand_in",
    "keep_answers",
    "key_of",
    "leave",
    "load_quiz",
    "locked",
    "prefer",
    "register",
    "register_group",
    "remind",
    "shuffle",
]
