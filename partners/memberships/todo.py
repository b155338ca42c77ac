"""Invitations that nobody has accepted yet, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from partners.memberships.models import MembershipInvitation
from victor.todo import Task, finds_tasks

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=100)
def open_invitations(user: User) -> Iterator[Task]:
    """Invitations that a person may see and that are still open."""
    offers = MembershipInvitation.objects.visible_to(user).open().select_related("invitation")
    expiries = sorted(offer.invitation.expires_at for offer in offers)
    if expiries:
        count, days = len(expiries), (expiries[0] - timezone.now()).days + 1
        title = ngettext("%(count)d invitation not accepted yet", "%(count)d invitations not accepted yet", count)
        until = ngettext("first expiry: in less than %(days)d day", "first expiry: in less than %(days)d days", days)
        yield Task(title % {"count": count}, until % {"days": days}, reverse("partners:invitations"))
