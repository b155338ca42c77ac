"""Questions about agreements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.agreements.states import EVER_SIGNED, OVER, REMINDER_DAYS, AgreementState, Shown
from partners.memberships.rules import coordinates, organisations_of

if TYPE_CHECKING:
    from partners.agreements.models import Agreement
    from partners.agreements.states import Gate
    from victor.accounts.models import User


class AgreementQuerySet(models.QuerySet):
    """Agreements."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators; for other staff those of their organisation, once they are no drafts."""
        if coordinates(user):
            return self.all()
        own = self.filter(parties__organisation__in=organisations_of(user)).distinct()
        return own.exclude(state=AgreementState.DRAFT)

    def valid(self, on: date | None = None) -> Self:
        """Those that are signed and in force on a day, by default today."""
        day = on or timezone.localdate()
        is_open = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(is_open, state=AgreementState.SIGNED, valid_from__lte=day)

    def allowing(self, gate: Gate, *organisations: int) -> Self:
        """Those that allow something, to which all these organisations are parties."""
        agreements = self.filter(gates__contains=[gate])
        for organisation in organisations:
            agreements = agreements.filter(parties__organisation=organisation)
        return agreements

    def ending(self) -> Self:
        """Those in force of whose end somebody has to be told now, or soon."""
        limit = timezone.localdate() + timedelta(days=max(REMINDER_DAYS))
        return self.filter(state=AgreementState.SIGNED, valid_to__lte=limit)

    def past(self) -> Self:
        """Those whose last day is over and that are not ended yet."""
        states = [AgreementState.SIGNED, AgreementState.SUSPENDED]
        return self.filter(state__in=states, valid_to__lt=timezone.localdate())

    def needing_action(self) -> Self:
        """Those that wait for a signature, end soon, or have nobody who is told."""
        no_owner = Q(state=AgreementState.SIGNED) & (Q(owner=None) | Q(owner__is_active=False))
        ending = Q(pk__in=self.ending().values("pk"))
        return self.filter(Q(state__in=[AgreementState.DRAFT, AgreementState.IN_SIGNATURE]) | ending | no_owner)

    def last_signed(self) -> Agreement | None:
        """The one that was in force last, though it is not now."""
        signed = self.filter(state__in=EVER_SIGNED, valid_from__lte=timezone.localdate()).select_related("owner")
        ordered = signed.order_by(F("valid_to").desc(nulls_last=True), "-moved_at")
        return cast("Agreement | None", ordered.first())

    def over(self) -> Self:
        """Those that have ended, or were ended."""
        return self.filter(state__in=OVER)

    def shown_as(self, shown: Shown) -> Self:
        """Those of one part of the list."""
        parts = {Shown.ACTION: self.needing_action, Shown.VALID: self.valid, Shown.ENDED: self.over}
        return parts[shown]()

    def for_listing(self) -> Self:
        """What ends first stands first, with owner and parties loaded."""
        return (
            self.select_related("owner", "renews")
            .prefetch_related("parties__organisation", "countries")
            .order_by(F("valid_to").asc(nulls_last=True), "code")
        )
