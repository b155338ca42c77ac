"""What is refused about money totals. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class PeriodLocked(AccountRefusal):
    """The period is approved."""

    text = gettext_lazy("The period is approved. Its totals do not change any more.")
