"""Alarms that nobody has taken, calls that fail and duties without a person, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desks.desk.todo import desk_names
from victor.formatting import clock
from victor.todo.declarations import Kind, Line, Watched, declare_button, declare_kind, name_in, since

if TYPE_CHECKING:
    from victor.todo.models import Item

declare_button(gettext_lazy("My duty"), permission="desks.work", route="desks:duty", rank=35)

DESK = "JOIN desks_desk d ON d.id = r.desk_id"
SUPERVISORS = "ARRAY['supervisor:' || d.organisation_id]"
FACTS = {"desk": "d.slug", "title": desk_names("d")}


def alarm_line(item: Item, number: int) -> Line:
    """Danger of which people on duty are called. No reference: the code is what the call said."""
    title = _("Duty %(code)s: nobody has taken it yet") % {"code": item.facts["code"]}
    return Line(title, since(item.since), reverse("desks:alarm", args=[item.facts["desk"], item.facts["alarm"]]))


def failure_line(item: Item, number: int) -> Line:
    """Nobody could be called, so supervisors do it themselves."""
    title = _("Duty calls fail since %(time)s. Telephone the duty person.") % {"time": clock(item.since)}
    desk = name_in(item.facts["title"], item.facts["desk"])
    return Line(title, desk, reverse("desks:alarm", args=[item.facts["desk"], item.facts["alarm"]]))


def vacant_line(item: Item, number: int) -> Line:
    """Duties of somebody who has left."""
    title = ngettext("%(count)d duty without a person", "%(count)d duties without a person", number)
    desk = name_in(item.facts["title"], item.facts["desk"])
    return Line(title % {"count": number}, desk, reverse("desks:rota", args=[item.facts["desk"]]))


def swap_line(item: Item, number: int) -> Line:
    """A colleague offers one of their duties for one of the reader's."""
    url = reverse("desks:rota", args=[item.facts["desk"]])
    return Line(_("A colleague asks to swap a duty"), since(item.since), url)


for kind_name, describe, condition, audiences, begins in (
    (
        "desks.alarm",
        alarm_line,
        "r.state = 'calling'",
        "ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]",
        "r.raised_at",
    ),
    (
        "desks.duty_failure",
        failure_line,
        "r.state = 'calling' AND r.failing_since IS NOT NULL",
        SUPERVISORS,
        "r.failing_since",
    ),
):
    declare_kind(
        Kind(
            name=kind_name,
            table="desks_dutyalarm",
            describe=describe,
            joins=f"{DESK} LEFT JOIN desks_report report ON report.id = r.report_id",
            is_open=f"{condition} AND (r.report_id IS NULL OR report.desk_id = r.desk_id)",
            audiences=audiences,
            subject="'desks.dutyalarm:' || r.id",
            since=begins,
            urgent="TRUE",
            facts=FACTS | {"code": "r.code", "alarm": "r.id"},
            watched=[
                Watched(
                    "desks_report",
                    "SELECT alarm.* FROM desks_dutyalarm alarm WHERE alarm.report_id = {row}.id",
                    ("desk_id",),
                )
            ],
        )
    )
declare_kind(
    Kind(
        name="desks.vacant_duty",
        table="desks_dutyspan",
        describe=vacant_line,
        joins=DESK,
        is_open="r.person_id IS NULL",
        audiences=SUPERVISORS,
        topic="'desks.desk:' || d.id",
        since="COALESCE(r.vacant_since, 'epoch'::timestamptz)",
        closes_at="r.ends_at",
        facts=FACTS,
    )
)
declare_kind(
    Kind(
        name="desks.duty_swap",
        table="desks_dutyswap",
        describe=swap_line,
        joins=DESK,
        is_open="r.state = 'asked'",
        audiences="ARRAY['user:' || r.asked_id]",
        since="r.asked_at",
        closes_at="LEAST(r.given_ends_at, r.wanted_ends_at)",
        facts=FACTS,
    )
)
