"""What a case that is deleted takes with it of its referrals. Of the referral codes stay, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.referrals.legal_bases import Consent, LawfulBasis, TransferBasis
from desks.referrals.models import Referral
from victor.access import System
from victor.vault.keys.keyring import update_stamped
from victor.vault.records.actions import destroy_record

if TYPE_CHECKING:
    from desks.cases.models import Case

CLOCK = System("clock")


def forget_shared_copies(case: Case) -> None:
    """The sender's case is deleted: the copies that were shared go, and of consents the codes alone stay."""
    for referral in Referral.objects.filter(case=case).select_for_update(of=["self"]).order_by("pk"):
        _forget_reasons(referral)
        _forget(referral, "key", "envelope")
        referral.case = None
        update_stamped(referral, "case")
        if referral.receiver_case_id is None:
            _forget(referral, "receiver_key", "receiver_copy")


def forget_own_words(case: Case) -> None:
    """The receiver's case is deleted: what its people wrote goes with it."""
    for referral in Referral.objects.filter(receiver_case=case).select_for_update(of=["self"]).order_by("pk"):
        _forget(referral, "receiver_key", "receiver_copy")
        referral.receiver_case = None
        update_stamped(referral, "receiver_case")


def _forget_reasons(referral: Referral) -> None:
    """Of consents and bases the codes stay: they prove that the sharing was allowed."""
    rows: list[Consent | LawfulBasis | TransferBasis] = [*referral.consents.all(), *referral.bases.all()]
    rows += TransferBasis.objects.filter(referral=referral)
    for row in rows:
        row.envelope = None
        update_stamped(row, "envelope")


def _forget(referral: Referral, column: str, words: str) -> None:
    """Destroy one of the two records of a referral, and what leads to it."""
    key = getattr(referral, column)
    if column == "key":
        referral.shared_groups.all().delete()
        referral.shared_documents.all().delete()
    for row in referral.words.all():
        setattr(row, words, None)
        if row.envelope_id is None and row.receiver_copy_id is None:
            row.delete()
        else:
            update_stamped(row, words)
    if key is not None:
        setattr(referral, column, None)
        update_stamped(referral, column)
        destroy_record(key, by=CLOCK)
