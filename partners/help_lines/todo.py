"""Helplines to check, for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.help_lines.models import HelpLine
from victor.todo import Task, finds_tasks

if TYPE_CHECKING:
    from victor.accounts.models import User


@finds_tasks(rank=90)
def lines_to_check(user: User) -> Iterator[Task]:
    """Helplines whose last check is too old."""
    if not user.has_perm("partners.check_help_lines"):
        return
    lines = list(HelpLine.objects.to_check())
    if lines:
        title = ngettext("%(count)d helpline to check", "%(count)d helplines to check", len(lines))
        date = lines[0].checked_on
        detail = _("oldest check: %(date)s") % {"date": date} if date else _("some have never been checked")
        yield Task(title % {"count": len(lines)}, detail, reverse("partners:help_lines"))
