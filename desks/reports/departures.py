"""What people have told the desks of an organisation that leaves, and wait for an answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.reports.models import Report
from desks.reports.states import OPEN_STATES
from partners.memberships.departures import Step, contacts_page, declare_step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def open_reports(organisation: Organisation) -> QuerySet[Report]:
    """Reports at its desks that have no outcome and were not handed over."""
    return Report.objects.filter(desk__organisation=organisation, state__in=sorted(OPEN_STATES))


declare_step(
    Step(
        name="desks.reports",
        rank=20,
        title=_("Open reports at its desks"),
        task=_("The desk gives each report an outcome, or hands it over to another desk. Only the desk can do it."),
        remaining=open_reports,
        place=_("Contacts"),
        page=contacts_page,
    )
)
