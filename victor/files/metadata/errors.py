"""What can go wrong with a copy."""

from __future__ import annotations


class NoCopy(Exception):
    """No copy can be made that certainly has no metadata."""
