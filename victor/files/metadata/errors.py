from __future__ import annotations


class NoCopy(Exception):
    """No copy can be made of which one could say that it tells nothing of its maker."""
