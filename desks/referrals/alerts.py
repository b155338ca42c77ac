"""Mails about referrals: that something waits, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.desk.querysets import colleagues
from desks.reports import emails as reports_emails
from partners.memberships.states import Role
from victor.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.mail import EmailMultiAlternatives

    from desks.desk.models import Desk


def compose_alerts(desk: Desk) -> dict[int, EmailMultiAlternatives]:
    """Mails to those of the other desk: something waits. Composed before anything is locked."""
    return reports_emails.compose_alerts(people_to_tell(desk))


def compose_supervisor_alerts(desk: Desk) -> dict[int, EmailMultiAlternatives]:
    """The same to the supervisors of a desk."""
    return reports_emails.compose_alerts(supervisors_of(desk))


def people_to_tell(desk: Desk) -> list[User]:
    """Those who receive referrals at a desk; where nobody does, its supervisors."""
    roles = {"memberships__organisation": desk.organisation_id, "is_active": True}
    return list(User.objects.filter(**roles, memberships__intake=True).distinct()) or supervisors_of(desk)


def supervisors_of(desk: Desk) -> list[User]:
    """The supervisors of a desk."""
    return list(colleagues(desk, Role.SUPERVISOR))


def send_alerts(alerts: Mapping[int, EmailMultiAlternatives]) -> None:
    """Queue those mails."""
    for alert in alerts.values():
        alert.send()
