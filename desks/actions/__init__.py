"""What can happen at a desk."""

from desks.actions.desks import (
    admit,
    appoint,
    cut_off_leavers,
    dismiss,
    load_desk,
    open_keys,
    pass_rehearsal,
    relieve,
)

__all__ = [
    "admit",
    "appoint",
    "cut_off_leavers",
    "dismiss",
    "load_desk",
    "open_keys",
    "pass_rehearsal",
    "relieve",
]
