"""The tables of victims that the European Union asks for: by status, and sex, age, citizenship, form and body.

They are counted from the facts of cases: exactly for the desk whose cases they are; for all desks from the half-years
that are shown already, so that nobody can subtract one from the other. What is hidden there is hidden here.
Suspects, prosecutions and convictions are counted by state bodies, not by us. The body that registered a victim is the
one that decided; for whom is only presumed to be one, none has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from desks.cases.code_lists import AgeBand, StatusBody
from desks.cases.states import VictimStatus
from desks.facts.indicators import AGE, BODY, CITIZENSHIP, FORM, SEX, STATUS
from desks.facts.states import UNKNOWN, CitizenshipGroup, Sex
from desks.screening.states import Purpose
from victor.files.workbooks import Row, write_csv, write_workbook

if TYPE_CHECKING:
    from desks.facts.ciphertexts import Facts
    from victor.indicators.tables import CountedIndicator

# The number of cases with a status and one other value; None where it is hidden.
Count: TypeAlias = "Callable[[str, str, str], int | None]"
VICTIMS = (VictimStatus.PRESUMED, VictimStatus.IDENTIFIED)
FORMS = {Purpose.SEXUAL, Purpose.LABOUR}
TITLE_LENGTH = 31  # of a sheet
WIDTH = 28


@dataclass(frozen=True)
class EuTable:
    """A table: what its rows are, and for each its name and the numbers by status, the sum last. None is hidden."""

    title: str
    rows: Sequence[tuple[str, Sequence[int | None]]]


def count_facts(facts: Iterable[Facts]) -> Count:
    """How many of these cases there are, for those who know them."""
    cells: Counter[tuple[str, str, str]] = Counter()
    for case in facts:
        for name in (SEX.key, AGE.key, CITIZENSHIP.key, FORM.key, BODY.key):
            cells[case.status, name, getattr(case, name)] += 1
    return lambda status, name, value: cells[status, name, value]


def count_periods(periods: Sequence[CountedIndicator]) -> Count:
    """How many cases there are in periods that are shown already."""

    def count(status: str, name: str, value: str) -> int | None:
        values = {STATUS.key: status, name: value}
        return _sum([period.number(**values) if period.is_visible(**values) else None for period in periods])

    return count


def eu_tables(count: Count, *, in_union: bool) -> list[EuTable]:
    """The tables. Outside the Union, all other countries are one group."""
    groups = {
        SEX: {str(label): [value] for value, label in Sex.choices},
        AGE: _ages(),
        CITIZENSHIP: _citizenships(in_union=in_union),
        FORM: _forms(),
        BODY: {str(label): [value] for value, label in [*StatusBody.choices, ("", BODY.choices[-1][1])]},
    }
    return [
        EuTable(str(breakdown.name), [(label, _row(count, breakdown.key, values)) for label, values in rows.items()])
        for breakdown, rows in groups.items()
    ]


def _ages() -> Mapping[str, list[str]]:
    children = [band.value for band in AgeBand if band not in {AgeBand.ADULT, AgeBand.UNKNOWN}]
    return {
        pgettext("age of a victim", "Child"): children,
        pgettext("age of a victim", "Adult"): [AgeBand.ADULT],
        str(AgeBand.UNKNOWN.label): [AgeBand.UNKNOWN],
    }


def _citizenships(*, in_union: bool) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {str(label): [value] for value, label in CitizenshipGroup.choices}
    if not in_union:
        union, outside = str(CitizenshipGroup.UNION.label), str(CitizenshipGroup.OUTSIDE.label)
        other = groups.pop(union) + groups.pop(outside)
        return {str(CitizenshipGroup.OWN.label): [CitizenshipGroup.OWN.value], _("Another country"): other} | groups
    return groups


def _forms() -> Mapping[str, list[str]]:
    """The three forms of the Union. Each state decides what else belongs to one of them, so the rest stays apart."""
    return {
        str(Purpose.SEXUAL.label): [Purpose.SEXUAL],
        str(Purpose.LABOUR.label): [Purpose.LABOUR],
        str(Purpose.OTHER.label): [form.value for form in Purpose if form not in FORMS],
        str(UNKNOWN[1]): [UNKNOWN[0]],
    }


def _row(count: Count, name: str, values: Sequence[str]) -> list[int | None]:
    numbers = [_sum([count(status, name, value) for value in values]) for status in VICTIMS]
    return [*numbers, _sum(numbers)]


def _sum(numbers: Sequence[int | None]) -> int | None:
    """The sum; nothing where one of them is hidden."""
    shown = [number for number in numbers if number is not None]
    return sum(shown) if len(shown) == len(numbers) else None


def eu_xlsx(tables: Sequence[EuTable], *, place: str, year: int) -> bytes:
    """A workbook with a sheet for each table, and one that says what is counted."""
    about: list[Row] = [[line] for line in (place, str(year), *_notes())]
    sheets = {_("What is counted")[:TITLE_LENGTH]: about}
    for table in tables:
        sheets[table.title[:TITLE_LENGTH]] = [[table.title, *_columns()], *_lines(table)]
    return write_workbook(sheets, column_width=WIDTH)


def eu_csv(tables: Sequence[EuTable], *, place: str, year: int) -> str:
    """All tables in one file."""
    rows: list[Row] = [["", place, str(year)], ["", "", *_columns()]]
    rows += [[table.title, *line] for table in tables for line in _lines(table)]
    return write_csv([*rows, *(["", note] for note in _notes())])


def _lines(table: EuTable) -> list[list[str | float | None]]:
    hidden = _("not shown")
    return [[label, *(hidden if number is None else number for number in numbers)] for label, numbers in table.rows]


def _columns() -> list[str]:
    return [*(str(status.label) for status in VICTIMS), _("total")]


def _notes() -> list[str]:
    return [
        _("Children whose cases were opened in the year, with their status today. One case is one child."),
        _("Victims only. Suspects, prosecutions and convictions are counted by state bodies, not by us."),
        _("The body is the one that decided. For presumed victims none has decided."),
        _("Begging, servitude, crime, marriage, adoption and organs are under other exploitation."),
    ]
