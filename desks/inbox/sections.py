"""Registry of parts that later slices add to the inbox and to the page of a report.

A slice above the inbox registers a function in its own `sections.py`. The inbox itself names none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.forms import Form

    from desks.desk.models import Desk
    from desks.reports.models import Report
    from victor.forms.side_by_side import SideForm


@dataclass(frozen=True)
class Section:
    """A part of a page: its template, and what the template reads as `section.content`.

    Where `count` is not 0, the inbox lists it above the reports with a link to `anchor`.
    """

    template: str
    content: object  # whatever the template of that slice reads
    count: int = 0
    label: str = ""
    anchor: str = ""
    form: SideForm | None = None  # where the template has one, so that what is typed there is not lost


ReportSection: TypeAlias = "Callable[[Report, Mapping[str, Form]], Section]"
InboxSection: TypeAlias = "Callable[[Desk], Section]"
REPORT_SECTIONS: list[ReportSection] = []
INBOX_SECTIONS: list[InboxSection] = []


def add_report_section(section: ReportSection) -> ReportSection:
    """Show a section on the page of every report. It is given the forms that were filled in and are shown again."""
    REPORT_SECTIONS.append(section)
    return section


def add_inbox_section(section: InboxSection) -> InboxSection:
    """Show a section in the inbox of every desk."""
    INBOX_SECTIONS.append(section)
    return section
