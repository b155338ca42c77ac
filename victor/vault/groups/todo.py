"""Requests to recover access to a vault, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from victor.todo.declarations import Kind, Line, Watched, declare_kind

if TYPE_CHECKING:
    from victor.todo.models import Item

SECONDS_AN_HOUR = 3600
# Officers who can act on it: not on their own request, and not on one that they have confirmed.
OFFICERS = """
ARRAY(SELECT 'user:' || officer.user_id FROM vault_officer officer
      WHERE officer.group_id = r.group_id AND officer.user_id <> r.user_id
        AND officer.user_id IS DISTINCT FROM r.first_id ORDER BY 1)
"""


def recovery_line(item: Item, number: int) -> Line:
    """Recovery requests that wait for an officer."""
    title = ngettext("%(count)d vault recovery request", "%(count)d vault recovery requests", number)
    left = (item.due_at - timezone.now()).total_seconds() if item.due_at else 0
    hours = int(left // SECONDS_AN_HOUR) + 1
    until = ngettext(
        "first deadline: in less than %(hours)d hour", "first deadline: in less than %(hours)d hours", hours
    )
    return Line(title % {"count": number}, until % {"hours": hours}, reverse(settings.VAULT_URL))


declare_kind(
    Kind(
        name="vault.recovery",
        table="vault_ceremony",
        describe=recovery_line,
        is_open="r.state IN ('asked', 'confirmed')",
        audiences=OFFICERS,
        subject="'vault.ceremony:' || r.id",
        topic="'recoveries'",
        since="r.asked_at",
        due_at="r.expires_at",
        closes_at="r.expires_at",
        watched=[Watched("vault_officer", "SELECT c.* FROM vault_ceremony c WHERE c.group_id = {row}.group_id")],
    )
)
