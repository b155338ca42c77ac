"""What the clock does with open actions: once a meeting has begun, they go to the agenda of the following one."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from partners.groups.actions import lock_group
from partners.groups.models import WorkingGroup
from partners.minutes.agendas import carry_open_actions


@shared_task(name="partners.periodic.carry_actions")
def carry_actions() -> int:
    """Look at each group that has actions. Returns how many were put on an agenda."""
    groups = WorkingGroup.objects.filter(actions__isnull=False).order_by("pk").distinct()
    return sum(_carry(group) for group in groups)


@transaction.atomic
def _carry(group: WorkingGroup) -> int:
    return carry_open_actions(lock_group(group))
