"""The section of a case's page with its extracts and the notices of privacy."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind
from desks.extracts.presenters import extracts_of_case
from desks.extracts.states import Audience, Receiver

CODE_LISTS[EntryKind.EXTRACT] = Receiver
CODE_LISTS[EntryKind.NOTICE] = Audience
add_case_section(
    CaseSection("extracts", _("Extracts and privacy"), 75, "desks/extracts/_extracts.html", extracts_of_case)
)
