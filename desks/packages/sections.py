"""What a case's page says of packages: below what others see of the case."""

from __future__ import annotations

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import SectionPart, add_section_part
from desks.cases.states import EntryKind
from desks.packages.presenters import packages_of_case
from desks.packages.states import PackageState

CODE_LISTS[EntryKind.PACKAGE] = PackageState
add_section_part(SectionPart("sharing", "desks/packages/_packages.html", packages_of_case))
