"""The trigger by which tables of public pages notify of their changes."""

from __future__ import annotations

import pgtrigger

CHANNEL = "public_pages"
NOTIFY_PAGE_CACHE = pgtrigger.Trigger(
    name="tells_of_changes",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL;",
)
