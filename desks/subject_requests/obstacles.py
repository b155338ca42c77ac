"""What people ask about a record has to be decided before the case ends; what is kept and not used is not deleted.

A deletion that was granted comes sooner than the rules say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.endings.deletion_dates import grants_deletion
from desks.subject_requests.models import SubjectRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.MERGE, Ending.DELETE, Ending.TRANSFER)
def open_requests(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each request that nobody has decided."""
    for row in SubjectRequest.objects.open().filter(case__in=cases):
        words = _("A request about the record is not decided: %(kind)s") % {"kind": row.get_kind_display()}
        yield row.case_id, Obstacle(words, "rights", f"request-{row.pk}")


@stands_in_the_way(Ending.MERGE, Ending.DELETE)
def blocked_records(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each record that is kept and not used."""
    for case in cases:
        if case.is_blocked:
            yield case.pk, Obstacle(_("The record is kept and not used"), "rights", "rights")


@grants_deletion
def granted_days(cases: Sequence[Case]) -> Mapping[UUID, date]:
    """On which day the deletion of a record was granted in full."""
    rows = SubjectRequest.objects.granting_deletion().filter(case__in=cases).order_by("-decided_on")
    return {pk: day for pk, day in rows.values_list("case", "decided_on") if day}
