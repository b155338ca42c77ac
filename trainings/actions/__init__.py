"""What can happen to seminars, one module an aggregate."""

from trainings.actions.mailings import (
    discard_mailing,
    release_mailing,
    remind_of,
    retry_mailing,
    send_wave,
    stop_mailing,
    write_mailing,
)
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
    "discard_mailing",
    "fill",
    "leave",
    "locked",
    "prefer",
    "register",
    "register_group",
    "release_mailing",
    "remind_of",
    "retry_mailing",
    "send_wave",
    "stop_mailing",
    "write_mailing",
]
