"""What is on its way to or from the desks of an organisation that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desks.referrals.models import Referral
from partners.memberships.departures import Step, contacts_page, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def open_hand_overs(organisation: Organisation) -> QuerySet[Referral]:
    """Hand-overs from its desks, or to them, that are not over."""
    own = Q(from_desk__organisation=organisation) | Q(to_desk__organisation=organisation)
    return Referral.objects.of_reports().open().filter(own)


declare_step(
    Step(
        name="desks.hand_overs",
        rank=25,
        title=_("Reports being handed over, from its desks or to them"),
        task=_("The desks finish each hand-over, or withdraw it. Only they can do it."),
        remaining=open_hand_overs,
        place=_("Contacts"),
        page=contacts_page,
    )
)
