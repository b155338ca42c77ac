"""Who may? Colleagues of a desk take alarms and duties; supervisors plan; a gateway answers for its own calls only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.desk.rules import works_at
from victor.access import Outsider, ReceiptHolder, Reporter, is_about, permit

if TYPE_CHECKING:
    from desks.duty.models import DutyNumber, DutySwap
    from desks.reports.models import Report
    from victor.accounts.models import User


class DutyGateway(Outsider):
    """The gateway that calls people, in an answer that it has signed: about the one call that the answer names."""

    stored_name = "duty_gateway"


@rules.predicate
def works_on(user: User, report: Report | None = None) -> bool:
    """Works at the desk of this report; without one: at any."""
    return works_at(user, report.desk if report else None)


@rules.predicate
def owns_number(user: User, number: DutyNumber | None = None) -> bool:
    """Works at a desk, and the number is their own."""
    return works_at(user) and (number is None or number.person_id == user.pk)


@rules.predicate
def is_asked(user: User, swap: DutySwap | None = None) -> bool:
    """Works at a desk, and the swap is offered to them."""
    return works_at(user) and (swap is None or swap.asked_id == user.pk)


@rules.predicate
def asks(user: User, swap: DutySwap | None = None) -> bool:
    """Works at a desk, and has asked for the swap."""
    return works_at(user) and (swap is None or swap.asked_by_id == user.pk)


def tells_danger(_by: Reporter, report: Report | None) -> bool:
    """Whether somebody says in this report that there is danger now."""
    return report is not None and report.tells_danger


rules.add_perm("desks.raise_alarm", works_on)
rules.add_perm("desks.answer_swap", is_asked)
rules.add_perm("desks.withdraw_swap", asks)
rules.add_perm("desks.set_duty_number", owns_number)
permit(Reporter, "desks.raise_alarm", tells_danger)
permit(ReceiptHolder, "desks.raise_alarm", is_about)
permit(DutyGateway, "desks.note_call", is_about)
