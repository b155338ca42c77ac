"""Cases that are deleted soon, for the list of tasks of the supervisors, who alone can stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.cases.todo import CASES_OF_DESK, DESK, SUPERVISORS
from desks.retention.periods import NOTICE_PERIOD
from desks.retention.todo import FIRST_DAY
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, declare_kind

if TYPE_CHECKING:
    from victor.todo.models import Item


def case_deletion_line(item: Item, number: int) -> Line:
    """Cases whose day of deletion has been announced."""
    title = ngettext("%(count)d closed case to be deleted soon", "%(count)d closed cases to be deleted soon", number)
    until = _("first date: %(day)s") % {"day": short_day(item.since + NOTICE_PERIOD)}
    return Line(title % {"count": number}, until, reverse("desks:case_retention", args=[item.facts["desk"]]))


declare_kind(
    Kind(
        name="desks.case_deletion_soon",
        table="desks_case",
        describe=case_deletion_line,
        joins=DESK,
        is_open="r.erase_on IS NOT NULL",
        is_announced=True,
        audiences=SUPERVISORS,
        subject="'desks.case:' || r.id",
        topic="'desks.desk:' || d.id",
        since=FIRST_DAY,
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[CASES_OF_DESK],
    )
)
