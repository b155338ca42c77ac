"""Assessments that wait for a supervisor, in the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentState
from desks.cases.models import Case
from desks.cases.querysets import add_decisions
from desks.cases.states import RUNNING_STAGES
from desks.cases.todo import CASE, SUPERVISORS
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

RUNNING = "c.stage IN ({})".format(", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES)))
ASSESSMENTS_OF_CASE = Watched(
    "desks_case", "SELECT own.* FROM desks_assessment own WHERE own.case_id = {row}.id", ("stage",)
)
ASSESSMENTS_OF_DESK = Watched(
    "desks_desk",
    "SELECT assessment.* FROM desks_assessment assessment JOIN desks_case c ON c.id = assessment.case_id "
    "WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)


def assessment_line(item: Item, number: int) -> Line:
    """Somebody has signed what another person decides."""
    title = _("%(reference)s: decide about an assessment") % {"reference": item.facts["reference"]}
    page = reverse("desks:case_section", args=[item.facts["desk"], item.facts["reference"], "assessments"])
    return Line(title, since(item.since), page)


@add_decisions
def cases_with_assessment(user: User) -> QuerySet:
    """The cases of which somebody else has signed an assessment that waits for a supervisor."""
    asked = Assessment.objects.filter(state=AssessmentState.ASKED, case__stage__in=sorted(RUNNING_STAGES))
    return asked.exclude(author=user).values("case")


def readable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Those of cases that this person may open."""
    rows = Assessment.objects.filter(pk__in=[int(item.source) for item in items])
    mine = {str(pk) for pk in rows.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


declare_kind(
    Kind(
        name="desks.case_assessment",
        table="desks_assessment",
        describe=assessment_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {RUNNING}",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=[ASSESSMENTS_OF_CASE, ASSESSMENTS_OF_DESK],
        keep_for=readable,
    )
)
