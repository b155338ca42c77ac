"""The database refuses to change or delete a value, or a correction, that is approved."""

from __future__ import annotations

import pgtrigger


def keeps_approved(name: str) -> pgtrigger.Trigger:
    """A trigger of a table with a column `state`."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="approved"),
        func="RAISE EXCEPTION 'partners: what is approved is never changed';",
    )


KEEPS_VALUE = keeps_approved("keeps_value")
KEEPS_CORRECTION = keeps_approved("keeps_correction")
