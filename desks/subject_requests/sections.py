"""The section of a case's page with what people ask about the record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind
from desks.extracts.extract_parts import ExtractPart, add_extract_part
from desks.extracts.states import FAMILIAR
from desks.subject_requests.presenters import requests_of_case
from desks.subject_requests.readings import read_log
from desks.subject_requests.states import RightStep

CODE_LISTS[EntryKind.RIGHTS] = RightStep
add_case_section(
    CaseSection("rights", _("Requests about the record"), 76, "desks/subject_requests/_requests.html", requests_of_case)
)
add_extract_part(ExtractPart("readings", _("Who has read or received the record"), FAMILIAR, read_log))
