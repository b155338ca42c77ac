"""What an organisation that leaves has signed: agreements that are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.agreements.models import Agreement
from partners.memberships.departures import Step, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def valid_agreements(organisation: Organisation) -> QuerySet[Agreement]:
    """Those in force today to which it is a party."""
    return Agreement.objects.valid().filter(parties__organisation=organisation)


def agreements_page(organisation: Organisation) -> str:
    """The agreements of the organisation."""
    return f"{reverse('partners:agreements')}?party={organisation.pk}"


declare_step(
    Step(
        name="partners.agreements",
        rank=50,
        title=_("Valid agreements"),
        task=_("Terminate each agreement, or renew it without this organisation."),
        remaining=valid_agreements,
        place=_("Agreements"),
        page=agreements_page,
    )
)
