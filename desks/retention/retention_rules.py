"""How long reports and cases are stored: one coordinator proposes a rule, another approves it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.retention.models import RetentionRule
from partners.directory.models import Country
from partners.memberships.errors import NotSecondPerson
from partners.memberships.second_persons import COORDINATOR, require_second_person
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record


@transaction.atomic
def propose_rule(*, country: Country | None, outcome: str, days: int, starts: date, by: User) -> RetentionRule:
    """Propose for how many days what has an outcome is kept, in a country or everywhere."""
    require(by, "desks.oversee")
    rule = RetentionRule.objects.create(country=country, outcome=outcome, days=days, starts=starts, proposed_by=by)
    record("retention_rule.proposed", rule, by=by, outcome=outcome, days=days, starts=starts.isoformat())
    return rule


@transaction.atomic
def approve_rule(rule: RetentionRule, *, by: User) -> RetentionRule:
    """Approve a rule from its day on. A deletion that it brings forward is announced thirty days before.

    Raises:
        NotIndependent: `by` proposed it, is not independent of whoever did, or is too new.
        DeskMoveNotPossible: it was approved or withdrawn.
    """
    rule = _lock_proposal(rule, by=by)
    try:
        require_second_person(by, asker=rule.proposed_by, roles=COORDINATOR)
    except NotSecondPerson as refusal:
        raise NotIndependent(refusal) from refusal
    rule.approved_by, rule.approved_at = by, timezone.now()
    rule.starts = max(rule.starts, timezone.localdate())
    rule.save(update_fields=["approved_by", "approved_at", "starts"])
    record("retention_rule.approved", rule, by=by, starts=rule.starts.isoformat())
    return rule


@transaction.atomic
def withdraw_rule(rule: RetentionRule, *, by: User) -> RetentionRule:
    """Withdraw a proposal.

    Raises:
        DeskMoveNotPossible: it was approved or withdrawn.
    """
    rule = _lock_proposal(rule, by=by)
    rule.withdrawn_at = timezone.now()
    rule.save(update_fields=["withdrawn_at"])
    record("retention_rule.withdrawn", rule, by=by)
    return rule


def _lock_proposal(rule: RetentionRule, *, by: User) -> RetentionRule:
    require(by, "desks.oversee")
    rule = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    if rule.approved_at or rule.withdrawn_at:
        raise DeskMoveNotPossible
    return rule
