"""Desks with people who hold their keys, and test reports that were answered in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from desks import actions
from desks.models import Desk, Report
from partners.states import Role
from tests.people import person
from tests.vault.people import opened
from victor.access import System
from victor.accounts.models import User
from victor.publishing.actions import publish
from victor.vault.actions import new_record
from victor.vault.keys import Opened

US = System("test")


def loaded(slug: str = "greece") -> Desk:
    """A desk that the project brings along."""
    if not Desk.objects.exists():
        call_command("load_partnership", verbosity=0)
        call_command("load_desks", verbosity=0)
    return Desk.objects.get(slug=slug)


def colleague(desk: Desk, role: Role = Role.WORKER) -> Opened:
    """Somebody who works there and has a vault."""
    return opened(person(role, desk.organisation))


def manned(desk: Desk) -> tuple[Opened, Opened]:
    """Two supervisors who hold the keys of the desk and are its officers."""
    anna, ben = colleague(desk, Role.SUPERVISOR), colleague(desk, Role.SUPERVISOR)
    desk.group = actions.open_keys(desk, by=anna.person).group
    return anna, ben


def rehearsal_of(desk: Desk, **given: Any) -> Report:
    """A test report that was triaged and answered at once, unless something else is said."""
    now = timezone.now()
    facts = {"received_at": now, "triaged_at": now, "answered_at": now, "is_test": True, "language": "el"} | given
    key = new_record(desk.group, by=US)
    return Report.objects.create(desk=desk, key=key, country=desk.country, reference=str(key.pk)[:12], **facts)


def ready(desk: Desk) -> User:
    """Everything that a desk needs before it is public; returns one who leads it."""
    anna, _ben = manned(desk)
    actions.pass_rehearsal(rehearsal_of(desk), by=anna.person)
    desk.agreement_signed_on = timezone.localdate() - timedelta(days=1)
    desk.save()
    return anna.person


def public_desk(slug: str = "greece") -> Desk:
    """A desk that was made public in every language in which it is approved, as an editor would."""
    desk = loaded(slug)
    ready(desk)
    for version in desk.versions.order_by("-language"):
        publish(version, by=US)
    desk.refresh_from_db()
    return desk
