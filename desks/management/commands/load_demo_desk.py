from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from desks import actions
from desks.models import Desk
from desks.states import Move, Risk
from partners.states import Role
from victor.access import System
from victor.accounts import demo
from victor.accounts.models import User
from victor.publishing.actions import publish
from victor.publishing.models import SOURCE
from victor.vault.actions import set_up
from victor.vault.keys import Opened

DESK = "greece"
ANSWER = "Ευχαριστούμε για τη δοκιμή. Το λάβαμε, το διαβάσαμε και σας απαντάμε."


class Command(BaseCommand):
    help = "Open the demo's Greek desk in the way that every desk goes; its agreement is invented. For a demo only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.refuse_outside_demo()
            desk = Desk.objects.get(slug=DESK)
            if desk.group_id is None:
                leader, worker = _vault(Role.SUPERVISOR), _vault(Role.WORKER)
                desk = _with_keys(desk, leader, worker)
                with translation.override(leader.person.language):
                    _rehearse(desk, leader, worker)
                _publish(desk)
        except (demo.NotADemo, Desk.DoesNotExist, User.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason


def _vault(role: Role) -> Opened:
    """The vault of a demo account, with the passphrase that is printed."""
    user = User.objects.get(email=f"{role}@{demo.DOMAIN}")
    return set_up(user, demo.passphrase_of(user.email))


def _with_keys(desk: Desk, leader: Opened, worker: Opened) -> Desk:
    desk = actions.open_keys(desk, by=leader.person)
    actions.appoint(desk, worker.person, by=leader)
    return desk


def _rehearse(desk: Desk, leader: Opened, worker: Opened) -> None:
    report = actions.send_test_report(desk, by=leader.person)
    actions.open_report(report, by=worker)
    actions.triage(report, risk=Risk.LOW, reason="", by=worker.person)
    actions.answer(report, ANSWER, language=report.language, by=worker)
    actions.close(actions.conclude(report, Move.INFORM, by=worker.person), by=worker.person)


def _publish(desk: Desk) -> None:
    desk.agreement_signed_on = timezone.localdate()
    desk.save(update_fields=["agreement_signed_on"])
    for version in sorted(desk.versions.all(), key=lambda version: version.language != SOURCE):
        publish(version, by=System("load_demo_desk"))
