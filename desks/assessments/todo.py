"""Assessments that wait for a supervisor, in the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentState
from desks.cases.querysets import add_decisions
from desks.cases.states import RUNNING_STAGES
from desks.cases.todo import CASE, CASE_RUNS, SUPERVISORS, keeps_readable, watched_rows
from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item


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


declare_kind(
    Kind(
        name="desks.case_assessment",
        table="desks_assessment",
        describe=assessment_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {CASE_RUNS}",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=watched_rows("desks_assessment", "stage"),
        keep_for=keeps_readable(lambda _user: Assessment.objects.all()),
    )
)
