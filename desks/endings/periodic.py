"""What runs by the clock: closed cases are deleted, and their deletion is announced."""

from __future__ import annotations

from celery import shared_task

from desks.endings import actions, deletion_dates


@shared_task(name="desks.periodic.retain_cases")
def retain_cases() -> tuple[int, int, int]:
    """Delete what is due and warn of what is near; return how many were deleted, put off and warned of.

    It is asked every hour and does each thing on its day: what was missed is caught up with.
    """
    deletion_dates.reschedule_cases()
    erased, postponed = actions.erase_due_cases()
    return erased + actions.erase_transferred_cases(), postponed, actions.warn_of_case_deletions()
