"""What can happen to seminars, one module an aggregate."""

from trainings.actions.participants import correct, sign_up, sign_up_group
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
    register_all,
    register_group,
)
from trainings.actions.retention import erase_needs, erase_registrations

__all__ = [
    "accept",
    "admit",
    "cancel_seminar",
    "correct",
    "decline",
    "erase_needs",
    "erase_registrations",
    "fill",
    "leave",
    "locked",
    "prefer",
    "register",
    "register_all",
    "register_group",
    "sign_up",
    "sign_up_group",
]
