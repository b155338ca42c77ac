"""Invitations that nobody has accepted yet, and proposals to confirm, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from partners.memberships.models import MembershipInvitation, Proposal
from partners.memberships.proposals import can_confirm
from partners.memberships.second_persons import Register
from victor.todo import Task, finds_tasks, waiting_since

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


@finds_tasks(rank=55)
def proposals_to_confirm(user: User) -> Iterator[Task]:
    """Proposals for which the person can be the second coordinator."""
    proposals = Proposal.objects.visible_to(user).open().exclude(proposed_by=user).select_related("proposed_by")
    if not proposals:
        return
    register = Register.load()
    waiting = [proposal for proposal in proposals if can_confirm(proposal, user, register)]
    if waiting:
        title = ngettext("%(count)d proposal to confirm", "%(count)d proposals to confirm", len(waiting))
        oldest = min(proposal.proposed_at for proposal in waiting)
        yield Task(title % {"count": len(waiting)}, waiting_since(oldest), reverse("partners:proposals"))
