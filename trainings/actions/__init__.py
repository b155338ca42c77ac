"""What can happen to seminars, one module an aggregate."""

from trainings.actions.attendance import Share, attended_share, check_in, correct, undo, walk_in
from trainings.actions.registration import (
    accept,
    admit,
    cancel_seminar,
    decline,
    fill,
    leave,
    let_in,
    locked,
    prefer,
    register,
    register_group,
)

__all__ = [
    "Share",
    "accept",
    "admit",
    "attended_share",
    "cancel_seminar",
    "check_in",
    "correct",
    "decline",
    "fill",
    "leave",
    "let_in",
    "locked",
    "prefer",
    "register",
    "register_group",
    "undo",
    "walk_in",
]
