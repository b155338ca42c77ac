"""What can happen to seminars, one module an aggregate."""

from trainings.actions.loading import load_course, load_module
from trainings.actions.materials import add_material, remove_material
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
from trainings.actions.seminars import Plan, clone, keep_seminar, numbered, proposed, series

__all__ = [
    "Plan",
    "accept",
    "add_material",
    "admit",
    "cancel_seminar",
    "clone",
    "correct",
    "decline",
    "erase_needs",
    "erase_registrations",
    "fill",
    "keep_seminar",
    "leave",
    "load_course",
    "load_module",
    "locked",
    "numbered",
    "prefer",
    "proposed",
    "register",
    "register_all",
    "register_group",
    "remove_material",
    "series",
    "sign_up",
    "sign_up_group",
]
