from datetime import timedelta

from django.core.files.base import ContentFile
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
from partners.agreements.paperwork import CheckedFile, add_file
from partners.agreements.states import AgreementKind, AgreementMove, FileKind, Gate
from partners.memberships.states import Role
from victor.access import System
from victor.accounts import demo
from victor.accounts.models import User
from victor.files.states import FileFormat
from victor.publishing.actions import publish
from victor.publishing.models import SOURCE
from victor.vault.errors import AlreadySetUp
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases.actions import set_up_vault, unlock_vault

CLERK = System("load_demo_desk")
# By the desk: what it answers to its test report.
ANSWERS = {
    "greece": "Ευχαριστούμε για τη δοκιμή. Το λάβαμε, το διαβάσαμε και σας απαντάμε.",
    "bulgaria": "Благодарим за пробата. Получихме я, прочетохме я и Ви отговаряме.",
}
BRANCHES = ("", "-bg")  # what the addresses of the people of each desk end with
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 58>>stream
BT /F 18 Tf 72 750 Td (Invented for the demo. Not signed.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
SIGNED_BEFORE = timedelta(days=2 * 365)  # the stories begin later


class Command(BaseCommand):
    help = "Open the demo's desks in the way that every desk goes; the agreement is invented. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        try:
            demo.refuse_outside_demo()
            desks = [Desk.objects.get(slug=slug) for slug in ANSWERS]
            if any(desk.group_id is None for desk in desks):
                _sign_agreement(*desks)
            for desk, branch in zip(desks, BRANCHES, strict=True):
                if desk.group_id is None:
                    _open_desk(desk, _vault(f"{Role.SUPERVISOR}{branch}"), _vault(f"{Role.WORKER}{branch}"))
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
    inbox_actions.answer_reporter(report, ANSWERS[desk.slug], language=report.language, by=worker)
    inbox_actions.close_report(
        inbox_actions.conclude_report(report, ReportMove.INFORM, reason=ANSWERS[desk.slug], by=worker.person),
        by=worker.person,
    )


def _sign_agreement(*desks: Desk) -> None:
    """An invented agreement of the desks' organisations, signed before any story begins."""
    day, owner = timezone.localdate() - SIGNED_BEFORE, User.objects.get(email=f"{Role.COORDINATOR}@{demo.DOMAIN}")
    agreement = Agreement(kind=AgreementKind.DATA_SHARING, title_en="Invented for the demo", valid_from=day)
    agreement.gates, agreement.owner = [Gate.DESK_PUBLICATION, Gate.REFERRALS], owner
    parties, countries = [desk.organisation for desk in desks], [desk.country for desk in desks]
    agreement = prepare_agreement(agreement, organisations=parties, countries=countries, by=CLERK)
    move_agreement(agreement, AgreementMove.SEND, by=CLERK)
    for party in agreement.parties.all():
        record_signature(party, office="Director (invented)", signed_on=day, by=CLERK)
    paper = CheckedFile(ContentFile(PAPER, name="paper.pdf"), FileFormat.PDF, was_scanned=False)
    add_file(agreement, FileKind.SIGNED, paper, words="", by=CLERK)
    move_agreement(agreement, AgreementMove.SIGN, by=CLERK)


def _publish(desk: Desk) -> None:
    for version in sorted(desk.versions.all(), key=lambda version: version.language != SOURCE):
        publish(version, by=CLERK)
