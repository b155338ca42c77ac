"""The database refuses to change or delete a version that was submitted."""

from __future__ import annotations

import pgtrigger

KEEPS_SUBMITTED = pgtrigger.Trigger(
    name="keeps_submitted",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__submitted_on__isnull=False),
    func="RAISE EXCEPTION 'partners: a submitted version is never changed';",
)
