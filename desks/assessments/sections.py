"""The section of a case's page with its assessments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.assessments.presenters import assessments_of_case
from desks.assessments.states import AssessmentKind
from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind

CODE_LISTS[EntryKind.ASSESSMENT] = AssessmentKind
add_case_section(
    CaseSection("assessments", _("Assessments"), 40, "desks/assessments/_assessments.html", assessments_of_case)
)
