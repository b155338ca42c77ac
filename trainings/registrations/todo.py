"""Registrations that wait for an answer, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from victor.todo import Task, finds_tasks, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=70)
def registrations_to_review(user: User) -> Iterator[Task]:
    """Applications for a seminar that nobody has answered yet."""
    if not user.has_perm("trainings.manage"):
        return
    applications = Registration.objects.visible_to(user).filter(state=RegistrationState.APPLIED)
    oldest = applications.select_related("seminar").order_by("pk").first()
    if oldest is not None:
        count = applications.count()
        title = ngettext("%(count)d registration to review", "%(count)d registrations to review", count)
        url = reverse("trainings:led", args=[oldest.seminar.slug])
        yield Task(title % {"count": count}, waiting_since(oldest.registered_at), url)
