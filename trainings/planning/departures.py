"""What an organisation that leaves still hosts: seminars that are not over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.memberships.departures import Step, declare_step
from trainings.seminars.models import Seminar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def seminars_to_come(organisation: Organisation) -> QuerySet[Seminar]:
    """Its seminars that were not cancelled and are not over; one without sessions is still to come."""
    is_not_over = Q(ends=None) | Q(ends__gt=timezone.now())
    return Seminar.objects.filter(is_not_over, organisation=organisation, cancelled=False)


def seminars_page(_organisation: Organisation) -> str:
    """The seminars, for those who plan them."""
    return reverse("trainings:my_seminars")


declare_step(
    Step(
        name="trainings.seminars",
        rank=70,
        title=_("Seminars that are not over"),
        task=_("Name another host, cancel each seminar, or wait until it is over."),
        remaining=seminars_to_come,
        place=_("Seminars"),
        page=seminars_page,
    )
)
