"""What somebody who owns the database, and nothing else, can try against each promise of docs/security.md.

An attack changes rows; then somebody does their usual work. `works` says whether the work is done: it has to be before
the change, and not after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.handovers import actions as handovers_actions
from desks.inbox import actions as inbox_actions
from desks.inbox import originals
from desks.inbox.models import OriginalAccess, Translation
from desks.inbox.presenters import ReportPage
from desks.intake.actions import send_test_report
from desks.intake.conversation import ReceiptSession, read_conversation
from desks.referrals.models import Referral
from desks.reports.envelopes import note_of
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import Voice
from desks.retention.actions import hold_report
from desks.retention.models import Hold
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk, add_attachment, add_message
from tests.plugins.truncation import unguarded
from tests.vault.people import open_vault, reads, replace_vault
from victor.access import ReceiptHolder
from victor.audit.actions import record
from victor.audit.anchors import Anchor, current_head, find_moved_anchors
from victor.audit.models import Chain, Entry
from victor.audit.verification import find_faults
from victor.mail.actions import queue
from victor.mail.models import Message as Mail
from victor.vault.errors import VaultRefusal
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery, rotation
from victor.vault.groups.models import Group, KeyRotation, Member, Officer, RecoveryRequest
from victor.vault.keys.keyring import UnlockedVault, verify_stamp
from victor.vault.keys.models import Grant, Key
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope

STAMP = "x" * 64


class World:
    """Two desks and a report, and Eve, who owns the database and has an account and a vault like everybody else."""

    def __init__(self) -> None:
        self.desk, self.other = InboxDesk(), InboxDesk("other")
        self.report, self.eve = self.desk.report(), open_vault()
        self.head: Anchor | None = None
        self.end: Chain | None = None

    def page(self, by: UnlockedVault | None = None) -> ReportPage:
        """The page of the report, as a colleague opens it."""
        return ReportPage(Report.objects.get(pk=self.report.pk), by or self.desk.ben)

    @property
    def group(self) -> Group:
        return Group.objects.get(pk=self.desk.desk.group_id)


class Attack(NamedTuple):
    """How a promise could be broken. `prepare` is what people have done before."""

    prepare: Callable[[World], object]
    change: Callable[[World], object]
    work: Callable[[World], object]

    def works(self, world: World) -> bool:
        """Whether the work is done, or whatever should not happen has happened."""
        try:
            return self.work(world) is not False
        except (VaultRefusal, DeskRefusal, PermissionDenied):
            return False


def nothing(world: World) -> None:
    """Nobody has done anything."""


def give_every_key(world: World) -> None:
    """Whatever is sealed to anybody is noted as sealed to Eve too."""
    for grant in Grant.objects.exclude(holder=world.eve.key_id):
        Grant.objects.get_or_create(key=grant.key, holder_id=world.eve.key_id, defaults={"sealed": grant.sealed})


def colleagues_only(world: World) -> bool:
    """Whether Ben reads everything, and Eve nothing."""
    envelopes = Envelope.objects.filter(key=world.report.key_id)
    return all(reads(envelope, world.desk.ben) for envelope in envelopes) and not any(
        read_anyway(envelope, world.eve) for envelope in envelopes
    )


def read_anyway(envelope: Envelope, by: UnlockedVault) -> bool:
    """Whether it is read, however it is refused."""
    try:
        return reads(envelope, by)
    except VaultRefusal:
        return False


def exchange_key(world: World) -> None:
    Key.objects.filter(pk=world.group.key_id).update(public=world.eve.private.public)


def add_member(world: World) -> None:
    Member.objects.create(group=world.group, user=world.eve.person, stamp=STAMP)
    Grant.objects.create(key=world.group.key, holder_id=world.eve.key_id, sealed=b"noise")


def add_officer(world: World) -> None:
    Officer.objects.create(group=world.group, user=world.eve.person, key_id=world.eve.key_id, stamp=STAMP)


def ask_recovery(world: World) -> None:
    """Two officers are there; Anna has forgotten her passphrase."""
    for officer in (world.desk.ben, world.desk.chief):
        groups_actions.add_recovery_officer(world.group, officer.person, by=world.desk.ben)
    recovery.request_recovery(world.group, by=replace_vault(world.desk.anna))


def confirm_recovery(world: World) -> None:
    """As the first officer does; the work is not done twice."""
    recovery.confirm_recovery(RecoveryRequest.objects.get(), by=world.desk.ben)


def ask_original(world: World) -> None:
    originals.request_original(add_attachment(world.report), "Police", by=world.desk.ben.person)


def approve_by_hand(world: World) -> None:
    OriginalAccess.objects.update(granted_by=world.desk.anna.person, granted_at=world.report.received_at)


def open_original(world: World) -> bool:
    """Whether Ben opens what only Anna could have approved; before, nobody has approved it."""
    access = OriginalAccess.objects.get()
    if access.granted_at is None:
        originals.approve_original(access, by=world.desk.anna.person)
    originals.open_original(access, by=world.desk.ben)
    return True


def exchange_files(world: World) -> None:
    attachment = Attachment.objects.get()
    Attachment.objects.update(original=attachment.clean_id, clean=None)
    Attachment.objects.update(clean=attachment.original_id)


def exchange_desk_keys(world: World) -> None:
    here, there = (Desk.objects.filter(pk=place.desk.pk) for place in (world.desk, world.other))
    mine, theirs = world.desk.desk.group_id, world.other.desk.group_id
    here.update(group=None)
    there.update(group=mine)
    here.update(group=theirs)


def exchange_record(world: World) -> None:
    """The report gets the record of another, whose receipt Eve has."""
    other = world.desk.report()
    mine, theirs = world.report.key_id, other.key_id
    spare = records_actions.create_record(world.group, by=PORTAL)
    Report.objects.filter(pk=other.pk).update(key=spare)
    Report.objects.filter(pk=world.report.pk).update(key=theirs)
    Report.objects.filter(pk=other.pk).update(key=mine)


def answer(world: World) -> None:
    inbox_actions.answer_reporter(world.report, "We come.", language="el", by=world.desk.anna)


def work_elsewhere(world: World) -> None:
    """A colleague of whichever desk the report lies at notes something."""
    report = Report.objects.get(pk=world.report.pk)
    place = world.other if report.desk_id == world.other.desk.pk else world.desk
    inbox_actions.add_note(report, "ours now", by=place.anna.person)


def ask_hand_over(world: World) -> None:
    handovers_actions.ask_hand_over(world.report, world.other.desk, "May they?", language="el", by=world.desk.anna)


def offer_hand_over(world: World) -> None:
    """The reporter has agreed, and the other desk takes it."""
    ask_hand_over(world)
    handovers_actions.agree_to_hand_over(Referral.objects.get(), by=PORTAL)
    handovers_actions.accept_hand_over(Referral.objects.get(), by=world.other.anna.person)


def complete_hand_over(world: World) -> None:
    handovers_actions.complete_hand_over(Referral.objects.get(), by=world.desk.anna)


def agree_as_colleague(world: World) -> bool:
    """Whether a colleague can agree in the place of a reporter who has a receipt."""
    hand_over = Referral.objects.get()
    if hand_over.report.channel == "web":
        return True
    handovers_actions.agree_to_hand_over(hand_over, by=world.desk.anna.person)
    return True


def note(world: World) -> Message:
    return inbox_actions.add_note(world.report, "He is known.", by=world.desk.anna.person)


def say(world: World) -> None:
    """Eve has reported something too, and has written a message there."""
    add_message(world.desk.report(), "I take it all back.")


def move_message(world: World) -> None:
    Message.objects.exclude(report=world.report).filter(envelope__purpose="message").update(report=world.report)


def read_with_receipt(world: World) -> bool:
    """Whether whoever holds the receipt reads the answers of the desk."""
    holder = ReceiptHolder(world.report)
    private = records_actions.private_key_of(world.report.key, by=world.desk.anna)
    with UnlockedVault(holder, world.report.key_id, private) as vault:
        read_conversation(ReceiptSession(Report.objects.get(pk=world.report.pk), vault))
    return True


def translate(world: World) -> None:
    for text in ("first", "second"):
        message = add_message(world.report, text)
    inbox_actions.add_translation(world.report, message, "zweite", language="en", by=world.desk.anna.person)


def move_translation(world: World) -> None:
    Translation.objects.update(source=world.report.messages.order_by("pk").first().envelope_id)


def hold(world: World) -> None:
    hold_report(world.report, "Court order 12", by=world.desk.chief)


def read_hold(world: World) -> None:
    [row] = Hold.objects.all()
    expected = note_of(world.report, verify_stamp(row).reason)
    records_actions.read_envelope(expected, by=world.desk.chief)


def start_hand_over_of_keys(world: World) -> None:
    records = [world.report.key]
    target = Group.objects.get(pk=world.other.desk.group_id)
    rotation.hand_over_records(records, source=world.group, target=target, by=world.desk.anna)


def redirect_records(world: World) -> None:
    KeyRotation.objects.update(
        target=groups_actions.create_group(name="Eve", members=[world.eve.person], officers=[], by=PORTAL)
    )


def move_records(world: World) -> None:
    rotation.continue_rotations(by=world.desk.anna)


def remember_log(world: World) -> None:
    """The log goes on after an end that Eve has copied, and is anchored then."""
    world.end = Chain.objects.get()
    record("test.read", world.report, by=world.eve.person)
    world.head = current_head()


def change_entry(world: World) -> None:
    with unguarded():
        Entry.objects.filter(action="test.read").update(actor="nobody")


def set_log_back(world: World) -> None:
    with unguarded():
        Entry.objects.filter(sequence__gt=world.end.length).delete()
        Chain.objects.update(length=world.end.length, digest=world.end.digest, seal=world.end.seal)


def verify_log(world: World) -> bool:
    return not [*find_faults(), *find_moved_anchors([world.head.line()])]


def queue_notice(world: World) -> None:
    queue(recipient="mira@mail.example", sender="x@y.example", language="el", subject="New", text="New", discreet=True)


def find_address(world: World) -> bool:
    """Whether the address goes out, and stands in no column."""
    columns = str(list(Mail.objects.filter(discreet=True).values()))
    return Mail.objects.get(discreet=True).address == "mira@mail.example" and "mira" not in columns


def update(model: type, **values: object) -> Callable[[World], object]:
    """The change of all rows of a model."""
    return lambda world: model.objects.update(**values)


def move_report(world: World) -> None:
    Report.objects.filter(pk=world.report.pk).update(desk=world.other.desk)


def come_by_telephone(world: World) -> None:
    Report.objects.filter(pk=world.report.pk).update(channel="telephone")


def give_note_to_chief(world: World) -> None:
    Message.objects.filter(voice=Voice.NOTE).update(author=world.desk.chief.person)


def date_back(world: World) -> None:
    Message.objects.filter(voice=Voice.NOTE).update(written_at=world.report.received_at - timedelta(days=9))


def hold_by_eve(world: World) -> None:
    Hold.objects.update(by=world.eve.person)


def take_recovery(world: World) -> None:
    RecoveryRequest.objects.update(user=world.desk.chief.person, key_id=world.eve.key_id)


def new_member(world: World) -> None:
    Group.objects.update(needs_new_key=True)
    groups_actions.run_pending_maintenance(by=world.desk.anna)


def new_shares(world: World) -> None:
    groups_actions.add_recovery_officer(world.group, world.desk.chief.person, by=world.desk.anna)


# By the words of docs/security.md.
ATTACKS = {
    "slip in a key to which others encrypt": Attack(
        nothing, exchange_key, lambda world: records_actions.create_record(world.group, by=PORTAL)
    ),
    "make somebody a member of a group": Attack(nothing, add_member, new_member),
    "make somebody a recovery officer": Attack(nothing, add_officer, new_shares),
    "take over or prolong a recovery": Attack(ask_recovery, take_recovery, confirm_recovery),
    "approve that an original is opened": Attack(ask_original, approve_by_hand, open_original),
    "exchange an original and its copy": Attack(lambda world: add_attachment(world.report), exchange_files, World.page),
    "send new reports to the keys of another desk": Attack(
        nothing, exchange_desk_keys, lambda world: send_test_report(world.desk.desk, by=world.desk.chief.person)
    ),
    "send the answers of a report into another record": Attack(nothing, exchange_record, answer),
    "move a report to another desk": Attack(nothing, move_report, work_elsewhere),
    "agree to a hand-over in the place of the reporter": Attack(ask_hand_over, come_by_telephone, agree_as_colleague),
    "take a hand-over in the place of the other desk": Attack(
        offer_hand_over, update(Referral, author=None), complete_hand_over
    ),
    "put words into the mouth of a colleague": Attack(note, give_note_to_chief, World.page),
    "put words into the mouth of a reporter": Attack(say, move_message, World.page),
    "show the reporter what colleagues have noted": Attack(
        note, update(Message, voice=Voice.ANSWER), read_with_receipt
    ),
    "date words back": Attack(
        note, lambda world: update(Message, written_at=world.report.received_at)(world), World.page
    ),
    "put a translation beside other words": Attack(translate, move_translation, World.page),
    "give a legal hold another author": Attack(hold, hold_by_eve, read_hold),
    "give records on their way to somebody else": Attack(start_hand_over_of_keys, redirect_records, move_records),
    "change an entry of the audit log": Attack(remember_log, change_entry, verify_log),
    "set the audit log back behind an anchor": Attack(remember_log, set_log_back, verify_log),
}
# What holds before and after whatever is changed.
READINGS = {
    "read a text or a file": Attack(nothing, give_every_key, colleagues_only),
    "read the address of a reporter who waits for a mail": Attack(queue_notice, nothing, find_address),
}
