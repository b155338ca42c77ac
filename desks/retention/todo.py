"""Deletions that are requested or near, and retention rules to approve, for the list of tasks.

Supervisors decide about deletions, so that nobody else is told of them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.retention.periods import NOTICE_PERIOD
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since, waiting_since

if TYPE_CHECKING:
    from victor.todo.models import Item

DESK = "JOIN desks_desk d ON d.id = r.desk_id"
SUPERVISORS = "ARRAY['supervisor:' || d.organisation_id]"
REPORTS_OF_DESK = Watched(
    "desks_desk",
    "SELECT report.* FROM desks_report report WHERE report.desk_id = {row}.id",
    ("organisation_id", "slug"),
)
PROPOSALS_OF_DESK = Watched(
    "desks_desk",
    "SELECT proposal.* FROM desks_deletionproposal proposal JOIN desks_report report ON report.id = proposal.report_id "
    "WHERE report.desk_id = {row}.id",
    ("organisation_id", "slug"),
)
FIRST_DAY = f"(r.erase_on - {NOTICE_PERIOD.days})::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"


def deletion_line(item: Item, number: int) -> Line:
    """A reporter who asks that the report is deleted."""
    title = _("%(reference)s: decide about the deletion") % {"reference": item.facts["reference"]}
    return Line(title, since(item.since), _page_of(item))


def confirmation_line(item: Item, number: int) -> Line:
    """The deletion of a report that tells of danger, proposed by somebody else."""
    title = _("Deletion of %(reference)s: a second person has to confirm") % {"reference": item.facts["reference"]}
    return Line(title, since(item.since), _page_of(item))


def _page_of(item: Item) -> str:
    return reverse("desks:erase", args=[item.facts["desk"], item.facts["reference"]])


def deletion_soon_line(item: Item, number: int) -> Line:
    """Reports whose day of deletion has been announced."""
    title = ngettext("%(count)d report to be deleted soon", "%(count)d reports to be deleted soon", number)
    until = _("first date: %(day)s") % {"day": short_day(item.since + NOTICE_PERIOD)}
    return Line(title % {"count": number}, until, reverse("desks:retention", args=[item.facts["desk"]]))


def rule_line(item: Item, number: int) -> Line:
    """Retention rules that somebody else proposed."""
    title = ngettext("%(count)d rule to approve", "%(count)d rules to approve", number)
    return Line(title % {"count": number}, waiting_since(item.since, number), reverse("desks:retention_rules"))


declare_kind(
    Kind(
        name="desks.deletion",
        table="desks_report",
        describe=deletion_line,
        joins=DESK,
        is_open="r.deletion_asked_at IS NOT NULL",
        audiences=SUPERVISORS,
        subject="'desks.report:' || r.id",
        since="r.deletion_asked_at",
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[REPORTS_OF_DESK],
    )
)
declare_kind(
    Kind(
        name="desks.deletion_to_confirm",
        table="desks_deletionproposal",
        describe=confirmation_line,
        joins="JOIN desks_report p ON p.id = r.report_id JOIN desks_desk d ON d.id = p.desk_id",
        audiences="ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]",
        barred="r.proposed_by_id",
        subject="'desks.report:' || p.id",
        since="r.proposed_at",
        facts={"reference": "p.reference", "desk": "d.slug"},
        watched=[PROPOSALS_OF_DESK],
    )
)
declare_kind(
    Kind(
        name="desks.deletion_soon",
        table="desks_report",
        describe=deletion_soon_line,
        joins=DESK,
        is_open="r.erase_on IS NOT NULL",
        is_announced=True,
        audiences=SUPERVISORS,
        subject="'desks.report:' || r.id",
        topic="'desks.desk:' || d.id",
        since=FIRST_DAY,
        facts={"desk": "d.slug"},
        watched=[REPORTS_OF_DESK],
    )
)
declare_kind(
    Kind(
        name="desks.rule",
        table="desks_retentionrule",
        describe=rule_line,
        is_open="r.approved_at IS NULL AND r.withdrawn_at IS NULL",
        audiences="ARRAY['coordinator']",
        subject="'desks.retentionrule:' || r.id",
        topic="'rules'",
        barred="r.proposed_by_id",
        since="r.proposed_at",
    )
)
