"""The section of a case's page with the place where the child lives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind
from desks.placements.presenters import places_of_case
from desks.placements.states import CheckInState, MissingState, PlaceKind

CODE_LISTS[EntryKind.PLACEMENT] = PlaceKind
CODE_LISTS[EntryKind.CHECK_IN] = CheckInState
CODE_LISTS[EntryKind.MISSING] = MissingState
add_case_section(CaseSection("places", _("Place to live"), 50, "desks/placements/_places.html", places_of_case))
