"""Registry of the sections of a case's page. A slice above registers its own in a module of this name.

The page itself shows "now"; every other section has an address of its own below that of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from desks.cases.models import Case
from desks.inbox.sections import Section, add_report_section

if TYPE_CHECKING:
    from django.forms import Form
    from django_stubs_ext import StrOrPromise

    from desks.reports.models import Report
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault


@dataclass(frozen=True)
class CaseReader:
    """Who looks at which case, and with which open vault; None where it is locked."""

    case: Case
    user: User
    vault: UnlockedVault | None

    @property
    def is_locked(self) -> bool:
        """Whether nothing that was written can be read now."""
        return self.vault is None


LoadSection: TypeAlias = "Callable[[CaseReader], object]"


@dataclass(frozen=True)
class CaseSection:
    """A section: its name in the address, its title, its place among the others, and the template that shows it.

    `load` gives the template what it reads as `content`, decrypted before it renders.
    """

    name: str
    title: StrOrPromise
    rank: int
    template: str
    load: LoadSection


@dataclass(frozen=True)
class SectionPart:
    """What a higher slice adds below a section of this one; `template` and `load` as those of a section."""

    section: str
    template: str
    load: LoadSection


CASE_SECTIONS: dict[str, CaseSection] = {}
SECTION_PARTS: list[SectionPart] = []


def add_case_section(section: CaseSection) -> CaseSection:
    """Show a section on the page of every case."""
    CASE_SECTIONS[section.name] = section
    return section


def add_section_part(part: SectionPart) -> SectionPart:
    """Show something below a section of a lower slice."""
    SECTION_PARTS.append(part)
    return part


def load_parts(section: str, reader: CaseReader) -> list[tuple[str, object]]:
    """What was added to a section: the template of each part, and what it reads."""
    return [(part.template, part.load(reader)) for part in SECTION_PARTS if part.section == section]


def sections_in_order() -> list[CaseSection]:
    """All sections, the first first."""
    return sorted(CASE_SECTIONS.values(), key=lambda section: section.rank)


@add_report_section
def cases_of_report(report: Report, bound: Mapping[str, Form]) -> Section:
    """The cases to which a report is linked, and the way to open one. Restricted cases are not named here."""
    cases = Case.objects.filter(desk=report.desk_id, linked_reports__report=report, restricted_group=None).order_by(
        "reference"
    )
    return Section("desks/cases/_report_cases.html", list(cases))
