"""Desks with people who hold their keys, and test reports that were answered in time."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.utils import timezone

from desks.desk import actions as desk_actions
from desks.desk.models import Desk
from desks.reports import actions as reports_actions
from desks.reports.models import Report
from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import person
from tests.vault.people import open_vault
from victor.access import System
from victor.accounts.models import User
from victor.publishing.actions import publish
from victor.vault.keys.keyring import UnlockedVault, save_stamped
from victor.vault.records.actions import create_record

US = System("test")


def load_desk(slug: str = "greece") -> Desk:
    """A desk that the project brings along."""
    if not Desk.objects.exists():
        call_command("load_partnership", verbosity=0)
        call_command("load_desks", verbosity=0)
    return Desk.objects.get(slug=slug)


def make_colleague(desk: Desk, role: Role = Role.WORKER) -> UnlockedVault:
    """Somebody who works there and has a vault."""
    return open_vault(person(role, desk.organisation))


def staff_desk(desk: Desk) -> tuple[UnlockedVault, UnlockedVault]:
    """Two supervisors who hold the keys of the desk and are its officers."""
    anna, ben = make_colleague(desk, Role.SUPERVISOR), make_colleague(desk, Role.SUPERVISOR)
    desk_actions.create_desk_keys(desk, by=anna.person)
    desk.refresh_from_db(fields=["group", "group_stamp"])
    return anna, ben


def make_rehearsal(desk: Desk, **given: Any) -> Report:
    """A test report that was triaged and answered at once, unless something else is said."""
    now = timezone.now()
    facts = {"received_at": now, "triaged_at": now, "answered_at": now, "is_test": True, "language": "el"} | given
    key = create_record(desk.group, by=US)
    report = Report(desk=desk, key=key, country=desk.country, reference=str(key.pk)[:12], **facts)
    save_stamped(report)
    return report


def make_publishable(desk: Desk) -> User:
    """Everything that a desk needs before it is public; returns one who leads it."""
    anna, _ben = staff_desk(desk)
    reports_actions.pass_rehearsal(make_rehearsal(desk), by=anna.person)
    make_agreement(desk.organisation, owner=anna.person)
    return anna.person


def public_desk(slug: str = "greece") -> Desk:
    """A desk that was made public in every language in which it is approved, as an editor would."""
    desk = load_desk(slug)
    make_publishable(desk)
    for version in desk.versions.order_by("-language"):
        publish(version, by=US)
    desk.refresh_from_db()
    return desk
