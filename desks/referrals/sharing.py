"""What leaves the desk: copied under a key of the referral, which the receiver is offered and takes by accepting.

The sender's record is never touched. Ending the access deletes the receiver's grant; the copy stays with the sender.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import StatusDecision
from desks.cases.envelopes import paper_of
from desks.cases.locks import lock_worked_case
from desks.cases.states import CasePurpose
from desks.extracts.extract_parts import LISTED
from desks.referrals.code_lists import FieldGroup
from desks.referrals.consents import require_basis
from desks.referrals.errors import AccessEnded, NoGroups
from desks.referrals.field_groups import DOCUMENTS, StoredLine, read_group
from desks.referrals.locks import lock_sent_referral, move_referral, receiver_group, require_start, sender_group
from desks.referrals.models import Referral, ReferralWords, SharedDocument, SharedGroup
from desks.referrals.receivers import require_receiver
from desks.referrals.states import ReferralMove, ReferralPurpose, Side, WordsKind
from desks.referrals.summary import fill_summary
from victor.access import account_of
from victor.audit.actions import record
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import (
    FileInfo,
    create_record,
    destroy_record,
    read_all,
    read_envelope,
    read_file,
    save_sealed_file,
    seal_file,
    write_envelope,
)
from victor.vault.records.expectations import Expected
from victor.vault.records.slots import offer_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desks.cases.models import Case
    from victor.access import Actor
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.keys.models import Key
    from victor.vault.records.models import SealedFile


class Snapshot(NamedTuple):
    """What is about to leave: the lines of each group, and the version of the case that they were read from."""

    groups: dict[FieldGroup, list[StoredLine]]
    letter: dict[str, object]
    case_version: int


@transaction.atomic
def read_snapshot(referral: Referral, *, by: UnlockedVault) -> Snapshot:
    """What would leave now. Nothing is copied yet.

    Raises:
        NoGroups: nothing is chosen.
        NoGrant, Unopenable: the record cannot be read.
    """
    if referral.case is None or not referral.groups:
        raise NoGroups
    case = lock_worked_case(referral.case, by=by.person)
    chosen = [FieldGroup(group) for group in referral.groups]
    lines = {group: read_group(group, referral.items, case, by) for group in chosen}
    record("referral.previewed", referral, by=by.person, groups=" ".join(referral.groups))
    return Snapshot(lines, _read_letter(referral, case, by), case.version)


def prepare_referral(referral: Referral, *, by: UnlockedVault) -> Referral:
    """Make it ready: copy what was chosen under a key of its own, and offer that to the receiver. Nothing is sent.

    Papers are copied before anything is locked.

    Raises:
        ReferralMoveNotPossible: it is no draft.
        NoBasis, NoTransferGround, TooLong: nothing allows it.
        ReceiverNotReady: the other desk cannot receive now.
        NoGroups: nothing is chosen.
        NoGrant, Unopenable: the record cannot be read.
    """
    key = _begin(referral, by=by)
    try:
        papers = _copy_papers(referral, key, by=by)
        return _finish(referral, key, papers, by=by)
    except BaseException:
        _give_up(key, by=by.person)
        raise


@transaction.atomic
def _begin(referral: Referral, *, by: UnlockedVault) -> Key:
    referral, case = lock_sent_referral(referral, by=by.person)
    require_start(referral, ReferralMove.PREPARE)
    require_receiver(case.desk, referral.to_desk)
    require_basis(referral)
    return create_record(sender_group(referral), by=by.person)


@transaction.atomic
def _give_up(key: Key, *, by: Actor) -> None:
    destroy_record(key, by=by)


def _copy_papers(referral: Referral, key: Key, *, by: UnlockedVault) -> list[SealedFile]:
    """Copies of the papers that were chosen. Their rows are not saved yet."""
    if FieldGroup.DOCUMENTS not in referral.groups or referral.case is None:
        return []
    numbers = LISTED[DOCUMENTS].numbers_in(referral.items)
    decisions = StatusDecision.objects.filter(case=referral.case, pk__in=numbers, paper__isnull=False)
    return [
        _copy_paper(referral.case, decision, key, by=by)
        for decision in decisions.select_related("paper__key").order_by("pk")
    ]


def _copy_paper(case: Case, decision: StatusDecision, key: Key, *, by: UnlockedVault) -> SealedFile:
    about, chunks = read_file(paper_of(case, decision), key_id=case.key_id, by=by)
    return seal_file(key, chunks, about=FileInfo("", about.type, about.seconds, about.missing))


@transaction.atomic
def _finish(referral: Referral, key: Key, papers: list[SealedFile], *, by: UnlockedVault) -> Referral:
    referral, case = lock_sent_referral(referral, by=by.person)
    require_start(referral, ReferralMove.PREPARE)
    snapshot = read_snapshot(referral, by=by)
    referral.key, referral.case_version = key, case.version
    fill_summary(referral, case)
    for group, lines in snapshot.groups.items():
        _share_group(referral, key, group, lines, by=by.person)
    for number, paper in enumerate(papers, start=1):
        save_sealed_file(paper, by=by.person)
        save_stamped(SharedDocument(referral=referral, number=number, file=paper))
    _copy_letter(referral, key, snapshot.letter, by=by.person)
    offer_record(key, receiver_group(referral), by=by)
    columns = ("key", "case_version", "age_band", "language", "has_guardian", "form")
    move_referral(referral, ReferralMove.PREPARE, *columns, by=by.person, groups=" ".join(referral.groups))
    return referral


def _share_group(referral: Referral, key: Key, group: FieldGroup, lines: list[StoredLine], *, by: Actor) -> None:
    envelope = write_envelope(key, lines, purpose=ReferralPurpose.GROUP, by=by)
    save_stamped(SharedGroup(referral=referral, group=group, envelope=envelope, size=len(lines)))


def _copy_letter(referral: Referral, key: Key, letter: dict[str, object], *, by: Actor) -> None:
    """The letter stands under the key of the referral from now on; the draft of it goes with the draft."""
    row = referral.words.get(kind=WordsKind.LETTER)
    draft = row.envelope
    row.envelope = write_envelope(key, letter, purpose=ReferralPurpose.WORDS, by=by)
    update_stamped(row, "envelope")
    if draft is not None:
        draft.delete()


@transaction.atomic
def return_to_draft(referral: Referral, *, by: UnlockedVault) -> Referral:
    """Change it once more: what was copied is deleted, and copied anew later.

    Raises:
        ReferralMoveNotPossible: it was sent already.
        NoGrant, Unopenable: the letter cannot be read.
    """
    referral, case = lock_sent_referral(referral, by=by.person)
    require_start(referral, ReferralMove.BACK)
    letter = _read_letter(referral, case, by)
    row = referral.words.get(kind=WordsKind.LETTER)
    row.envelope = write_envelope(case.key, letter, purpose=CasePurpose.REFERRAL, by=by.person)
    update_stamped(row, "envelope")
    key, referral.key = referral.key, None
    move_referral(referral, ReferralMove.BACK, "key", by=by.person)
    _forget_copies(referral, key, by=by.person)
    return referral


def _forget_copies(referral: Referral, key: Key | None, *, by: Actor) -> None:
    referral.shared_groups.all().delete()
    referral.shared_documents.all().delete()
    if key is not None:
        destroy_record(key, by=by)


def _read_letter(referral: Referral, case: Case, by: UnlockedVault) -> dict[str, object]:
    row = referral.words.filter(kind=WordsKind.LETTER).select_related("envelope__key").first()
    if row is None or row.envelope is None:
        return {}
    key_id, purpose = (
        (case.key_id, CasePurpose.REFERRAL) if referral.key_id is None else (referral.key_id, ReferralPurpose.WORDS)
    )
    verify_stamp(row)
    letter: dict[str, object] = read_envelope(Expected(row.envelope, key_id, {purpose}), by=by)
    return letter


def require_readable(referral: Referral, side: Side) -> None:
    """Refuse the receiver what was never accepted, and what has ended. The sender reads its own copy always.

    Raises:
        AccessEnded: the receiver does not read it now.
    """
    if side == Side.RECEIVER and not referral.is_shared:
        raise AccessEnded


@transaction.atomic
def read_groups(referral: Referral, side: Side, *, by: UnlockedVault) -> dict[FieldGroup, list[StoredLine]]:
    """What is shared, by group. The log of both desks notes who has read it.

    Raises:
        AccessEnded: as above.
        NoGrant, Unopenable: it cannot be read, or was altered.
    """
    require_readable(referral, side)
    rows = list(referral.shared_groups.select_related("envelope__key"))
    contents = read_all([_expected(referral, row) for row in rows], by=by)
    record("referral.read", referral, by=by.person, side=str(side), groups=" ".join(row.group for row in rows))
    return {FieldGroup(row.group): contents[row.envelope_id] for row in rows}


def _expected(referral: Referral, row: SharedGroup) -> Expected:
    if referral.key_id is None or verify_stamp(row).referral_id != referral.pk:
        raise Unopenable
    return Expected(row.envelope, referral.key_id, {ReferralPurpose.GROUP})


@transaction.atomic
def read_document(document: SharedDocument, side: Side, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """A paper that is shared.

    Raises:
        AccessEnded, NoGrant, Unopenable: as above.
    """
    referral = document.referral
    require_readable(referral, side)
    if referral.key_id is None or verify_stamp(document).referral_id != referral.pk:
        raise Unopenable
    opened = read_file(document.file, key_id=referral.key_id, by=by)
    record("referral.file_read", referral, by=by.person, side=str(side), document=document.number)
    return opened


@transaction.atomic
def read_words(referral: Referral, side: Side, *, by: UnlockedVault) -> dict[int, dict[str, object]]:
    """The words of a referral that a side can read, by the row's primary key.

    The receiver reads the words of both while the referral is shared; before and afterwards those that stay with it.

    Raises:
        NoGrant, Unopenable: they cannot be read, or were altered.
    """
    expected = {}
    for row in referral.words.select_related("envelope__key", "receiver_copy__key"):
        if verify_stamp(row).referral_id != referral.pk:
            raise Unopenable
        if row.envelope is not None and referral.key_id and (side == Side.SENDER or referral.is_shared):
            expected[row.pk] = Expected(row.envelope, referral.key_id, {ReferralPurpose.WORDS})
        elif row.receiver_copy is not None and side == Side.RECEIVER and referral.receiver_key_id:
            expected[row.pk] = Expected(row.receiver_copy, referral.receiver_key_id, {ReferralPurpose.WORDS})
    contents = read_all(expected.values(), by=by)
    return {pk: contents[wanted.envelope.pk] for pk, wanted in expected.items()}


@transaction.atomic
def add_words(referral: Referral, kind: WordsKind, side: Side, text: str, *, stays: bool, by: Actor) -> ReferralWords:
    """Write words of a locked referral. `stays`: the receiver can read them without the key of the referral, too."""
    row = ReferralWords(referral=referral, kind=kind, side=side, made_at=timezone.now())
    row.author = account_of(by)
    words = {"text": text}
    if referral.key is not None:
        row.envelope = write_envelope(referral.key, words, purpose=ReferralPurpose.WORDS, by=by)
    if stays:
        row.receiver_copy = write_envelope(_own_key(referral, by=by), words, purpose=ReferralPurpose.WORDS, by=by)
    save_stamped(row)
    return row


def _own_key(referral: Referral, *, by: Actor) -> Key:
    """The key under which the receiver keeps its own words: made with the first of them."""
    if referral.receiver_key is None:
        referral.receiver_key = create_record(receiver_group(referral), by=by)
        update_stamped(referral, "receiver_key")
    return referral.receiver_key
