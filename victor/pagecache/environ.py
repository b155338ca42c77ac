"""Whole public pages, answered before Django wakes.

A process keeps the pages it has rendered for visitors without a cookie and without a query. Whatever public pages show
lies in tables that tell of each change when it is committed (`TELLS_OF_CHANGES`); a process that hears of one uses
nothing it rendered before, and a process that has heard nothing for a second, not even that all is quiet, uses nothing
at all. So a change is seen everywhere within one second, and what it replaced never again.
"""

from __future__ import annotations

from typing import Any

MAY_CACHE = "victor.pagecache"  # in the environment of a request: its answer may be kept
COUNTED_AS = "victor.counted"  # there too: what the answer counts as, kept beside it for those who count


def allow_caching(environ: dict[str, Any]) -> None:
    """Allow the answer to this request to be kept: it is the same for everybody who has no cookie."""
    environ[MAY_CACHE] = True
