from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from desks.desk import actions as desk_actions
from desks.desk.models import Desk
from desks.inbox import actions as inbox_actions
from desks.intake import actions as intake_actions
from desks.reports.states import ReportMove, Risk
from partners.agreements.actions import move_agreement, prepare_agreement, record_signature
from partners.agreements.models import Agreement
from partners.agreements.states import AgreementKind, AgreementMove, Gate
from partners.directory.models import Organisation
from partners.memberships.states import Role
from victor.access import System
from victor.accounts import demo
from victor.accounts.models import User
from victor.publishing.actions import publish
from victor.publishing.models import SOURCE
from victor.vault.errors import AlreadySetUp
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases.actions import set_up_vault, unlock_vault

DESK, SECOND_DESK = "greece", "bulgaria"
OTHER_PARTY = "nadja-centre-foundation"
CLERK = System("load_demo_desk")
ANSWER = "Ευχαριστούμε για τη δοκιμή. Το λάβαμε, το διαβάσαμε και σας απαντάμε."


class Command(BaseCommand):
    help = "Open the demo's desks in the way that every desk goes; the agreement is invented. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        try:
            demo.refuse_outside_demo()
            desk = Desk.objects.get(slug=DESK)
            if desk.group_id is None:
                _open_desk(desk, _vault(Role.SUPERVISOR), _vault(Role.WORKER))
            second = Desk.objects.get(slug=SECOND_DESK)
            if second.group_id is None:
                _with_keys(second, _vault(f"{Role.SUPERVISOR}-bg"), _vault(f"{Role.WORKER}-bg"))
        except (demo.NotADemo, Desk.DoesNotExist, User.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason


def _vault(address: str) -> UnlockedVault:
    """The vault of a demo account, with the passphrase that is printed. A run that was interrupted has set it up."""
    user = User.objects.get(email=f"{address}@{demo.DOMAIN}")
    try:
        return set_up_vault(user, demo.passphrase_of(user.email))
    except AlreadySetUp:
        return unlock_vault(user, demo.passphrase_of(user.email))


@transaction.atomic
def _open_desk(desk: Desk, leader: UnlockedVault, worker: UnlockedVault) -> None:
    desk = _with_keys(desk, leader, worker)
    with translation.override(leader.person.language):
        _rehearse(desk, leader, worker)
    _publish(desk)


@transaction.atomic
def _with_keys(desk: Desk, leader: UnlockedVault, worker: UnlockedVault) -> Desk:
    desk = desk_actions.create_desk_keys(desk, by=leader.person)
    desk_actions.add_recovery_officer(desk, worker.person, by=leader)
    return desk


def _rehearse(desk: Desk, leader: UnlockedVault, worker: UnlockedVault) -> None:
    report = intake_actions.send_test_report(desk, by=leader.person)
    inbox_actions.open_report(report, by=worker)
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=worker.person)
    inbox_actions.answer_reporter(report, ANSWER, language=report.language, by=worker)
    inbox_actions.close_report(
        inbox_actions.conclude_report(report, ReportMove.INFORM, reason=ANSWER, by=worker.person), by=worker.person
    )


def _sign_agreement(desk: Desk) -> None:
    """An invented agreement of the desk's organisation with another partner, signed today."""
    today, owner = timezone.localdate(), User.objects.get(email=f"{Role.COORDINATOR}@{demo.DOMAIN}")
    agreement = Agreement(kind=AgreementKind.DATA_SHARING, title_en="Invented for the demo", valid_from=today)
    agreement.gates, agreement.owner = [Gate.DESK_PUBLICATION, Gate.REFERRALS], owner
    parties = [desk.organisation, Organisation.objects.get(slug=OTHER_PARTY)]
    agreement = prepare_agreement(agreement, organisations=parties, countries=[desk.country], by=CLERK)
    move_agreement(agreement, AgreementMove.SEND, by=CLERK)
    for party in agreement.parties.all():
        record_signature(party, office="Director (invented)", signed_on=today, by=CLERK)
    move_agreement(agreement, AgreementMove.SIGN, by=CLERK)


def _publish(desk: Desk) -> None:
    _sign_agreement(desk)
    for version in sorted(desk.versions.all(), key=lambda version: version.language != SOURCE):
        publish(version, by=CLERK)
