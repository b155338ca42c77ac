"""Questions about who is responsible for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.directory.querysets import in_order_of
from partners.memberships.rules import is_partner_staff
from partners.responsibilities.states import VALIDITY, EntryState, Function

if TYPE_CHECKING:
    from partners.directory.models import Country
    from victor.accounts.models import User


class ResponsibilityQuerySet(models.QuerySet):
    """Entries of the directory."""

    def visible_to(self, user: User) -> Self:
        """All of them for partner staff, none for other people."""
        return self.all() if is_partner_staff(user) else self.none()

    def in_force(self) -> Self:
        """What people are shown: what a second person has checked, and what came with the site and waits for it.

        What a person has proposed does not count before it is checked.
        """
        came_with_site = Q(state=EntryState.PROPOSED, key__isnull=False, replaces=None)
        return self.filter(Q(state=EntryState.CHECKED) | came_with_site)

    def for_visitors(self) -> Self:
        """What visitors are shown, in order: checked bodies, in the countries of the partnership.

        The office of the shelters is not among them: who looks for a child there learns nothing here.
        """
        bodies = self.filter(state=EntryState.CHECKED, country__in_partnership=True)
        return bodies.exclude(function=Function.SHELTER_NETWORK).in_order().select_related("country")

    def waiting(self) -> Self:
        """What a person has proposed and nobody has decided."""
        return self.filter(state=EntryState.PROPOSED, key=None)

    def to_notify(self, country: Country) -> Self:
        """Those in force that are told of a child victim in this country."""
        return self.in_force().filter(country=country, notify=True)

    def first_contact(self, country: Country) -> Self:
        """The focal point of a country: one at most."""
        return self.filter(country=country, function=Function.FOCAL_POINT, state=EntryState.CHECKED)

    def outdated(self) -> Self:
        """Those whose check is too old."""
        return self.filter(state=EntryState.CHECKED, checked_on__lt=timezone.localdate() - VALIDITY)

    def for_listing(self) -> Self:
        """By country and function, with the people and the country loaded."""
        return self.in_order().select_related("country", "proposed_by", "checked_by")

    def in_order(self) -> Self:
        """By country, and by what people need first."""
        return self.order_by("country__position", in_order_of("function", Function.values), "pk")
