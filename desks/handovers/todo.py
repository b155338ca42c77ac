"""Reports that another desk offers, or has accepted, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

REPORT = "JOIN desks_report report ON report.id = r.report_id JOIN desks_desk d ON d.id ="


def offered_line(item: Item, number: int) -> Line:
    """A desk offers a report to another, and its reporter agrees."""
    title = _("%(reference)s: another desk offers this report") % {"reference": item.facts["reference"]}
    return Line(title, since(item.since), reverse("desks:inbox", args=[item.facts["desk"]]))


def accepted_line(item: Item, number: int) -> Line:
    """The other desk takes it: the keys can go over."""
    reference = item.facts["reference"]
    title = _("%(reference)s: the other desk accepts, hand it over") % {"reference": reference}
    return Line(title, since(item.since), reverse("desks:inbox_report", args=[item.facts["desk"], reference]))


for kind_name, describe, state, desk in (
    ("desks.offered", offered_line, "sent", "r.to_desk_id"),
    ("desks.accepted", accepted_line, "accepted", "r.from_desk_id"),
):
    declare_kind(
        Kind(
            name=kind_name,
            table="desks_referral",
            describe=describe,
            joins=f"{REPORT} {desk}",
            is_open=f"r.state = '{state}'",
            audiences="ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]",
            subject="'desks.report:' || report.id",
            since="r.moved_at",
            facts={"reference": "report.reference", "desk": "d.slug"},
        )
    )
