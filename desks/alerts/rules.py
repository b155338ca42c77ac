"""Who may? Those who work at the desk that sends, and those of a desk that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.desk.rules import works_at

if TYPE_CHECKING:
    from desks.alerts.models import AlertDesk
    from desks.desk.models import Desk
    from victor.accounts.models import User


@rules.predicate
def sends(user: User, desk: Desk | None = None) -> bool:
    """Works at this desk."""
    return bool(works_at(user, desk))


@rules.predicate
def is_told(user: User, delivery: AlertDesk | None = None) -> bool:
    """Works at the desk that was told."""
    return bool(works_at(user, delivery.desk if delivery else None))


@rules.predicate
def has_sent(user: User, delivery: AlertDesk | None = None) -> bool:
    """Works at the desk that has sent the alert to another."""
    return bool(works_at(user, delivery.alert.from_desk if delivery else None))


rules.add_perm("desks.send_alert", sends)
rules.add_perm("desks.read_alert_answers", sends)
rules.add_perm("desks.answer_alert", is_told)
rules.add_perm("desks.raise_alert_alarm", has_sent)
