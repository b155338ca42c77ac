"""Referrals that run from the desks of an organisation that leaves, or to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desks.referrals.models import Referral
from partners.memberships.departures import Step, contacts_page, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def open_referrals(organisation: Organisation) -> QuerySet[Referral]:
    """Those of cases that are not over. Reports that are handed over are a step of their own."""
    own = Q(from_desk__organisation=organisation) | Q(to_desk__organisation=organisation)
    return Referral.objects.of_cases().open().filter(own)


declare_step(
    Step(
        name="desks.referrals",
        rank=27,
        title=_("Referrals that run, from its desks or to them"),
        task=_("The desks finish each referral, or end it. Only they can do it."),
        remaining=open_referrals,
        place=_("Contacts"),
        page=contacts_page,
    )
)
