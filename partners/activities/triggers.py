"""The database refuses to delete what was said about an activity that went otherwise than planned."""

from __future__ import annotations

import pgtrigger

KEEPS_DEVIATION = pgtrigger.Trigger(
    name="keeps_deviation",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func="RAISE EXCEPTION 'partners: a deviation is never deleted';",
)
KEEPS_DECISION = pgtrigger.Trigger(
    name="keeps_decision",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__state="approved"),
    func="RAISE EXCEPTION 'partners: an approved deviation is never changed';",
)
