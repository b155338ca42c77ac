"""Desks that are incomplete, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from desks.desk.models import Desk
from desks.desk.publication_checks import missing_for_publication
from victor.todo import Task, finds_tasks

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=60)
def incomplete_desks(user: User) -> Iterator[Task]:
    """Public desks that could not be published today, for those who can complete them."""
    if not (user.has_perm("desks.lead") or user.has_perm("desks.oversee")):
        return
    desks = Desk.objects.visible_to(user).published().with_readiness()
    incomplete = [(desk, needs) for desk in desks if (needs := list(missing_for_publication(desk)))]
    if incomplete:
        title = ngettext("%(count)d desk is incomplete", "%(count)d desks are incomplete", len(incomplete))
        desk, needs = incomplete[0]
        url = reverse("desks:led") if user.has_perm("desks.lead") else reverse("admin:desks_desk_changelist")
        yield Task(title % {"count": len(incomplete)}, f"{desk}: {', '.join(map(str, needs))}", url)
