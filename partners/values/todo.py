"""Values to fill in and to check, corrections to check, and periods to approve, for the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memberships.second_persons import Register, second_person_fault
from partners.values.actions import CHECKERS
from partners.values.models import HandEnteredValue, ValueCorrection
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

DAY = f"::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
PLANNED = "SELECT p.* FROM partners_plannedvalue p WHERE"
IS_EMPTY = """period.state = 'open' AND target.indicator = '' AND r.organisation_id IS NOT NULL
    AND (entered.id IS NULL OR entered.state IN ('draft', 'returned'))"""
# The owner; without one who can log in, the supervisors of the organisation and the coordinators.
ENTERERS = """CASE WHEN owner.id IS NOT NULL THEN ARRAY['user:' || r.owner_id]
    ELSE ARRAY['coordinator', 'supervisor:' || r.organisation_id] END"""
OF_VALUE = "JOIN partners_plannedvalue planned ON planned.id = {column}"


def missing_line(item: Item, number: int) -> Line:
    """Values of a period that are to be filled in."""
    title = ngettext("%(count)d value of a grant to fill in", "%(count)d values of a grant to fill in", number)
    day = short_day(item.due_at or item.since)
    page = f"{reverse('partners:grant_targets', args=[item.facts['grant']])}?period={item.facts['period']}"
    return Line(title % {"count": number}, _("until %(day)s") % {"day": day}, page)


def check_line(item: Item, number: int) -> Line:
    """Values that wait for a second person."""
    title = ngettext("%(count)d value of a grant to check", "%(count)d values of a grant to check", number)
    return Line(title % {"count": number}, waiting_since(item.since, number), _page(item))


def correction_line(item: Item, number: int) -> Line:
    """Corrections that wait for a second person."""
    title = ngettext("%(count)d correction of a value to check", "%(count)d corrections of values to check", number)
    return Line(title % {"count": number}, waiting_since(item.since, number), _page(item))


def period_line(item: Item, number: int) -> Line:
    """A period that all organisations have closed."""
    title = _("A period of a grant is closed by all organisations")
    return Line(title, since(item.since), reverse("partners:grant_periods", args=[item.facts["grant"]]))


def checkable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The values that this person can check."""
    register = Register.load()
    values = HandEnteredValue.objects.select_related("entered_by").in_bulk([int(item.source) for item in items])
    return [
        item
        for item in items
        if (value := values.get(int(item.source)))
        and second_person_fault(user, asker=value.entered_by, roles=CHECKERS, register=register) is None
    ]


def checkable_corrections(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The corrections that this person can check."""
    register = Register.load()
    rows = ValueCorrection.objects.select_related("proposed_by").in_bulk([int(item.source) for item in items])
    return [
        item
        for item in items
        if (row := rows.get(int(item.source)))
        and second_person_fault(user, asker=row.proposed_by, roles=CHECKERS, register=register) is None
    ]


def _page(item: Item) -> str:
    return reverse("partners:grant_value", args=[item.facts["planned"]])


declare_kind(
    Kind(
        name="partners.value_missing",
        table="partners_plannedvalue",
        describe=missing_line,
        joins="""
JOIN partners_period period ON period.id = r.period_id
JOIN partners_indicatortarget target ON target.id = r.target_id
LEFT JOIN partners_handenteredvalue entered ON entered.planned_id = r.id
LEFT JOIN accounts_user owner ON owner.id = r.owner_id AND owner.is_active
""",
        is_open=IS_EMPTY,
        audiences=ENTERERS,
        subject="'partners.plannedvalue:' || r.id",
        topic="'grant_values:' || r.period_id",
        since=f"(period.last_on + 1){DAY}",
        due_at=f"period.due_on{DAY}",
        facts={"grant": "period.grant_id", "period": "r.period_id"},
        watched=[
            Watched("partners_period", f"{PLANNED} p.period_id = {{row}}.id"),
            Watched("partners_indicatortarget", f"{PLANNED} p.target_id = {{row}}.id", ("indicator",)),
            Watched("partners_handenteredvalue", f"{PLANNED} p.id = {{row}}.planned_id"),
            Watched("accounts_user", f"{PLANNED} p.owner_id = {{row}}.id", ("is_active",)),
        ],
    )
)
declare_kind(
    Kind(
        name="partners.value_check",
        table="partners_handenteredvalue",
        describe=check_line,
        joins=OF_VALUE.format(column="r.planned_id"),
        is_open="r.state = 'proposed'",
        audiences="ARRAY['coordinator', 'supervisor:' || planned.organisation_id]",
        subject="'partners.handenteredvalue:' || r.id",
        topic="'grant_value_checks'",
        barred="r.entered_by_id",
        since="r.entered_at",
        facts={"planned": "r.planned_id"},
        keep_for=checkable,
    )
)
declare_kind(
    Kind(
        name="partners.value_correction",
        table="partners_valuecorrection",
        describe=correction_line,
        joins="JOIN partners_handenteredvalue entered ON entered.id = r.value_id\n"
        + OF_VALUE.format(column="entered.planned_id"),
        is_open="r.state = 'proposed'",
        audiences="ARRAY['coordinator', 'supervisor:' || planned.organisation_id]",
        subject="'partners.handenteredvalue:' || r.value_id",
        topic="'grant_corrections'",
        barred="r.proposed_by_id",
        since="r.proposed_at",
        facts={"planned": "entered.planned_id"},
        keep_for=checkable_corrections,
    )
)
declare_kind(
    Kind(
        name="partners.period_approval",
        table="partners_period",
        describe=period_line,
        is_open="r.state = 'closed'",
        audiences="ARRAY['coordinator']",
        subject="'partners.period:' || r.id",
        since=f"r.last_on{DAY}",
        facts={"grant": "r.grant_id"},
    )
)
