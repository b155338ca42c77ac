"""What can happen to seminars, one module an aggregate."""

from trainings.actions.certificates import correct_name, order_again, order_certificates, revoke, show_name
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
    "correct_name",
    "decline",
    "fill",
    "leave",
    "locked",
    "order_again",
    "order_certificates",
    "prefer",
    "register",
    "register_group",
    "revoke",
    "show_name",
]
