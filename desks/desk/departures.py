"""What the public still sees of an organisation that leaves: its desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from partners.memberships.departures import Step, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def published_desks(organisation: Organisation) -> QuerySet[Desk]:
    """Its desks that are public in any language."""
    return Desk.objects.published().filter(organisation=organisation)


def desks_page(_organisation: Organisation) -> str:
    """The desks, for those who publish them."""
    return reverse("admin:desks_desk_changelist")


declare_step(
    Step(
        name="desks.published",
        rank=10,
        title=_("Desks open to the public"),
        task=_("Withdraw the texts of each desk in every language, so that nobody is sent there."),
        remaining=published_desks,
        place=_("Desks"),
        page=desks_page,
    )
)
