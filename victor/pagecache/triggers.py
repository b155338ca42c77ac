"""Whole public pages, answered before Django wakes.

A process keeps the pages it has rendered for visitors without a cookie and without a query. Whatever public pages show
lies in tables that tell of each change when it is committed (`TELLS_OF_CHANGES`); a process that hears of one uses
nothing it rendered before, and a process that has heard nothing for a second, not even that all is quiet, uses nothing
at all. So a change is seen everywhere within one second, and what it replaced never again.
"""

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
