"""The one place where tests wait: for something that another thread or process brings about, never for time to pass."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 300  # seconds: five times what the longest of these waits took on a machine with twelve other jobs
PAUSE = 0.02


def wait_until(condition: Callable[[], object], *, seconds: float = LIMIT, pause: float = PAUSE) -> None:
    """Return once the condition is true; fail where it does not become true."""
    if not becomes_true(condition, seconds=seconds, pause=pause):
        raise AssertionError(f"not so within {seconds} seconds: {getattr(condition, '__qualname__', condition)}")


def becomes_true(condition: Callable[[], object], *, seconds: float = LIMIT, pause: float = PAUSE) -> bool:
    """Whether the condition becomes true in time. It is asked at least once, and once more at the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(pause)
    return bool(condition())


def wait_for_moment(moment: float) -> None:
    """Return at a moment of the monotonic clock: for what sends a load evenly, and measures how it is borne."""
    time.sleep(max(0.0, moment - time.monotonic()))
