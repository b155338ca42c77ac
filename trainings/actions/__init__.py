"""What can happen to seminars, one module an aggregate."""

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
    "cancel_seminar",
    "decline",
    "fill",
    "leave",
    "locked",
    "prefer",
    "register",
    "register_group",
]
