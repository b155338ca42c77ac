"""Who may note the reporter's answer to a hand-over: the reporter, or a colleague of the desk that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.desk.rules import works_at
from victor.access import ReceiptHolder, is_about, permit

if TYPE_CHECKING:
    from desks.reports.models import Report
    from victor.accounts.models import User


@rules.predicate
def works_on(user: User, report: Report | None = None) -> bool:
    """Works at the desk of this report; without one: at any."""
    return works_at(user, report.desk if report else None)


rules.add_perm("desks.answer_hand_over", works_on)
permit(ReceiptHolder, "desks.answer_hand_over", is_about)
