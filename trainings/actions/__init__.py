"""What can happen to seminars, one module an aggregate."""

from trainings.actions.attendance import check_in, correct_attendance, undo_attendance, walk_in
from trainings.actions.certificates import correct_name, order_again, order_certificates, revoke, show_name
from trainings.actions.learning import ask, hand_in, keep_answers, key_of, load_quiz, remind, shuffle
from trainings.actions.loading import load_course, load_module
from trainings.actions.mailings import (
    discard_mailing,
    release_mailing,
    remind_of,
    retry_mailing,
    send_wave,
    stop_mailing,
    write_mailing,
)
from trainings.actions.materials import add_material, remove_material
from trainings.actions.participants import correct, sign_up, sign_up_group, tell_needs
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
    register_all,
    register_group,
)
from trainings.actions.retention import erase_needs, erase_registrations
from trainings.actions.seminars import Plan, clone, keep_seminar, numbered, proposed, series

__all__ = [
    "Plan",
    "accept",
    "add_material",
    "admit",
    "ask",
    "cancel_seminar",
    "check_in",
    "clone",
    "correct",
    "correct_attendance",
    "correct_name",
    "decline",
    "discard_mailing",
    "erase_needs",
    "erase_registrations",
    "fill",
    "hand_in",
    "keep_answers",
    "keep_seminar",
    "key_of",
    "leave",
    "let_in",
    "load_course",
    "load_module",
    "load_quiz",
    "locked",
    "numbered",
    "order_again",
    "order_certificates",
    "prefer",
    "proposed",
    "register",
    "register_all",
    "register_group",
    "release_mailing",
    "remind",
    "remind_of",
    "remove_material",
    "retry_mailing",
    "revoke",
    "send_wave",
    "series",
    "show_name",
    "shuffle",
    "sign_up",
    "sign_up_group",
    "stop_mailing",
    "tell_needs",
    "undo_attendance",
    "walk_in",
    "write_mailing",
]
