"""Audiences of people by their roles; invitations that nobody has accepted yet, and proposals to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from partners.memberships.models import Proposal
from partners.memberships.proposals import can_confirm
from partners.memberships.rules import coordinates, memberships_of
from partners.memberships.second_persons import Register
from victor.todo.declarations import (
    Kind,
    Line,
    Watched,
    declare_button,
    declare_kind,
    names_audiences,
    waiting_since,
)

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

declare_button(gettext_lazy("Invite a person"), permission="partners.invite", route="partners:invite", rank=40)


@names_audiences
def roles_of(user: User) -> Iterator[str]:
    """A role anywhere, a role in an organisation, the languages of a translator, and who receives referrals."""
    if coordinates(user):
        yield "coordinator"
    for membership in memberships_of(user):
        yield membership.role
        yield f"{membership.role}:{membership.organisation_id}"
        yield from (f"{membership.role}:{language}" for language in membership.languages)
        if membership.intake:
            yield f"intake:{membership.organisation_id}"


def invitation_line(item: Item, number: int) -> Line:
    """Invitations that are still open."""
    days = (item.due_at - timezone.now()).days + 1 if item.due_at else 0
    title = ngettext("%(count)d invitation not accepted yet", "%(count)d invitations not accepted yet", number)
    until = ngettext("first expiry: in less than %(days)d day", "first expiry: in less than %(days)d days", days)
    return Line(title % {"count": number}, until % {"days": days}, reverse("partners:invitations"))


def proposal_line(item: Item, number: int) -> Line:
    """Proposals for which the reader can be the second coordinator."""
    title = ngettext("%(count)d proposal to confirm", "%(count)d proposals to confirm", number)
    return Line(title % {"count": number}, waiting_since(item.since, number), reverse("partners:proposals"))


def confirmable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The proposals that this person can confirm: who is independent of whoever proposes is seen by no audience."""
    register = Register.load()
    proposals = Proposal.objects.select_related("proposed_by").in_bulk([int(item.source) for item in items])
    can = {pk for pk, proposal in proposals.items() if can_confirm(proposal, user, register)}
    return [item for item in items if int(item.source) in can]


declare_kind(
    Kind(
        name="partners.invitation",
        table="partners_membershipinvitation",
        describe=invitation_line,
        joins="JOIN accounts_invitation i ON i.id = r.invitation_id",
        is_open="i.accepted_at IS NULL AND i.revoked_at IS NULL",
        audiences="ARRAY['coordinator', 'supervisor:' || r.organisation_id]",
        subject="'accounts.invitation:' || i.id",
        topic="'invitations'",
        since="i.created_at",
        due_at="i.expires_at",
        closes_at="i.expires_at",
        watched=[
            Watched(
                "accounts_invitation",
                "SELECT m.* FROM partners_membershipinvitation m WHERE m.invitation_id = {row}.id",
            )
        ],
    )
)
declare_kind(
    Kind(
        name="partners.proposal",
        table="partners_proposal",
        describe=proposal_line,
        is_open="r.confirmed_at IS NULL AND r.withdrawn_at IS NULL",
        audiences="ARRAY['coordinator']",
        topic="'proposals'",
        barred="r.proposed_by_id",
        since="r.proposed_at",
        keep_for=confirmable,
    )
)
