"""What the pages of targets, values, periods and money show."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from partners.memberships.rules import coordinates, organisations_of
from partners.targets.models import IndicatorTarget, Period
from partners.targets.states import PeriodState
from partners.values import readings
from partners.values.actions import CHECK, ENTER
from partners.values.forms import CorrectionForm, ValueForm
from partners.values.models import ValueCorrection
from partners.values.readings import Reading, figure_of, value_of
from partners.values.states import OPEN_STATES, CorrectionState, ValueState
from victor.access import is_permitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BaseForm

    from partners.directory.models import Organisation
    from partners.grants.models import Grant
    from partners.targets.models import PlannedValue
    from partners.values.models import Figure, HandEnteredValue
    from victor.accounts.models import User


@dataclass(frozen=True)
class ValueRow:
    """What one organisation is to reach in a period, and what it says."""

    planned: PlannedValue
    value: HandEnteredValue | None
    figure: Figure | None
    is_empty: bool
    is_own: bool

    @classmethod
    def of(cls, planned: PlannedValue, reader: User) -> ValueRow:
        """One whose value and corrections are loaded."""
        value = value_of(planned)
        is_own = coordinates(reader) or planned.organisation_id in organisations_of(reader)
        is_empty = value is None or value.state in OPEN_STATES
        return cls(planned, value, figure_of(value) if value else None, is_empty, is_own)


@dataclass(frozen=True)
class TargetRow:
    """An indicator of a grant: planned and reached, and its parts."""

    target: IndicatorTarget
    planned: Decimal | None
    reading: Reading
    ratio: int | None
    state: str
    is_settled: bool
    parts: list[ValueRow]

    @classmethod
    def of(
        cls, target: IndicatorTarget, periods: Sequence[Period], rows: Sequence[PlannedValue], reader: User
    ) -> TargetRow:
        """What is shown of one, from rows that are loaded."""
        is_counted = bool(target.indicator)
        planned = readings.read_planned(target, periods, rows)
        reading = readings.read_counted(target, periods) if is_counted else readings.read_entered(target, periods, rows)
        parts = [] if is_counted else [ValueRow.of(row, reader) for row in rows]
        ratio = round(reading.number * 100 / planned) if reading.number is not None and planned else None
        state, is_settled = _state_of(target, parts)
        return cls(target, planned, reading, ratio, state, is_settled, parts)


def _state_of(target: IndicatorTarget, parts: Sequence[ValueRow]) -> tuple[str, bool]:
    if target.indicator:
        return _("Counted here"), True
    if not parts:
        return _("Not planned"), False
    if any(part.is_empty for part in parts):
        return _("To be filled in"), False
    if any(part.value and part.value.state == ValueState.PROPOSED for part in parts):
        return str(ValueState.PROPOSED.label), False
    return str(ValueState.APPROVED.label), True


@dataclass(frozen=True)
class TargetsPage:
    """The indicators of a grant in one period, or in all; and the values that the reader has to fill in."""

    rows: list[TargetRow]
    period: Period | None
    to_fill: list[PlannedValue]

    @classmethod
    def of(cls, grant: Grant, periods: Sequence[Period], period: Period | None, reader: User) -> TargetsPage:
        """Load what the page shows. Without a period, all of them count."""
        shown = [period] if period else list(periods)
        by_target: dict[int, list[PlannedValue]] = {}
        for planned in readings.planned_values(reader, shown):
            by_target.setdefault(planned.target_id, []).append(planned)
        targets = grant.indicators.all() if shown else []
        rows = [TargetRow.of(target, shown, by_target.get(target.pk, []), reader) for target in targets]
        to_fill = [
            part.planned
            for row in rows
            for part in row.parts
            if part.is_empty and part.is_own and part.planned.period.state == PeriodState.OPEN
        ]
        return cls(rows, period, to_fill)


@dataclass(frozen=True)
class ValuePage:
    """One value: what is planned, what was entered, its corrections, and what its reader can do now."""

    planned: PlannedValue
    value: HandEnteredValue | None
    corrections: list[ValueCorrection]
    forms: dict[str, BaseForm] = field(default_factory=dict)
    can_check: bool = False
    can_check_corrections: bool = False
    opens_evidence: bool = False

    @classmethod
    def of(cls, planned: PlannedValue, reader: User, sent: dict[str, BaseForm] | None = None) -> ValuePage:
        """Load what the page shows. `sent` are forms with what was typed and refused."""
        value = value_of(planned)
        corrections = list(value.corrections.select_related("proposed_by", "decided_by")) if value else []
        checks, enters = is_permitted(reader, CHECK, planned), is_permitted(reader, ENTER, planned)
        forms = _forms_of(planned, value, corrections) if enters else {}
        is_own = value is not None and value.entered_by_id == reader.pk
        return cls(
            planned,
            value,
            corrections,
            forms | (sent or {}),
            can_check=checks and value is not None and value.state == ValueState.PROPOSED and not is_own,
            can_check_corrections=checks,
            opens_evidence=enters and bool(value and value.file),
        )


def _forms_of(
    planned: PlannedValue, value: HandEnteredValue | None, corrections: Sequence[ValueCorrection]
) -> dict[str, BaseForm]:
    if value and value.state == ValueState.APPROVED:
        is_waiting = any(correction.state == CorrectionState.PROPOSED for correction in corrections)
        return {} if is_waiting else {"correction": CorrectionForm(prefix="correction")}
    is_open = planned.period.state == PeriodState.OPEN and (value is None or value.state in OPEN_STATES)
    return {"value": ValueForm(instance=value, prefix="value")} if is_open else {}


@dataclass(frozen=True)
class PeriodRow:
    """A period, which organisations have closed it, and what the reader can do now."""

    period: Period
    organisations: list[tuple[Organisation, bool, bool]]
    left: int
    can_approve: bool

    @classmethod
    def of(cls, period: Period, reader: User) -> PeriodRow:
        """One whose planned values and closings are loaded."""
        closed = {closing.organisation_id for closing in period.closings.all()}
        asked = {
            planned.organisation_id: planned.organisation
            for planned in period.planned.all()
            if planned.organisation and not planned.target.indicator
        }
        own, is_coordinator = set(organisations_of(reader)), coordinates(reader)
        is_open = period.state == PeriodState.OPEN
        rows = [
            (organisation, pk in closed, is_open and pk not in closed and (is_coordinator or pk in own))
            for pk, organisation in sorted(asked.items(), key=lambda item: item[0] or 0)
            if organisation
        ]
        left = sum(not is_closed for _organisation, is_closed, _can in rows)
        can_approve = is_coordinator and not left and period.state != PeriodState.APPROVED
        return cls(period, rows, left, can_approve)


def period_rows(grant: Grant, reader: User) -> list[PeriodRow]:
    """The periods of a grant."""
    periods = grant.periods.prefetch_related("closings", "planned__organisation", "planned__target")
    return [PeriodRow.of(period, reader) for period in periods]
