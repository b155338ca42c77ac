"""The interpreters of a case, on the section with its people."""

from __future__ import annotations

from desks.cases.case_page import CODE_LISTS
from desks.cases.sections import SectionPart, add_section_part
from desks.cases.states import EntryKind
from desks.interpreters.presenters import interpreters_of_case
from desks.interpreters.states import InterpreterEvent

CODE_LISTS[EntryKind.INTERPRETER] = InterpreterEvent
add_section_part(SectionPart("people", "desks/interpreters/_interpreters.html", interpreters_of_case))
