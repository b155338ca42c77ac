"""What the coordinator's board says of helplines: which have to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext, pgettext_lazy

from partners.help_lines.models import HelpLine
from victor.todo.board import Need, shows_need

if TYPE_CHECKING:
    from victor.accounts.models import User


@shows_need("partners.check_help_lines", rank=20)
def lines_need(user: User) -> Need:
    """Those whose last check is too old."""
    number = HelpLine.objects.visible_to(user).to_check().count()
    words = ngettext("%(count)d helpline to check", "%(count)d helplines to check", number)
    return Need(number, words % {"count": number}, pgettext_lazy("helplines", "Check"), reverse("partners:help_lines"))
