"""Shuffles the facts of cases by the clock."""

from __future__ import annotations

from celery import shared_task

from desks.facts.actions import shuffle_facts


@shared_task(name="desks.periodic.shuffle_facts")
def shuffle() -> int:
    """Shuffle the facts of all cases; return how many rows there are."""
    return shuffle_facts()
