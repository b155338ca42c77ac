"""What can happen to seminars, one module an aggregate."""

from trainings.actions.loading import load_course, load_module
from trainings.actions.materials import add_material, remove_material
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
from trainings.actions.seminars import Plan, clone, keep_seminar, numbered, proposed, series

__all__ = [
    "Plan",
    "accept",
    "add_material",
    "admit",
    "cancel_seminar",
    "clone",
    "decline",
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
    "register_group",
    "remove_material",
    "series",
]
