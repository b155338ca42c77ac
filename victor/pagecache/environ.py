"""Marks in the WSGI environment, by which a view tells the page cache and the counter of readers about its answer."""

from __future__ import annotations

from wsgiref.types import WSGIEnvironment

MAY_CACHE = "victor.pagecache"  # the answer may be stored
COUNTED_AS = "victor.counted"  # the use that the answer counts as; it is stored with the answer


def allow_caching(environ: WSGIEnvironment) -> None:
    """Declare that the answer to this request is the same for everybody without a cookie, so it may be stored."""
    environ[MAY_CACHE] = True
