"""Helplines to check, for the list of tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.help_lines.models import HelpLine
from partners.help_lines.querysets import DAYS_UNTIL_CHECK
from victor.todo.declarations import Kind, Line, declare_kind

if TYPE_CHECKING:
    from victor.todo.models import Item

STALE_FROM = f"""
CASE WHEN r.last_checked IS NULL THEN 'epoch'::timestamptz
     ELSE (r.last_checked + {DAYS_UNTIL_CHECK + 1})::timestamp AT TIME ZONE '{settings.TIME_ZONE}' END
"""


def line_to_check(item: Item, number: int) -> Line:
    """Lines whose last check is too old."""
    title = ngettext("%(count)d helpline to check", "%(count)d helplines to check", number)
    checked = date.fromisoformat(item.facts["checked"]) if item.facts["checked"] else None
    day = HelpLine(last_checked=checked, check_precision=item.facts["precision"]).checked_on
    detail = _("oldest check: %(date)s") % {"date": day} if day else _("some have never been checked")
    return Line(title % {"count": number}, detail, reverse("partners:help_lines"))


declare_kind(
    Kind(
        name="partners.line",
        table="partners_helpline",
        describe=line_to_check,
        audiences="ARRAY['coordinator']",
        subject="'partners.helpline:' || r.id",
        topic="'lines'",
        since=STALE_FROM,
        facts={"checked": "r.last_checked::text", "precision": "r.check_precision"},
    )
)
