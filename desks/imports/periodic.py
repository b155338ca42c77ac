"""What runs by the clock: a file that nobody has confirmed goes after a day."""

from __future__ import annotations

from celery import shared_task

from desks.imports import actions


@shared_task(name="desks.periodic.erase_imports")
def erase_imports() -> int:
    """Delete the files whose day has passed; return how many that were."""
    return actions.erase_expired()
