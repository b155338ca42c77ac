"""Questions about contact points and invitations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.memberships.rules import coordinates, organisations_of
from partners.memberships.states import CONTACT_VALIDITY

if TYPE_CHECKING:
    from victor.accounts.models import User


ASK_AGAIN = timedelta(days=30)


class ContactPointQuerySet(models.QuerySet):
    """Contact points."""

    def present(self) -> Self:
        """Those who are still the contact. Whose account is closed is hidden at once."""
        return self.filter(left_on=None).exclude(user__is_active=False)

    def visible_to(self, user: User) -> Self:
        """Those who are present for partner staff, none for other people."""
        return self.present() if organisations_of(user) else self.none()

    def of_person(self, user: User) -> Self:
        """The person's own ones."""
        return self.present().filter(user=user).select_related("organisation")

    def to_ask(self) -> Self:
        """Those whose details nobody has confirmed for 90 days, and who were not asked within 30."""
        today = timezone.localdate()
        is_old = Q(confirmed_on=None) | Q(confirmed_on__lt=today - CONTACT_VALIDITY)
        is_unasked = Q(asked_on=None) | Q(asked_on__lt=today - ASK_AGAIN)
        return self.present().filter(is_old, is_unasked).exclude(email="")

    def for_listing(self) -> Self:
        """In the order of countries and organisations."""
        return self.select_related("organisation__country", "deputy").order_by(
            "organisation__country__position", "organisation__position", "position", "name"
        )


class ProposalQuerySet(models.QuerySet):
    """What needs a second coordinator."""

    def open(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(confirmed_at=None, withdrawn_at=None)

    def visible_to(self, user: User) -> Self:
        """All for coordinators, none for other people."""
        return self.all() if coordinates(user) else self.none()

    def for_listing(self) -> Self:
        """The newest first."""
        return self.select_related("proposed_by", "confirmed_by").order_by("-proposed_at", "-pk")


class MembershipInvitationQuerySet(models.QuerySet):
    """Invitations to an organisation."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators, those of their organisation for supervisors, none for other people."""
        if coordinates(user):
            return self.all()
        return self.filter(organisation__in=organisations_of(user, supervising=True))

    def open(self) -> Self:
        """Invitations that can still be accepted."""
        return self.filter(
            invitation__accepted_at=None, invitation__revoked_at=None, invitation__expires_at__gt=timezone.now()
        )

    def for_listing(self) -> Self:
        """The newest first."""
        return self.select_related("invitation__invited_by", "organisation").order_by("-invitation__created_at")
